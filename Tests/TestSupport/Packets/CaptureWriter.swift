public import Traffic

/// A capture file in the classic form, in memory.
public struct CaptureWriter: Sendable {
  /// The unit of its times.
  public enum Precision: Sendable, CaseIterable {
    case microseconds, nanoseconds
  }

  /// How its numbers are written.
  public enum ByteOrder: Sendable, CaseIterable {
    case littleEndian, bigEndian
  }

  /// The file so far.
  public private(set) var bytes: [UInt8] = []
  private let precision: Precision
  private let order: ByteOrder
  private let snapLength: Int

  /// A file without packets.
  public init(
    _ form: FrameForm, precision: Precision = .microseconds, order: ByteOrder = .littleEndian,
    snapLength: Int = 262_144
  ) {
    self.precision = precision
    self.order = order
    self.snapLength = snapLength
    append(precision == .microseconds ? 0xA1B2_C3D4 : 0xA1B2_3C4D)
    // Version 2.4: two numbers of 16 bits.
    bytes += order == .littleEndian ? [2, 0, 4, 0] : [0, 2, 0, 4]
    append(0)
    append(0)
    append(UInt32(snapLength))
    append(form.rawValue)
  }

  /// Adds a frame; of one longer than `keeping` or the file's snap length only the beginning is kept.
  public mutating func write(_ frame: [UInt8], at instant: Instant, keeping limit: Int = .max) {
    let kept = frame.prefix(min(limit, snapLength))
    let rest = instant.nanoseconds - instant.seconds * 1_000_000_000
    append(UInt32(truncatingIfNeeded: instant.seconds))
    append(UInt32(truncatingIfNeeded: precision == .microseconds ? rest / 1000 : rest))
    append(UInt32(kept.count))
    append(UInt32(frame.count))
    bytes += kept
  }

  private mutating func append(_ value: UInt32) {
    bytes.append(big: order == .bigEndian ? value : value.byteSwapped)
  }
}
