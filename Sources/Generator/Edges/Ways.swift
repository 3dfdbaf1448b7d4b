import Kubernetes
import Traffic

/// What facts of one shape lead to, worked out for the first of them.
///
/// A store has a row for every hour in which two addresses talked, and most of them say the same as the row of the hour
/// before: the same pods held the addresses, and the same Services were there.
struct Ways {
  private let attribution: Attribution
  private var addresses = Numbering<Address>()
  private var dialled = Numbering<Socket>()
  private var tracks: [Roster.Track?] = []
  private var known: [Shape: Range<Int>] = [:]
  /// What each shape leads to, one after the other.
  private(set) var targets: [Target] = []
  /// Rows of one client stand together.
  private var lastClient: (address: Address, number: UInt32)?
  /// Within most hours nothing comes or goes.
  private var lastEpoch: (hour: Int64, number: Int?)?

  /// An edge that facts of a shape are part of.
  struct Target {
    let edge: Int
    let client: UInt32
    let server: UInt32
    let isThroughService: Bool
  }

  /// All that decides about a fact's edges: its addresses in which stretch, its port, and what was there.
  struct Shape: Hashable {
    let ends: UInt64
    let clientStretch: Int32
    let serverStretch: Int32
    let epoch: Int32
    let dialled: UInt32
    let port: UInt16
    let transport: Transport
    let direction: Direction

    func hash(into hasher: inout Hasher) {
      hasher.combine(ends)
      hasher.combine(
        UInt64(UInt32(bitPattern: clientStretch)) << 32 | UInt64(UInt32(bitPattern: serverStretch)))
      hasher.combine(UInt64(port) << 32 | UInt64(dialled))
    }
  }

  init(_ attribution: Attribution) { self.attribution = attribution }

  /// The number that stands for an address.
  mutating func number(of address: Address) -> UInt32 {
    let number = addresses.number(of: address)
    if tracks.count <= number { tracks.append(attribution.roster.track(of: address)) }
    return number
  }

  /// The shape of a fact; nil where a holder changes while it lasts, or nobody saw which end asked.
  mutating func shape(of fact: Fact) -> Shape? {
    // No copy of the key: it holds a text, and to count who has a text takes longer than all this.
    guard fact.key.direction != .unknown else { return nil }
    let activity = fact.activity
    let client: UInt32
    if let lastClient, lastClient.address == fact.key.client {
      client = lastClient.number
    } else {
      client = number(of: fact.key.client)
      lastClient = (fact.key.client, client)
    }
    let server = number(of: fact.key.server)
    guard let clientStretch = stretch(of: client, during: activity),
      let serverStretch = stretch(of: server, during: activity)
    else { return nil }
    return Shape(
      ends: UInt64(client) << 32 | UInt64(server), clientStretch: clientStretch, serverStretch: serverStretch,
      epoch: Int32(truncatingIfNeeded: epoch(of: activity)),
      dialled: fact.key.dialled.map { dialled.number(of: $0) + 1 } ?? 0, port: fact.key.port,
      transport: fact.key.transport,
      direction: fact.key.direction)
  }

  /// What facts of a shape lead to; nil where none was seen before.
  func places(of shape: Shape) -> Range<Int>? { known[shape] }

  /// Keeps what facts of a shape lead to.
  mutating func keep(_ found: [Target], for shape: Shape) {
    known[shape] = targets.count..<targets.count + found.count
    targets += found
  }

  private func stretch(of address: UInt32, during activity: Activity) -> Int32? {
    guard let track = tracks[Int(address)] else { return -1 }
    return attribution.roster.stretch(of: track, during: activity).map { Int32(truncatingIfNeeded: $0) }
  }

  private mutating func epoch(of activity: Activity) -> Int {
    if lastEpoch?.hour != activity.hour {
      let begin = Instant(seconds: activity.hour * 3600)
      let (first, last) = (
        attribution.epochs.number(of: begin), attribution.epochs.number(of: begin.advanced(bySeconds: 3600))
      )
      lastEpoch = (activity.hour, first == last ? first : nil)
    }
    return lastEpoch?.number ?? attribution.epochs.number(of: activity.first)
  }
}
