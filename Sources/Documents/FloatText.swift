/// A number with a fraction or an exponent, in the spellings of Go, in which Kubernetes is written.
///
/// The digits are the fewest that give back the same value; spellings differ only in where they put the point.
struct FloatText {
  private let isNegative: Bool
  /// The significant digits, without zeros at either end.
  private let digits: [UInt8]
  /// How many digits stand before the point.
  private let point: Int

  /// A finite number of 32 or 64 bits.
  init<Number: BinaryFloatingPoint & CustomStringConvertible>(_ number: Number) {
    isNegative = number.sign == .minus
    var digits: [UInt8] = []
    var point: Int?
    var exponent = 0
    var text = Array(number.magnitude.description.utf8)[...]
    if let mark = text.firstIndex(of: UInt8(ascii: "e")) {
      exponent = Int(String(decoding: text[(mark + 1)...], as: UTF8.self)) ?? 0
      text = text[..<mark]
    }
    for byte in text {
      if byte == UInt8(ascii: ".") { point = digits.count } else { digits.append(byte) }
    }
    var whole = (point ?? digits.count) + exponent
    let leading = digits.prefix { $0 == UInt8(ascii: "0") }.count
    digits.removeFirst(leading)
    whole -= leading
    while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    self.digits = digits
    self.point = digits.isEmpty ? 1 : whole
  }

  /// As `encoding/json` writes it: an exponent only below 1e-6 and from 1e21 on.
  var json: String {
    if digits.isEmpty { return "0" }
    return signed(point - 1 < -6 || point - 1 >= 21 ? scientific(exponentDigits: 1) : plain)
  }

  /// As `FormatFloat` with `'g'` and the fewest digits writes it: an exponent below 1e-4 and from 1e6 on.
  var general: String {
    if digits.isEmpty { return "0" }
    return signed(point - 1 < -4 || point - 1 >= 6 ? scientific(exponentDigits: 2) : plain)
  }

  private func signed(_ text: String) -> String { isNegative ? "-" + text : text }

  private var plain: String {
    let zeros = { (count: Int) in [UInt8](repeating: UInt8(ascii: "0"), count: max(0, count)) }
    let whole = point > 0 ? digits.prefix(point) + zeros(point - digits.count) : zeros(1)[...]
    let fraction = point > 0 ? digits.dropFirst(point) : (zeros(-point) + digits)[...]
    let tail = fraction.isEmpty ? [] : [UInt8(ascii: ".")] + fraction
    return String(decoding: whole + tail, as: UTF8.self)
  }

  private func scientific(exponentDigits width: Int) -> String {
    let exponent = point - 1
    let tail = digits.count > 1 ? [UInt8(ascii: ".")] + digits.dropFirst() : []
    let mantissa = String(decoding: digits.prefix(1) + tail, as: UTF8.self)
    let power = String(exponent.magnitude)
    let padding = String(repeating: "0", count: max(0, width - power.count))
    return mantissa + (exponent < 0 ? "e-" : "e+") + padding + power
  }
}
