import Kubernetes
import Traffic

/// Numbers for ends, and which of them stood at which seat: looked up once, asked for by row after row.
struct Ends {
  private let attribution: Attribution
  private let addresses: [Address]
  private var numbers = Numbering<End>()
  private var asked = KeyNumbering()
  private var askers: [Standing] = []
  private var doors = KeyNumbering()
  private var groups: [Range<Int>] = []
  /// Who answers at each door, one after the other.
  private(set) var answerers: [Standing] = []

  /// Somebody at an end of a row.
  struct Standing {
    let end: UInt32
    let port: UInt16
    let pod: Int?
    let isThroughService: Bool
  }

  init(_ addresses: [Address], _ attribution: Attribution) {
    self.addresses = addresses
    self.attribution = attribution
  }

  /// The ends, by their numbers.
  var all: [End] { numbers.things }

  /// Which of them are addresses outside the cluster.
  private(set) var areOutside: [Bool] = []

  /// The number of an end.
  mutating func number(of end: End) -> UInt32 {
    let number = numbers.number(of: end)
    if number == areOutside.count {
      let isOutside = if case .external = end { true } else { false }
      areOutside.append(isOutside)
    }
    return number
  }

  /// Who asked in rows of a shape, of which this is one.
  mutating func asker(in row: Conversations.Row, of shape: Ways.Shape) -> Standing {
    let number = Int(asked.number(of: UInt64(shape.clientSeat) << 32 | UInt64(shape.epoch)))
    if number == askers.count {
      // A shape has one holder at either end.
      let side = attribution.clientSide(addresses[Int(row.client)], at: row.activity.first)
      askers.append(standing(side))
    }
    return askers[number]
  }

  /// The places of those who were asked in rows of a shape, of which this is one: one, or all behind a Service.
  mutating func answerers(in row: Conversations.Row, of shape: Ways.Shape) -> Range<Int> {
    let door = UInt64(shape.port) << 8 | UInt64(shape.transport.rawValue)
    let number = Int(doors.number(of: UInt64(shape.serverSeat) << 32 | UInt64(shape.epoch), door))
    if number == groups.count {
      let first = answerers.count
      // A shape has one holder at either end.
      let sides = attribution.serverSides(
        addresses[Int(row.server)], row.port, row.transport, at: row.activity.first)
      for side in sides { answerers.append(standing(side)) }
      groups.append(first..<answerers.count)
    }
    return groups[number]
  }

  private mutating func standing(_ side: Attribution.Side) -> Standing {
    Standing(
      end: number(of: side.end), port: side.port, pod: side.pod, isThroughService: side.isThroughService)
  }
}
