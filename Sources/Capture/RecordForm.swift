import Traffic

/// One of the two forms of capture files, for which the common record is found without a look at the file.
protocol RecordForm {
  /// The record that begins at a place of these bytes, if all of it is there, and is as nearly all are; what is not so
  /// is left to those who look closer.
  mutating func whole(_ bytes: RawSpan, at place: Int) -> CaptureRecord?
}

extension RawSpan {
  /// Four numbers, the least significant byte of each first; there must be sixteen bytes.
  @inline(__always)
  func four(_ place: Int) -> (UInt32, UInt32, UInt32, UInt32) {
    // In bounds: the load checks.
    let all = unsafe UInt128(littleEndian: unsafeLoadUnaligned(fromByteOffset: place, as: UInt128.self))
    let (low, high) = (UInt64(truncatingIfNeeded: all), UInt64(truncatingIfNeeded: all >> 64))
    return (
      UInt32(truncatingIfNeeded: low), UInt32(truncatingIfNeeded: low >> 32),
      UInt32(truncatingIfNeeded: high), UInt32(truncatingIfNeeded: high >> 32)
    )
  }
}
