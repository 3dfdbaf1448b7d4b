import Kubernetes
import Traffic

/// What rows of one shape lead to, worked out for the first of them.
///
/// A store has a row for every hour in which two addresses talked, and most of them say the same as the row of the hour
/// before: the same pods held the addresses, and the same Services were there.
struct Ways {
  private let epochs: Epochs
  private var seats: Seats
  /// When it may change what each address stands for that no pod holds.
  private let turns: [Epochs.Turns?]
  private var shapes: [Known] = []
  private var numbers: KeyNumbering
  /// Of shapes all but the seats: few ports and Services are asked by many.
  private var errands = KeyNumbering()
  /// What each shape leads to, one after the other: lanes of the tally.
  private(set) var targets: [UInt32] = []
  /// The shape that was asked for last.
  private var latest: Int?
  /// In which epoch all of the present hour lies; nil where one ends within it.
  private var epoch: Int?

  /// All that decides about a row's edges: its addresses in which stretch, its ports, and what was there.
  struct Shape: Equatable {
    let seats: UInt64
    let dialled: UInt64
    let port: UInt16
    let transport: Transport
    let direction: Direction
    let recorder: UInt32
    let epoch: UInt32

    /// Where the client was.
    var clientSeat: UInt32 { UInt32(truncatingIfNeeded: seats >> 32) }
    /// Where the server was.
    var serverSeat: UInt32 { UInt32(truncatingIfNeeded: seats) }
  }

  private struct Known {
    let shape: Shape
    let first: UInt32
    let end: UInt32
    /// The shape that came after it last: rows of each hour come in one order.
    var next: UInt32
  }

  /// Nothing yet, of rows that name these addresses; with room for so many shapes.
  init(_ addresses: [Address], _ attribution: Attribution, expecting count: Int) {
    numbers = KeyNumbering(expecting: count)
    shapes.reserveCapacity(count)
    targets.reserveCapacity(count)
    seats = Seats(addresses, in: attribution.roster)
    epochs = attribution.epochs
    turns = addresses.map { attribution.epochs.turns(of: $0) }
  }

  /// Goes on to an hour, from its first moment to its last.
  mutating func enter(_ hour: Activity) {
    seats.enter(hour)
    let (first, last) = (epochs.number(of: hour.first), epochs.number(of: hour.last))
    epoch = first == last ? first : nil
  }

  /// The shape of a row of the present hour; nil where a holder or what an address stands for may change while it lasts,
  /// or nobody saw which end asked.
  mutating func shape(of row: Conversations.Row) -> Shape? {
    guard !row.isUndirected,
      let clientSeat = seats.number(at: row.client, during: row.activity),
      let serverSeat = seats.number(at: row.server, during: row.activity)
    else { return nil }
    // Within most hours nothing changes at all.
    if epoch == nil, mayTurn(row.client, row.activity) || mayTurn(row.server, row.activity) { return nil }
    return Shape(
      seats: UInt64(clientSeat) << 32 | UInt64(serverSeat),
      dialled: row.dialledAddress.map { (UInt64($0) + 1) << 16 | UInt64(row.dialledPort) } ?? 0,
      port: row.port, transport: row.transport, direction: row.direction, recorder: row.recorder,
      epoch: UInt32(truncatingIfNeeded: epoch ?? epochs.number(of: row.activity.first)))
  }

  private func mayTurn(_ address: UInt32, _ activity: Activity) -> Bool {
    turns[Int(address)]?.hold(within: activity) ?? false
  }

  /// Where among the targets those of a shape are; nil where none was seen before, and `keep` has to follow.
  mutating func range(of shape: Shape) -> Range<Int>? {
    if let latest, case let next = Int(shapes[latest].next), shapes[next].shape == shape {
      self.latest = next
    } else {
      let number = number(of: shape)
      if let latest { shapes[latest].next = number }
      latest = Int(number)
      guard number < shapes.count else { return nil }
    }
    return latest.map { Int(shapes[$0].first)..<Int(shapes[$0].end) }
  }

  /// Adds to what the shape leads to that was asked for last.
  mutating func add(_ target: UInt32) { targets.append(target) }

  /// Keeps what rows of a new shape lead to: all targets from this one on.
  mutating func keep(_ first: Int, for shape: Shape) -> Range<Int> {
    // Until another comes after it, it may come again itself.
    shapes.append(
      Known(
        shape: shape, first: UInt32(first), end: UInt32(targets.count), next: UInt32(shapes.count)))
    return first..<targets.count
  }

  private mutating func number(of shape: Shape) -> UInt32 {
    // An address's number, one more, and two ports take a word; what is left of it takes less.
    let time =
      UInt64(shape.epoch) << 32 | UInt64(shape.transport.rawValue) << 8 | UInt64(shape.direction.rawValue)
    let errand = errands.number(of: shape.dialled << 16 | UInt64(shape.port), time)
    return numbers.number(of: shape.seats, UInt64(shape.recorder) << 32 | UInt64(errand))
  }
}
