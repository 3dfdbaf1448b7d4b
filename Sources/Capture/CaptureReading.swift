public import Traffic

/// What reading one capture file came to.
public struct CaptureReading: Hashable, Sendable {
  /// The file as the user named it.
  public let path: String
  /// What tells the file from others.
  public let fingerprint: Fingerprint
  /// How many frames it gave.
  public let packets: UInt64
  /// When the first of them was recorded; nil when there was none of a credible time.
  public let first: Instant?
  /// When the last of them was recorded; nil when there was none of a credible time.
  public let last: Instant?
  /// What is wrong with their times.
  public let clock: ClockFaults
  /// The link types of its frames, in the order of their first appearance.
  public let links: [LinkType]
  /// How its reading ended.
  public let ending: Ending
  /// What was lost when it was recorded, one row an interface; a single row with an unknown number when the file
  /// doesn't say.
  public let losses: [Loss]

  /// How the reading of a file ended.
  public enum Ending: Hashable, Sendable {
    /// At its end.
    case whole
    /// Within its last record, which begins at this byte: whoever recorded it was stopped.
    case cut(offset: UInt64)
    /// At something that makes no sense; everything before was kept.
    case damaged(CaptureError)
  }
}
