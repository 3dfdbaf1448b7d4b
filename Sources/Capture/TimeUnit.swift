import Traffic

/// What one tick of an interface's clock is worth (pcapng §4.2, if_tsresol and if_tsoffset).
struct TimeUnit {
  private var exponent: UInt8 = 6
  /// Seconds to add.
  var offset: Int64 = 0

  /// Nanoseconds of a tick; 0 where they are no whole number.
  private var nanoseconds: UInt64 = 1_000

  /// Reads the option's byte: a negative power of ten, or of two when the highest bit is set.
  mutating func setResolution(_ byte: UInt8) {
    exponent = byte
    nanoseconds = byte <= 9 ? UInt64(Self.power(9 - byte)) : 0
  }

  /// The moment of a tick, where the clock is as most are: whole nanoseconds and nothing to add.
  @inline(__always)
  func commonInstant(_ ticks: UInt64) -> Instant? {
    let (product, isTooLarge) = ticks.multipliedReportingOverflow(by: nanoseconds)
    guard nanoseconds > 0, offset == 0, !isTooLarge, product <= UInt64(Int64.max) else { return nil }
    return Instant(nanoseconds: Int64(product))
  }

  /// The moment of a tick; beyond the range of time, the range's end.
  func instant(_ ticks: UInt64) -> Instant {
    let ticks = UInt128(ticks)
    let nanoseconds: UInt128
    if exponent & 0x80 != 0 {
      nanoseconds = (ticks * 1_000_000_000) >> UInt128(exponent & 0x7F)
    } else if exponent <= 9 {
      nanoseconds = ticks * Self.power(9 - exponent)
    } else {
      // Beyond 10^-38 a 64-bit count of ticks is less than a nanosecond.
      nanoseconds = exponent - 9 > 29 ? 0 : ticks / Self.power(exponent - 9)
    }
    return Instant(nanoseconds: Int64(clamping: nanoseconds)).advanced(bySeconds: offset)
  }

  private static func power(_ exponent: UInt8) -> UInt128 {
    (0..<exponent).reduce(1) { product, _ in product * 10 }
  }
}
