/// What must hold of a side.
struct Bar: Sendable {
  /// The bar in words.
  let words: String
  /// Whether these times clear it; the second are those of the first side.
  let holds: @Sendable (Comparison.Row, Comparison.Row) -> Bool

  /// At most so many seconds on a processor.
  static func cpu(_ limit: Double) -> Bar {
    Bar(words: "at most \(decimals(limit, 2)) s") { row, _ in row.least <= limit }
  }

  /// At most so many times the first side's.
  static func ratio(_ limit: Double) -> Bar {
    Bar(words: "at most \(decimals(limit, 1)) x") { row, first in row.least <= limit * first.least }
  }

  /// At most so many times the first side's and so many seconds more.
  static func ratio(_ limit: Double, beyond seconds: Double) -> Bar {
    Bar(words: "at most \(decimals(limit, 1)) x + \(decimals(seconds, 1)) s") { row, first in
      row.least <= limit * first.least + seconds
    }
  }

  /// At least so many times the first side's: a bar for the first side, which stands beside the others.
  static func ratioAtLeast(_ limit: Double) -> Bar {
    Bar(words: "at least \(decimals(limit, 1)) x") { row, first in row.least >= limit * first.least }
  }

  /// At most so many million bytes of memory more than the first side's.
  static func memoryBeyond(_ limit: Double) -> Bar {
    Bar(words: "at most +\(decimals(limit, 0)) MB") { row, first in row.peakMB <= first.peakMB + limit }
  }

  /// At most so many million bytes of memory.
  static func memory(_ limit: Double) -> Bar {
    Bar(words: "at most \(decimals(limit, 0)) MB") { row, _ in row.peakMB <= limit }
  }
}

/// A number with so many places after its point.
func decimals(_ number: Double, _ places: Int) -> String {
  guard number.isFinite else { return "-" }
  let scale = (0..<places).reduce(1.0) { scale, _ in scale * 10 }
  let whole = (number.magnitude * scale).rounded()
  guard whole < 1e15 else { return "-" }
  let digits = String(Int(whole))
  let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
  let sign = number < 0 ? "-" : ""
  return sign + padded.dropLast(places) + (places > 0 ? "." + padded.suffix(places) : "")
}
