import Kubernetes
import Traffic

/// What rows of one shape lead to, worked out for the first of them.
///
/// A store has a row for every hour in which two addresses talked, and most of them say the same as the row of the hour
/// before: the same pods held the addresses, and the same Services were there.
struct Ways {
  private let epochs: Epochs
  private var seats: Seats
  private var shapes: [Known] = []
  private var places: [Shape: UInt32] = [:]
  /// What each shape leads to, one after the other: lanes of the tally.
  private(set) var targets: [UInt32] = []
  /// The shape that was asked for last.
  private var latest: Int?
  /// In which epoch all of the present hour lies; nil where one ends within it.
  private var epoch: Int?

  /// All that decides about a row's edges: its addresses in which stretch, its ports, and what was there.
  struct Shape: Hashable {
    let clientSeat: UInt32
    let serverSeat: UInt32
    let dialled: UInt32
    let recorder: UInt32
    let epoch: UInt32
    let dialledPort: UInt16
    let port: UInt16
    let transport: Transport
    let direction: Direction

    func hash(into hasher: inout Hasher) {
      hasher.combine(UInt64(clientSeat) << 32 | UInt64(serverSeat))
      hasher.combine(UInt64(dialled) << 32 | UInt64(recorder))
      hasher.combine(UInt64(port) << 32 | UInt64(epoch))
    }
  }

  private struct Known {
    let shape: Shape
    let first: UInt32
    let count: UInt32
    /// The shape that came after it last: rows of each hour come in one order.
    var next: UInt32
  }

  init(_ addresses: [Address], _ attribution: Attribution) {
    seats = Seats(addresses, in: attribution.roster)
    epochs = attribution.epochs
  }

  /// Goes on to an hour, from its first moment to its last.
  mutating func enter(_ hour: Activity) {
    seats.enter(hour)
    let (first, last) = (epochs.number(of: hour.first), epochs.number(of: hour.last))
    epoch = first == last ? first : nil
  }

  /// The shape of a row of the present hour; nil where a holder changes while it lasts, or nobody saw which end asked.
  mutating func shape(of row: Conversations.Row) -> Shape? {
    guard row.direction != .unknown,
      let clientSeat = seats.number(at: row.client, during: row.activity),
      let serverSeat = seats.number(at: row.server, during: row.activity)
    else { return nil }
    return Shape(
      clientSeat: clientSeat, serverSeat: serverSeat, dialled: row.dialledAddress.map { $0 + 1 } ?? 0,
      recorder: row.recorder,
      epoch: UInt32(truncatingIfNeeded: epoch ?? epochs.number(of: row.activity.first)),
      dialledPort: row.dialledPort, port: row.port, transport: row.transport, direction: row.direction)
  }

  /// Where among the targets those of a shape are; nil where none was seen before.
  mutating func range(of shape: Shape) -> Range<Int>? {
    var place: Int
    if let latest, case let next = Int(shapes[latest].next), shapes[next].shape == shape {
      place = next
    } else if let known = places[shape] {
      place = Int(known)
      if let latest { shapes[latest].next = known }
    } else {
      return nil
    }
    latest = place
    let first = Int(shapes[place].first)
    return first..<first + Int(shapes[place].count)
  }

  /// Keeps what rows of a shape lead to.
  mutating func keep(_ found: [UInt32], for shape: Shape) -> Range<Int> {
    let place = UInt32(shapes.count)
    if let latest { shapes[latest].next = place }
    latest = shapes.count
    places[shape] = place
    // Until another comes after it, it may come again itself.
    shapes.append(
      Known(shape: shape, first: UInt32(targets.count), count: UInt32(found.count), next: place))
    targets += found
    return targets.count - found.count..<targets.count
  }
}
