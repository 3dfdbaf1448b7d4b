/// Packets that were decoded and wait for the memory that noting them will need.
///
/// What is known of a connection lies anywhere in a large table. Asked for one by one, the processor would stand still
/// for each; asked for sixteen ahead, it hardly does. They are noted in their order, so that nothing else changes.
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

  private(set) var items: [Item] = []

  init() {
    items.reserveCapacity(Self.most)
  }

  var isFull: Bool { items.count >= Self.most }

  mutating func append(_ sighting: Sighting, _ content: Content) {
    items.append(Item(sighting: sighting, content: content))
  }

  mutating func removeAll() { items.removeAll(keepingCapacity: true) }

  private static let most = 16
}
