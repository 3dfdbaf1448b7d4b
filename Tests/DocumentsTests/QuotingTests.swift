import Documents
import TestSupport
import Testing

/// `scripts/check-quoting` has other readers of YAML read these files; here they are kept what our writers write.
struct QuotingTests {
  /// What means something to YAML in some place, and what doesn't beside it.
  private static let pieces = [
    "a", "y", "0", "1", "e", "x", "_", "-", "+", ".", ":", "~", "=", "<<", "#", "&", "*", "!", "|", ">", "%",
    "@",
    "`", "'", "\"", "\\", "[", "]", "{", "}", ",", "?", " ", "\t", "\n", "\r", "\u{0}", "\u{85}", "é",
    "\u{2028}",
    "\u{FEFF}", "😀", "---", "...",
  ]

  private static let whole = [
    "12:30:45", "N", "True", "NULL", "+.inf", ".NaN", "0o14", "0B11", "1E3", "1e-3", "0.", "1__0",
    "%YAML 1.1",
    "!!", "!!str a", "!!binary YQ==", "--- |", "# a", "a:\tb", "a\t#b", "{a: b}", "[a, b]", "\"a\": b",
    "<<: *a",
  ]

  /// Every text and every two pieces side by side, each once.
  private static let texts: [String] = {
    let pairs = pieces.flatMap { first in pieces.map { first + $0 } }
    var seen: Set<[UInt8]> = []
    // By their bytes: to Swift, texts are equal that only look alike.
    return (HostileText.all + whole + pieces + pairs).filter { seen.insert(Array($0.utf8)).inserted }
  }()

  @Test("what other readers are asked to read is what is written")
  func files() {
    let texts = Self.texts
    let object = Node.mapping([
      "apiVersion": .string("v1"), "kind": .string("ConfigMap"),
      "metadata": .mapping([
        "annotations": Node(.mapping(texts.enumerated().map { Node.Member($1, .string("n\($0)")) })),
        "labels": Node(.mapping(texts.enumerated().map { Node.Member("n\($0)", .string($1)) })),
        "name": .string("quoting"),
      ]),
      "texts": .sequence(texts.map { .string($0) }),
    ])
    expectGolden(YAML.write([object]), "Tests/DocumentsTests/Golden/quoting.yaml")
    let lines = texts.map { JSON.write(.string($0)) }.joined(separator: ",\n")
    expectGolden("[\n\(lines)\n]\n", "Tests/DocumentsTests/Golden/quoting.json")
  }
}
