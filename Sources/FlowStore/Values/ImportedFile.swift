public import Traffic

/// A capture file whose traffic is in the store.
public struct ImportedFile: Hashable, Sendable {
  /// What tells the file from others, whatever its name.
  public let fingerprint: String
  /// Under whose name its facts stand.
  public let recorder: String
  /// Its name as it was given.
  public let name: String
  /// How many packets it held.
  public let packets: UInt64
  /// From its first packet to its last; nil when it held none.
  public let seen: ClosedRange<Instant>?

  /// A file that was read.
  public init(
    fingerprint: String, recorder: String, name: String, packets: UInt64, seen: ClosedRange<Instant>?
  ) {
    self.fingerprint = fingerprint
    self.recorder = recorder
    self.name = name
    self.packets = packets
    self.seen = seen
  }
}
