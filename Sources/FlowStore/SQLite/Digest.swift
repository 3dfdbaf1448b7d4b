internal import CSQLite

/// 24 bits that sum up a row: whatever else changes it, a failing disk or somebody's editor, leaves them wrong.
///
/// No secret is in it: who knows this file can make a digest that is right. What it gives is part of the file format, and
/// so never changes.
struct Digest {
  private var state: UInt64 = 0x243F_6A88_85A3_08D3

  /// Of nothing yet.
  init() {}

  /// Of what came before, which summed up to this.
  init(of stateBits: Int64) { state = UInt64(bitPattern: stateBits) }

  /// What all summed up to so far, to go on from.
  var stateBits: Int64 { Int64(bitPattern: state) }

  /// Sums up a number.
  mutating func add(_ number: Int64) { mix(UInt64(bitPattern: number), 0x9E37_79B9_7F4A_7C15) }

  /// Sums up bytes, told from a number by another factor, and from a longer one by its length.
  mutating func add(_ bytes: RawSpan) {
    mix(UInt64(bytes.byteCount), 0xD6E8_FEB8_6659_FD93)
    let whole = bytes.byteCount & ~7
    for offset in stride(from: 0, to: whole, by: 8) {
      // Eight bytes are left from each of these offsets on, in a span that checks it.
      let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
      mix(UInt64(littleEndian: word), 0xD6E8_FEB8_6659_FD93)
    }
    guard whole < bytes.byteCount else { return }
    var rest: UInt64 = 0
    for offset in (whole..<bytes.byteCount).reversed() {
      // Within the span, which checks it.
      rest = rest << 8 | UInt64(unsafe bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self))
    }
    mix(rest, 0xD6E8_FEB8_6659_FD93)
  }

  /// Sums up bytes.
  mutating func add(_ bytes: Span<UInt8>) {
    // Bytes have no padding that would be read.
    add(unsafe bytes.bytes)
  }

  /// Sums up that there is nothing.
  mutating func addNull() { mix(1, 0xCA5A_8263_9512_1157) }

  /// What a row keeps: a signed number of three bytes.
  var value: Int64 { Int64(Int32(truncatingIfNeeded: state ^ state >> 32) >> 8) }

  private mutating func mix(_ word: UInt64, _ factor: UInt64) {
    let product = (state ^ word).multipliedFullWidth(by: factor)
    state = product.high ^ product.low
  }
}

extension Digest {
  /// Teaches a connection `seal(…)`: the digest of its arguments, for our own statements and for no schema.
  ///
  /// The handle must be a live one.
  @unsafe static func teach(_ handle: OpaquePointer) -> Int32 {
    unsafe sqlite3_create_function_v2(
      handle, "seal", -1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, nil,
      { context, count, values in
        var digest = Digest()
        // SQLite hands over as many values as it says, and they live as long as this call.
        let values = unsafe UnsafeBufferPointer(start: values, count: Int(count))
        for index in 0..<values.count { unsafe digest.add(values[index]) }
        unsafe sqlite3_result_int64(context, digest.value)
      }, nil, nil, nil)
  }

  /// Sums up a value that SQLite lends.
  private mutating func add(_ value: OpaquePointer?) {
    switch unsafe sqlite3_value_type(value) {
    case SQLITE_INTEGER: add(unsafe sqlite3_value_int64(value))
    case SQLITE_NULL: addNull()
    default:
      // Texts as their bytes too; there are that many until the value is asked for in another form.
      let start = unsafe sqlite3_value_blob(value)
      let count = Int(unsafe sqlite3_value_bytes(value))
      let bytes = unsafe UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count)
      add(unsafe bytes.bytes)
    }
  }
}
