/// Tells one capture file from another, cheaply: by its size, its first and its last 64 KiB.
///
/// It is FNV-1a of 128 bits (RFC 9923), the same in every run and on every machine. It guards against importing a file
/// twice by mistake, not against somebody who wants two files to look alike.
public struct Fingerprint: Hashable, Sendable {
  /// The hash.
  public let bits: UInt128

  /// How much of each end counts.
  static let edge: UInt64 = 65_536

  init(size: UInt64, head: some Sequence<UInt8>, tail: some Sequence<UInt8>) {
    var hash = FNV()
    hash.add(size)
    hash.add(head)
    hash.add(tail)
    bits = hash.bits
  }

  /// The fingerprint of files that make one run, in whatever order they were named.
  init(run: [Fingerprint]) {
    var hash = FNV()
    for one in run.map(\.bits).sorted() {
      hash.add(UInt64(truncatingIfNeeded: one >> 64))
      hash.add(UInt64(truncatingIfNeeded: one))
    }
    bits = hash.bits
  }
}

extension Fingerprint: CustomStringConvertible {
  /// Thirty-two hexadecimal digits.
  public var description: String {
    let digits = String(bits, radix: 16)
    return String(repeating: "0", count: 32 - digits.count) + digits
  }

  /// The fingerprint written in thirty-two hexadecimal digits.
  public init?(_ text: some StringProtocol) {
    guard text.utf8.count == 32, text.first != "+", text.first != "-", let bits = UInt128(text, radix: 16)
    else { return nil }
    self.bits = bits
  }
}

extension Fingerprint {
  /// Gathers what counts while a pipe is read.
  struct Passing {
    private var size: UInt64 = 0
    private var head: [UInt8] = []
    /// The latest bytes, and some before them.
    private var tail: [UInt8] = []

    mutating func note(_ bytes: ArraySlice<UInt8>) {
      let edge = Int(Fingerprint.edge)
      size += UInt64(bytes.count)
      head += bytes.prefix(edge - head.count)
      tail += bytes.suffix(edge)
      // Moved seldom: a pipe may give a few bytes at a time.
      if tail.count >= 4 * edge { tail.removeFirst(tail.count - edge) }
    }

    var fingerprint: Fingerprint {
      Fingerprint(size: size, head: head, tail: tail.suffix(Int(Fingerprint.edge)))
    }
  }

  private struct FNV {
    private(set) var bits: UInt128 = 0x6C62_272E_07BB_0142_62B8_2175_6295_C58D
    private static var prime: UInt128 { 1 << 88 | 0x13B }

    mutating func add(_ bytes: some Sequence<UInt8>) {
      for byte in bytes { bits = (bits ^ UInt128(byte)) &* Self.prime }
    }

    mutating func add(_ number: UInt64) {
      add((0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) })
    }
  }
}
