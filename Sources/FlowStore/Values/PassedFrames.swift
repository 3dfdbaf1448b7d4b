public import Traffic

/// How many frames a recorder passed over for one reason.
public struct PassedFrames: Hashable, Sendable {
  /// Who recorded.
  public let recorder: String
  /// Why they taught nothing.
  public let reason: Passed
  /// How many they were.
  public let count: UInt64

  /// Frames passed over.
  public init(recorder: String, reason: Passed, count: UInt64) {
    self.recorder = recorder
    self.reason = reason
    self.count = count
  }
}
