/// UDP between one pair of ends.
///
/// Nothing in a datagram tells a repetition from a second sighting, so datagrams are not counted; what counts is the
/// exchange.
struct Exchange {
  /// The two ends.
  let pair: SocketPair
  /// Who sent first, but for DNS, where the port tells.
  let client: SocketPair.End
  /// The earliest sighting.
  private(set) var first: Instant
  /// The latest sighting.
  private(set) var last: Instant
  /// The interface of the earliest sighting; of several at once, the lowest.
  private(set) var interface: UInt32
  /// The highest hop limit of what the client sent.
  private(set) var hops: UInt8 = 0
  /// Tells this exchange from others that had its place before.
  let serial: UInt64
  /// Whether it is another exchange behind a masquerade: the client is not who it seems.
  var isMasqueraded = false
  private var isAsked = false
  private var isReplied = false
  private var isRefused = false

  init(_ packet: Packet, pair: SocketPair, serial: UInt64) {
    self.pair = pair
    self.serial = serial
    let isServerFirst = packet.source.port == DNS.port && packet.destination.port != DNS.port
    let source = pair.end(packet.source)
    client = isServerFirst ? source.other : source
    first = packet.instant
    last = packet.instant
    interface = packet.interface
  }

  /// Who asked.
  var clientSocket: Socket { pair[client] }

  /// Who was asked.
  var server: Socket { pair[client.other] }

  /// How far it came; nil for replies to what nobody was seen sending.
  var tier: Tier? {
    guard isAsked else { return nil }
    if isReplied { return .replied }
    return isRefused ? .refused : .oneWay
  }

  func isOver(at instant: Instant) -> Bool {
    last.advanced(bySeconds: Self.patience) < instant
  }

  mutating func note(_ packet: Packet) {
    if pair.end(packet.source) == client {
      isAsked = true
      hops = max(hops, packet.hops)
    } else {
      isReplied = true
    }
    if packet.instant < first || packet.instant == first && packet.interface < interface {
      first = packet.instant
      interface = packet.interface
    }
    last = max(last, packet.instant)
  }

  mutating func noteRefusal(_ refusal: Refusal) {
    if pair.end(refusal.source) == client { isRefused = true }
  }

  /// Seconds of silence that end an exchange.
  private static let patience: Int64 = 60
}
