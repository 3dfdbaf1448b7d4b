/// Numbers as the wire holds them, most significant byte first.
///
/// `unsafe` stands here because a load could be asked for a type that any bits would break; whole numbers are made of any
/// bits. `RawSpan` itself checks that the bytes lie within it: callers compare with `byteCount` first, and a
/// forgotten comparison would stop the program, never read beyond the frame.
extension RawSpan {
  @inline(__always)
  func byte(_ offset: Int) -> UInt8 {
    // In bounds: the load checks.
    unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  }

  @inline(__always)
  func number16(_ offset: Int) -> UInt16 {
    // In bounds: the load checks.
    unsafe UInt16(bigEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: UInt16.self))
  }

  @inline(__always)
  func number32(_ offset: Int) -> UInt32 {
    // In bounds: the load checks.
    unsafe UInt32(bigEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }

  @inline(__always)
  func number64(_ offset: Int) -> UInt64 {
    // In bounds: the load checks.
    unsafe UInt64(bigEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  @inline(__always)
  func number128(_ offset: Int) -> UInt128 {
    // In bounds: the load checks.
    unsafe UInt128(bigEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: UInt128.self))
  }
}

extension [UInt8] {
  /// Lends bytes that were put together as a frame's are lent.
  func lend<Result>(_ body: (RawSpan) -> Result) -> Result {
    // In bounds: the span is the array's own.
    let bytes = unsafe span.bytes
    return body(bytes)
  }
}
