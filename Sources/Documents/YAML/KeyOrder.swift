/// The order in which Kustomize prints the members of a mapping.
///
/// It is alphabetical with letters after everything else, but numbers within a name count as numbers: `tier2`
/// comes before `tier10`. This is the `keyList.Less` of go-yaml as Kustomize holds it, corner for corner, because
/// one member out of place would show in every difference a reviewer sees. Some names go round in circles by it
/// (`1a`, `9b`, `10b`); of those not even Kustomize keeps one order.
enum KeyOrder {
  /// The members in that order.
  static func sorted(_ members: [Node.Member]) -> [Node.Member] {
    // In byte order first, so that names which go round in circles too come out the same way each time.
    members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.sorted { precedes($0.key, $1.key) }
  }

  /// Whether a member named `first` is printed before one named `second`.
  static func precedes(_ first: String, _ second: String) -> Bool {
    let (a, b) = (Array(first.unicodeScalars), Array(second.unicodeScalars))
    guard let index = zip(a, b).enumerated().first(where: { $1.0 != $1.1 })?.offset else {
      return a.count < b.count
    }
    return switch (isLetter(a[index]), isLetter(b[index])) {
    case (true, true): a[index] < b[index]
    case (true, false): false
    case (false, true): true
    case (false, false): numberPrecedes(a, b, from: index)
    }
  }

  /// Compares what stands at `index`, the first place where the two differ, neither having a letter there.
  private static func numberPrecedes(
    _ a: [Unicode.Scalar], _ b: [Unicode.Scalar], from index: Int
  ) -> Bool {
    // A zero weighs something only behind another digit: `10` against `1`, but not `01` against `1`.
    var start: Int64 = 0
    if a[index] == "0" || b[index] == "0" {
      let before = a[..<index].reversed().prefix(while: isDigit)
      if before.contains(where: { $0 != "0" }) { start = 1 }
    }
    let (left, leftEnd) = number(in: a, from: index, startingAt: start)
    let (right, rightEnd) = number(in: b, from: index, startingAt: start)
    if left != right { return left < right }
    if leftEnd != rightEnd { return leftEnd < rightEnd }
    return a[index] < b[index]
  }

  /// The number that begins at `index`; longer ones than 64 bits wrap, as they do in Go.
  private static func number(
    in text: [Unicode.Scalar], from index: Int, startingAt start: Int64
  ) -> (value: Int64, end: Int) {
    var value = start
    var end = index
    while end < text.count, isDigit(text[end]) {
      value = value &* 10 &+ (Int64(text[end].value) - 0x30)
      end += 1
    }
    return (value, end)
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII ? ("0"..."9").contains(scalar) : scalar.properties.generalCategory == .decimalNumber
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
    default: false
    }
  }
}
