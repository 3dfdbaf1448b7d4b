/// How it is known which end of a conversation asked.
public enum Direction: UInt8, Hashable, Sendable, CaseIterable, BitwiseCopyable {
  /// The opening packet was seen: SYN, SYN-ACK or INIT.
  case opening = 0
  /// Nothing opens UDP: the end that sent first asked, or for DNS the one whose port is not 53.
  case firstSender = 1
  /// Only the middle was seen, or what may be the middle of UDP; declared ports and Services must tell, at attribution.
  case unknown = 2
  /// The same was seen between other ends too, nearer to who asked, and counts there: what asks here may be a machine
  /// that hides somebody, and attribution must tell.
  ///
  /// With the other end in the place of what was dialled it is unknown as well who asked.
  case seenAgain = 3

  /// The name in tables and JSON.
  public var name: String {
    switch self {
    case .opening: "opening"
    case .firstSender: "first-sender"
    case .unknown: "unknown"
    case .seenAgain: "seen-again"
    }
  }
}
