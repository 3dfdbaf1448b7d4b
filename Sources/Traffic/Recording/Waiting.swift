/// Packets that were decoded and wait for the memory that noting them will need.
///
/// What is known of a connection lies anywhere in a large table. Asked for one by one, the processor would stand still
/// for each. So a packet waits while sixteen others are decoded: at first the bucket that leads to its connection is
/// asked for, half-way the connection itself. Packets are noted in their order, so nothing else changes.
struct Waiting: ~Copyable {
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

  /// Where tables keep their entries: of an array each packet would ask whether somebody else has it.
  private var items: SlotStorage<Item>
  /// How many packets came so far; their places go round and round.
  private var end = 0
  /// How many of them were noted.
  private var start = 0

  /// How many packets wait at most: a power of two.
  private let most: Int

  init(most: Int = 16) {
    self.most = most
    items = SlotStorage(
      vacant: Item(sighting: .none, content: .refusal(.tcp, sequence: 0)), bucketCount: 0)
    while items.placeCount < most, items.addPlaces(atMost: most) {}
  }

  /// Whether one has to go before another is added.
  @inline(__always)
  var isFull: Bool { end &- start >= most }

  /// Whether nobody waits.
  var isEmpty: Bool { start == end }

  /// The place of the packet that has waited longest.
  @inline(__always)
  var first: Int { start & (most &- 1) }

  /// The place of the packet that has waited for half of its time; nil where nobody has.
  @inline(__always)
  var halfway: Int? {
    let place = end &- 1 &- most >> 1
    return place >= start ? place & (most &- 1) : nil
  }

  /// The packet in a place.
  @inline(__always)
  subscript(place: Int) -> Item {
    @inline(__always) _read { yield items[place] }
  }

  /// Takes out the packet that has waited longest; there must be one.
  @inline(__always)
  mutating func removeFirst() { start &+= 1 }

  /// Adds a packet; there must be room.
  @inline(__always)
  mutating func add(_ item: Item) {
    items[end & (most &- 1)] = item
    end &+= 1
  }
}
