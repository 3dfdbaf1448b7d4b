import Kubernetes
import Traffic

/// Numbers for ends, and which of them stood at which seat: looked up once, asked for by row after row.
struct Ends {
  private let attribution: Attribution
  private let addresses: [Address]
  private var numbers = Numbering<End>()
  private var askers: [Asked: Standing] = [:]
  private var answerers: [Asked: [Standing]] = [:]
  /// Rows of one client stand together.
  private var latest: (asked: Asked, standing: Standing)?

  /// Somebody at an end of a row.
  struct Standing {
    let end: UInt32
    let port: UInt16
    let pod: Int?
    let isThroughService: Bool
  }

  /// What was asked about: a seat and what was there then, and for who is asked a port.
  private struct Asked: Hashable {
    let seat: UInt32
    let epoch: UInt32
    var port: UInt16 = 0
    var transport = Transport.tcp
  }

  init(_ addresses: [Address], _ attribution: Attribution) {
    self.addresses = addresses
    self.attribution = attribution
  }

  /// The ends, by their numbers.
  var all: [End] { numbers.things }

  /// The number of an end.
  mutating func number(of end: End) -> UInt32 { numbers.number(of: end) }

  /// Who asked in rows of a shape, of which this is one.
  mutating func asker(in row: Conversations.Row, of shape: Ways.Shape) -> Standing {
    let asked = Asked(seat: shape.clientSeat, epoch: shape.epoch)
    if let latest, latest.asked == asked { return latest.standing }
    if let known = askers[asked] {
      latest = (asked, known)
      return known
    }
    let address = addresses[Int(row.client)]
    // A shape has one holder at either end.
    let sides = attribution.clientSides(address, during: row.activity)
    let standing = self.standing(sides[0])
    askers[asked] = standing
    latest = (asked, standing)
    return standing
  }

  /// Who was asked in rows of a shape, of which this is one: one end, or all that stood behind a Service.
  mutating func answerers(in row: Conversations.Row, of shape: Ways.Shape) -> [Standing] {
    let asked = Asked(
      seat: shape.serverSeat, epoch: shape.epoch, port: shape.port, transport: shape.transport)
    if let known = answerers[asked] { return known }
    let address = addresses[Int(row.server)]
    // A shape has one holder at either end.
    let sides = attribution.serverSides(address, row.port, row.transport, during: row.activity)
    let found = sides[0].map { standing($0) }
    answerers[asked] = found
    return found
  }

  private mutating func standing(_ side: Attribution.Side) -> Standing {
    Standing(
      end: number(of: side.end), port: side.port, pod: side.pod, isThroughService: side.isThroughService)
  }
}
