/// Packets that were decoded and wait for the memory that noting them will need.
///
/// What is known of a connection lies anywhere in a large table. Asked for one by one, the processor would stand still
/// for each. So a packet waits while sixteen others are decoded: at first the bucket that leads to its connection is
/// asked for, half-way the connection itself. Packets are noted in their order, so nothing else changes.
struct Waiting {
  struct Item: BitwiseCopyable {
    var sighting: Sighting
    var content: Content
  }

  enum Content: BitwiseCopyable {
    case segment(Segment)
    case chunks(Chunks)
    /// How the datagram begins.
    case datagram(mark: UInt64)
    case refusal(Transport, sequence: UInt32)
  }

  private var items: [Item] = []
  /// Where the next packet goes, and the one that waits longest is.
  private var next = 0

  /// How many packets wait at most: a power of two.
  private let most: Int

  init(most: Int = 16) {
    self.most = most
    items.reserveCapacity(most)
  }

  /// The packet whose turn it is, before another is added; nil as long as there is room.
  var due: Item? { items.count < most ? nil : items[next] }

  /// The packet that has waited for half of its time.
  var halfway: Item? {
    let place = (next + most / 2) & (most - 1)
    return place < items.count ? items[place] : nil
  }

  /// Adds a packet, in the place of the one that is due.
  mutating func add(_ item: Item) {
    if items.count < most { items.append(item) } else { items[next] = item }
    next = (next + 1) & (most - 1)
  }

  /// Takes out all packets, in their order.
  mutating func removeAll() -> [Item] {
    let isFull = items.count == most
    let inOrder = isFull ? Array(items[next...] + items[..<next]) : items
    items = []
    next = 0
    return inOrder
  }
}
