/// What a recorder missed on one interface, or that nobody counted it.
public struct Loss: Hashable, Sendable {
  /// Who recorded.
  public let recorder: String
  /// The index of the interface; 0 stands for all of them.
  public let interface: UInt32
  /// When the counting began.
  public let from: Instant
  /// When the counting ended.
  public let until: Instant
  /// Packets that reached the recorder.
  public let received: UInt64
  /// Packets dropped on the way to it; nil when nobody counted, which is unknown and not zero.
  public let dropped: UInt64?

  private static var most: UInt64 { UInt64(Int64.max) }

  /// The loss of this stretch of time.
  public init(
    recorder: String, interface: UInt32, from: Instant, until: Instant, received: UInt64, dropped: UInt64?
  ) {
    self.recorder = recorder
    self.interface = interface
    self.from = from
    self.until = until
    // Beyond that no store counts, and nothing was ever recorded: the number is wrong, and the same everywhere.
    self.received = min(received, Self.most)
    self.dropped = dropped.map { min($0, Self.most) }
  }
}

/// A stretch of time in which a recorder recorded nothing though it should have.
public struct Gap: Hashable, Sendable {
  /// Who recorded.
  public let recorder: String
  /// When recording stopped.
  public let from: Instant
  /// When it went on.
  public let until: Instant

  /// The gap between two moments.
  public init(recorder: String, from: Instant, until: Instant) {
    self.recorder = recorder
    self.from = from
    self.until = until
  }
}
