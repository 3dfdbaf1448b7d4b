/// How addresses are written and read.
enum AddressText {
  /// The bits of an address in dotted or colon form; nil for anything else, leading zeros and zones included.
  static func parse(_ text: [UInt8]) -> UInt128? {
    guard text.count <= 45 else { return nil }
    if text.contains(UInt8(ascii: ":")) { return parseV6(text) }
    return parseV4(text[...]).map { 0xFFFF << 32 | UInt128($0) }
  }

  static func print(_ address: Address) -> String {
    if let v4 = address.v4Bits {
      return "\(v4 >> 24).\(v4 >> 16 & 255).\(v4 >> 8 & 255).\(v4 & 255)"
    }
    let groups = (0..<8).map { UInt16(truncatingIfNeeded: address.bits >> UInt128(112 - 16 * $0)) }
    let hidden = longestZeroRun(groups)
    guard !hidden.isEmpty else { return groups.map { String($0, radix: 16) }.joined(separator: ":") }
    let before = groups[..<hidden.lowerBound].map { String($0, radix: 16) }.joined(separator: ":")
    let after = groups[hidden.upperBound...].map { String($0, radix: 16) }.joined(separator: ":")
    return before + "::" + after
  }

  private static func parseV4(_ text: ArraySlice<UInt8>) -> UInt32? {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var bits: UInt32 = 0
    for part in parts {
      guard (1...3).contains(part.count), part.count == 1 || part.first != UInt8(ascii: "0"),
        let value = number(part, radix: 10), value <= 255
      else { return nil }
      bits = bits << 8 | value
    }
    return bits
  }

  private static func parseV6(_ text: [UInt8]) -> UInt128? {
    var head: [UInt16] = []
    var tail: [UInt16] = []
    var isCompressed = false
    var rest = text[...]
    if rest.starts(with: "::".utf8) {
      isCompressed = true
      rest = rest.dropFirst(2)
    }
    while !rest.isEmpty {
      let part = rest.prefix { $0 != UInt8(ascii: ":") }
      var groups: [UInt16] = []
      if part.contains(UInt8(ascii: ".")) {
        guard part.endIndex == rest.endIndex, let v4 = parseV4(part) else { return nil }
        groups = [UInt16(v4 >> 16), UInt16(v4 & 0xFFFF)]
      } else {
        guard (1...4).contains(part.count), let value = number(part, radix: 16) else { return nil }
        groups = [UInt16(value)]
      }
      if isCompressed { tail += groups } else { head += groups }
      rest = rest.dropFirst(part.count)
      guard !rest.isEmpty else { break }
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: ":") {
        guard !isCompressed else { return nil }
        isCompressed = true
        rest = rest.dropFirst()
      } else if rest.isEmpty {
        return nil
      }
    }
    let missing = 8 - head.count - tail.count
    guard isCompressed ? missing >= 1 : missing == 0 else { return nil }
    let groups = head + Array(repeating: 0, count: missing) + tail
    return groups.reduce(0) { $0 << 16 | UInt128($1) }
  }

  private static func number(_ digits: ArraySlice<UInt8>, radix: UInt32) -> UInt32? {
    var value: UInt32 = 0
    for digit in digits {
      let step: UInt32
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): step = UInt32(digit - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"): step = UInt32(digit - UInt8(ascii: "a")) + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): step = UInt32(digit - UInt8(ascii: "A")) + 10
      default: return nil
      }
      guard step < radix else { return nil }
      value = value * radix + step
    }
    return value
  }

  /// The run of zero groups that RFC 5952 §4.2 shortens: the longest, the first of equals, never a single group.
  private static func longestZeroRun(_ groups: [UInt16]) -> Range<Int> {
    var longest = 0..<0
    var start = 0
    while start < groups.count {
      guard groups[start] == 0 else {
        start += 1
        continue
      }
      let end = groups[start...].firstIndex { $0 != 0 } ?? groups.count
      if end - start > max(1, longest.count) { longest = start..<end }
      start = end
    }
    return longest
  }
}
