public import Traffic

/// What others sent in a client's name, as their recorders saw it: an edge in which the client has no part.
///
/// A recorder that did not see where it came from takes it for the client's own, and then there is an edge like it.
public struct SpoofedEdge: Hashable, Sendable {
  /// The client whose name was used, whom it was sent to, and where.
  public let key: Edge.Key
  /// Where it came in, sorted.
  public private(set) var doors: [Door] = []
  /// When it was begun for the first time.
  public private(set) var first = Instant.distantFuture
  /// When it was begun for the last time.
  public private(set) var last = Instant.distantPast

  /// An interface of one recorder, behind which another than the client sits.
  public struct Door: Hashable, Sendable {
    /// Who recorded it.
    public let recorder: String
    /// The index of the interface.
    public let interface: UInt32
    /// How much came in there.
    public fileprivate(set) var conversations: UInt64
  }

  private init(key: Edge.Key) {
    self.key = key
  }

  /// How many conversations there were.
  public var conversations: UInt64 { doors.map(\.conversations).saturatingSum }

  /// Where it came in, for people: the first interfaces, and how many more there are.
  public var origin: String {
    let words = doors.prefix(Self.shown).map { "interface \($0.interface) of `\($0.recorder)`" }
    let rest = doors.count - Self.shown
    return words.joined(separator: " and ") + (rest > 0 ? " and \(rest) more" : "")
  }

  private static let shown = 3

  /// The edges that these facts were sent for, in order.
  static func all(of facts: [Fact], _ attribution: Attribution) -> [SpoofedEdge] {
    var found: [Edge.Key: SpoofedEdge] = [:]
    for fact in facts {
      for part in attribution.parts(of: fact) {
        let key = Edge.Key(
          client: part.client, server: part.server, port: part.port, transport: fact.key.transport,
          nature: part.nature)
        found[key, default: SpoofedEdge(key: key)].add(part, fact.key)
      }
    }
    return found.values.sorted { $0.key < $1.key }
  }

  private mutating func add(_ part: Attribution.Part, _ fact: Fact.Key) {
    first = min(first, part.first)
    last = max(last, part.last)
    let place = doors.firstIndex { $0.recorder == fact.recorder && $0.interface == fact.interface }
    if let place {
      doors[place].conversations = doors[place].conversations.saturatingPlus(part.conversations)
    } else {
      doors.append(
        Door(recorder: fact.recorder, interface: fact.interface, conversations: part.conversations))
      doors.sort { ($0.recorder, $0.interface) < ($1.recorder, $1.interface) }
    }
  }
}
