/// Packets that were decoded and wait for the memory that noting them will need.
///
/// What is known of a connection lies anywhere in a large table. Asked for one by one, the processor would stand still
/// for each. So packets wait in two rows. While a row fills, the bucket that leads to each packet's connection is asked
/// for; when it is full, the connections themselves are, and the row before it is noted. Packets are noted in their
/// order, so nothing else changes.
struct Waiting: ~Copyable {
  struct Item: BitwiseCopyable {
    var sighting: Sighting
    var content: Content
  }

  enum Content: BitwiseCopyable {
    case segment(Segment)
    case chunks(Chunks)
    /// How the datagram begins, whether it may be an answer of DNS, whether its exchange may have begun unseen, and
    /// whether an earlier sighting of it would have been captured.
    case datagram(mark: UInt64, mayAnswer: Bool, mayBeUnderWay: Bool, isFresh: Bool)
    case refusal(Transport, sequence: UInt32)
  }

  /// Where tables keep their entries: of an array each packet would ask whether somebody else has it.
  private var items: SlotStorage<Item>
  /// How many packets make a row.
  private let row: Int
  /// The packets whose row was full before, by their numbers.
  private(set) var asked = 0..<0
  /// How many packets came so far; those after `asked` are in the row that fills.
  private var end = 0

  /// Rows of so many packets: a power of two.
  init(row: Int = 16) {
    self.row = row
    items = SlotStorage(
      vacant: Item(sighting: .none, content: .refusal(.tcp, sequence: 0)), bucketCount: 0)
    while items.placeCount < 2 * row, items.addPlaces(atMost: 2 * row) {}
  }

  /// The packets in the row that fills, by their numbers.
  @inline(__always)
  var filling: Range<Int> { asked.upperBound..<end }

  /// Whether the row that fills is full.
  @inline(__always)
  var isRowFull: Bool { end &- asked.upperBound >= row }

  /// The packet with this number, which must wait; two rows are used round and round.
  @inline(__always)
  subscript(number: Int) -> Item {
    @inline(__always) _read { yield items[number & (2 &* row &- 1)] }
    @inline(__always) _modify { yield &items[number & (2 &* row &- 1)] }
  }

  /// The packet that came last; there must have been one.
  var latest: Item { items[(end &- 1) & (2 &* row &- 1)] }

  /// Adds a packet; the row must have room.
  @inline(__always)
  mutating func add(_ item: Item) {
    items[end & (2 &* row &- 1)] = item
    end &+= 1
  }

  /// Lets go the packets that were asked for; the row that fills is asked for now, and another begins.
  mutating func turn() { asked = filling }
}
