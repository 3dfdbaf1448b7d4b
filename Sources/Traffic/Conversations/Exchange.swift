/// UDP between one pair of ends.
///
/// Nothing in a datagram tells a repetition from a second sighting, so datagrams are not counted; what counts is the
/// exchange. It takes 64 bytes, one line of memory.
struct Exchange: Slotted {
  private struct Marks: OptionSet, BitwiseCopyable {
    let rawValue: UInt8

    static let asked = Marks(rawValue: 1)
    static let replied = Marks(rawValue: 2)
    static let refused = Marks(rawValue: 4)
    static let masqueraded = Marks(rawValue: 8)
  }

  /// The two ends.
  let pair: SocketPair
  /// Tells this exchange from others that had its place before.
  var serial: UInt32
  /// The earliest sighting.
  private(set) var first: Instant
  /// The latest sighting.
  private(set) var last: Instant
  /// The interface of the earliest sighting; of several at once, the lowest.
  private(set) var interface: UInt32
  /// Who sent first, but for DNS, where the port tells.
  let client: SocketPair.End
  /// The highest hop limit of what the client sent; 0 where nothing was seen.
  private(set) var hops: UInt8 = 0
  private var marks: Marks = []

  init(_ sighting: Sighting) {
    pair = sighting.pair
    serial = 0
    first = sighting.instant
    last = sighting.instant
    interface = sighting.interface
    client = Self.client(sighting)
  }

  /// Who asks, in an exchange that is seen for the first time.
  static func client(_ sighting: Sighting) -> SocketPair.End {
    let isServerFirst = sighting.source.port == DNS.port && sighting.destination.port != DNS.port
    return isServerFirst ? sighting.sender.other : sighting.sender
  }

  var key: SocketPair { pair }

  /// Who asked.
  var clientSocket: Socket { pair[client] }

  /// Who was asked.
  var server: Socket { pair[client.other] }

  /// Whether it is another exchange behind a masquerade: the client is not who it seems.
  var isMasqueraded: Bool { marks.contains(.masqueraded) }

  /// How far it came; nil for replies to what nobody was seen sending.
  var tier: Tier? {
    guard marks.contains(.asked) else { return nil }
    if marks.contains(.replied) { return .replied }
    return marks.contains(.refused) ? .refused : .oneWay
  }

  func isOver(at instant: Instant) -> Bool {
    last.advanced(bySeconds: Self.patience) < instant
  }

  /// Whether nobody answered, and every further sighting of its latest datagram has come.
  func canLeave(at instant: Instant) -> Bool {
    !marks.contains(.replied) && last.advanced(bySeconds: Ties.window) < instant
  }

  mutating func note(_ sighting: Sighting) {
    if sighting.sender == client {
      marks.insert(.asked)
      hops = max(hops, sighting.hops)
    } else {
      marks.insert(.replied)
    }
    if sighting.instant < first || sighting.instant == first && sighting.interface < interface {
      first = sighting.instant
      interface = sighting.interface
    }
    last = max(last, sighting.instant)
  }

  mutating func noteRefusal(from sender: SocketPair.End) {
    if sender == client { marks.insert(.refused) }
  }

  mutating func noteMasquerade() { marks.insert(.masqueraded) }

  /// Seconds of silence that end an exchange.
  private static let patience: Int64 = 60

  static let vacant = Exchange(.none)
}
