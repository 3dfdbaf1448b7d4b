import Traffic

/// One of the two forms of capture files, for which the common record is found without a look at the file.
protocol RecordForm {
  /// The record that begins at a place of these bytes, if all of it is there, and is as nearly all are; what is not so
  /// is left to those who look closer.
  mutating func whole(_ bytes: RawSpan, at place: Int) -> CaptureRecord?
}

extension RawSpan {
  /// Two numbers, in the byte order of the file; there must be eight bytes.
  @inline(__always)
  func pair(_ place: Int, isBig: Bool) -> (UInt32, UInt32) {
    // In bounds: the load checks.
    let both = unsafe unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self)
    let (one, other) = (UInt32(truncatingIfNeeded: both), UInt32(truncatingIfNeeded: both >> 32))
    return isBig ? (one.byteSwapped, other.byteSwapped) : (one, other)
  }
}
