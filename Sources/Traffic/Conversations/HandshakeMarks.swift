/// What of a TCP connection is remembered: numbers of each side, and what was seen.
extension Handshake {
  /// What is known of one side; marks tell which of its numbers are.
  struct Side: BitwiseCopyable {
    var initial: UInt32 = 0
    /// The number after the last byte of the latest segment.
    var next: UInt32 = 0
    /// What the latest segment acknowledged.
    var acknowledged: UInt32 = 0
  }

  /// What was seen, of both sides and of each.
  struct Marks: OptionSet, BitwiseCopyable {
    let rawValue: UInt16

    static let answered = Marks(rawValue: 1 << 0)
    static let clientAcknowledged = Marks(rawValue: 1 << 1)
    static let sidesAgree = Marks(rawValue: 1 << 2)
    static let refused = Marks(rawValue: 1 << 3)
    static let reset = Marks(rawValue: 1 << 4)
    /// The latest segment was a FIN, which counts only once the other side agrees.
    static func ending(_ client: Bool) -> Marks { Marks(rawValue: client ? 1 << 5 : 1 << 6) }

    /// The initial number is known.
    static func begun(_ client: Bool) -> Marks { Marks(rawValue: client ? 1 << 8 : 1 << 12) }
    /// A segment that counts acknowledged something.
    static func acknowledged(_ client: Bool) -> Marks { Marks(rawValue: client ? 1 << 9 : 1 << 13) }
    static func sentBytes(_ client: Bool) -> Marks { Marks(rawValue: client ? 1 << 10 : 1 << 14) }
    static func finished(_ client: Bool) -> Marks { Marks(rawValue: client ? 1 << 11 : 1 << 15) }
  }
}
