/// How far a conversation came.
///
/// An attempt is not a need: only some tiers may become rules.
public enum Tier: UInt8, Hashable, Sendable, CaseIterable, BitwiseCopyable {
  /// TCP or SCTP: asked for, nobody answered.
  case attempted = 0
  /// UDP: sent, nothing came back.
  case oneWay = 1
  /// Turned away, by a reset or an ICMP error.
  case refused = 2
  /// TCP: a SYN-ACK came back. SCTP: an INIT-ACK.
  case answered = 3
  /// TCP: the numbers of both sides agree. SCTP: the cookie was accepted.
  case established = 4
  /// UDP: the other side sent something back.
  case replied = 5
  /// TCP: bytes went both ways.
  case used = 6

  /// The name in tables and JSON.
  public var name: String {
    switch self {
    case .attempted: "attempted"
    case .oneWay: "one-way"
    case .refused: "refused"
    case .answered: "answered"
    case .established: "established"
    case .replied: "replied"
    case .used: "used"
    }
  }

  /// The tier with this name.
  public init?(name: some StringProtocol) {
    guard let found = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = found
  }

  /// Whether both ends took part, so that cutting it would be noticed.
  public var isEstablished: Bool { self >= .established }
}

extension Tier: Comparable {
  /// By how far it came.
  public static func < (one: Tier, other: Tier) -> Bool { one.rawValue < other.rawValue }
}
