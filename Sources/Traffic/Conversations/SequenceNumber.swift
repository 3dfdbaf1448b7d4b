/// Arithmetic with sequence numbers, which begin anew after the highest (RFC 9293 §3.4).
enum SequenceNumber {
  /// How far it is from one number to another, backwards below 0.
  static func distance(from one: UInt32, to other: UInt32) -> Int32 {
    Int32(bitPattern: other &- one)
  }

  /// Whether two numbers are no further apart than bytes in flight can be: 16 MiB, above what Linux's buffers allow by
  /// default.
  static func isNear(_ one: UInt32, _ other: UInt32) -> Bool {
    distance(from: one, to: other).magnitude <= 1 << 24
  }
}
