import TestSupport
import Documents
import Testing

/// Every expectation here but those on comments is what `kubectl kustomize` 1.37 prints.
struct YAMLWriterTests {
  @Test(
    "text is written as Kustomize writes it",
    arguments: [
      ("web", "web"), ("", #""""#), ("y", #""y""#), ("yEs", "yEs"), ("80", #""80""#), ("0x1F", #""0x1F""#),
      ("0x", "0x"),
      ("1_000", #""1_000""#), ("08", #""08""#), ("1:30", #""1:30""#), ("1:99", "1:99"),
      ("2020-1-1", #""2020-1-1""#),
      ("1.2.3", "1.2.3"), ("10.0.0.0/8", "10.0.0.0/8"), ("::1", "::1"), ("fe80::", "'fe80::'"),
      ("a: b", "'a: b'"),
      ("a:b", "a:b"), ("a #b", "'a #b'"), ("a#b", "a#b"), ("-", "'-'"), ("-x", "-x"), ("?x", "?x"),
      ("*a", "'*a'"),
      ("'a", "'''a'"), ("a'b", "a'b"), (#""a"#, #"'"a'"#), (" a", "' a'"), ("a ", "'a '"),
      ("a\tb", #""a\tb""#),
      ("---", "'---'"), ("a\nb", "|-\n  a\n  b"), ("a\n", "|\n  a"), ("a\n\n", "|+\n  a\n"),
      (" a\nb", "|2-\n   a\n  b"),
      ("a \nb", #""a \nb""#), ("\n", "|2+\n"), ("a\r\nb", #""a\r\nb""#), ("é", "é"), ("😀", #""\U0001F600""#),
      ("\u{0}", #""\0""#), ("\u{1B}", #""\e""#), ("a\\b", "a\\b"), ("key=val", "key=val"), ("~a", "~a"),
    ])
  func text(text: String, written: String) {
    #expect(YAML.write([.mapping(["s": .string(text)])]) == "s: \(written)\n")
  }

  @Test(
    "text that another reader would mistake is quoted, and what nobody can see is spelled out",
    arguments: [
      ("=", #""=""#), ("<<", #""<<""#), ("1e400", #""1e400""#), ("0x_", #""0x_""#), ("0o_", #""0o_""#),
      ("-_", #""-_""#), ("._2", #""._2""#), (".5_", #"".5_""#),
      ("2020-13-45", #""2020-13-45""#), ("\u{202E}", #""\u202E""#), ("a\u{200B}", #""a\u200B""#),
      ("\u{85}", #""\N""#),
      ("\u{2028}", #""\L""#), ("\u{7F}", #""\x7F""#), ("\u{FEFF}", #""\uFEFF""#),
      ("'\u{301} ", "'''\u{301} '"),
    ])
  func safety(text: String, written: String) {
    #expect(YAML.write([.mapping(["s": .string(text)])]) == "s: \(written)\n")
  }

  @Test("sequences are not indented under their name")
  func blocks() throws {
    let text = """
      - - a
        - - b
      - - - c
      - a: {}
        b:
        - 1
        - c: []
        - - d
        e:
          f: null
      - []

      """
    #expect(YAML.write(try YAML.read(bytes(text))) == text)
  }

  @Test("long names stand on lines of their own")
  func longNames() throws {
    let long = String(repeating: "l", count: 129)
    let node = Node.mapping([
      "z": .mapping([long: .mapping(["a": .integer(1), "b": .integer(2)])]),
      "p": .mapping([long: .sequence([.null])]),
      "x": .mapping(["a\nb": .string("c")]), "w": .mapping([String(repeating: "l", count: 128): .bool(true)]),
    ])
    let text = """
      z:
        ? \(long)
        : a: 1
          b: 2
      p:
        ? \(long)
        : - null
      x:
        ? |-
          a
          b
        : c
      w:
        \(long.dropLast()): true

      """
    #expect(YAML.write([node]) == text)
  }

  @Test("long text is folded behind column 80")
  func folding() {
    let words = String(repeating: "word ", count: 30) + "x"
    let quoted = String(repeating: "it's: ", count: 20) + "x"
    let escaped = String(repeating: "tab\t  tab ", count: 10)
    let node = Node.mapping(["a": .string(words), "b": .sequence([.string(quoted), .string(escaped)])])
    #expect(
      YAML.write([node]) == #"""
        a: word word word word word word word word word word word word word word word word
          word word word word word word word word word word word word word word x
        b:
        - 'it''s: it''s: it''s: it''s: it''s: it''s: it''s: it''s: it''s: it''s: it''s: it''s:
          it''s: it''s: it''s: it''s: it''s: it''s: it''s: it''s: x'
        - "tab\t  tab tab\t  tab tab\t  tab tab\t  tab tab\t  tab tab\t  tab tab\t  tab tab\t
          \ tab tab\t  tab tab\t  tab "

        """#)
  }

  @Test(
    "numbers are written as go-yaml writes them",
    arguments: [
      ("80", "80"), ("1.5", "1.5"), ("1.0", "1"), ("1e3", "1000"), ("1e21", "1e+21"), ("1e-7", "1e-07"),
      ("0.0001", "0.0001"),
      ("1000000.5", "1.0000005e+06"), ("100000000000000000000", "1e+20"),
      ("18446744073709551615", "18446744073709551615"),
    ])
  func numbers(number: String, written: String) {
    #expect(YAML.write([Node(.number(number))]) == written + "\n")
  }

  @Test("documents are parted by three dashes")
  func documents() {
    #expect(
      YAML.write([.mapping(["a": .null]), .sequence([]), .string("--- b")])
        == "a: null\n---\n[]\n---\n'--- b'\n")
    #expect(YAML.write([]) == "")
  }

  @Test("comments stand above what they speak of")
  func comments() {
    let rule = Node.mapping([
      "ports": .sequence([.integer(1).commented(["port"])]).commented(["ports"]), "to": .null,
    ])
    let node = Node.mapping([
      "spec": .mapping(["egress": .sequence([rule.commented(["rule", ""]), rule])]).commented(["spec"]),
      "deep": .sequence([.sequence([.string("a").commented(["inner"])]).commented(["outer"])]),
    ]).commented(["document"])
    let text = """
      # document
      # spec
      spec:
        egress:
        # rule
        #
        # ports
        - ports:
          # port
          - 1
          to: null
        # ports
        - ports:
          # port
          - 1
          to: null
      deep:
      # outer
      # inner
      - - a

      """
    #expect(YAML.write([node]) == text)
  }

  @Test(
    "no comment becomes anything else", arguments: HostileText.all + ["a\nspec: {}", "a\r\u{85}\u{2028}b: c"])
  func hostileComments(comment: String) throws {
    let node = Node.mapping([
      "a": .sequence([.string("b").commented([comment])]), "c": .null.commented([comment]),
    ])
    let text = YAML.write([node.commented([comment])])
    #expect(try YAML.read(bytes(text)).map(\.bare) == [node.bare])
    #expect(text.utf8.split(separator: UInt8(ascii: "\n")).allSatisfy { $0.count <= 110 })
    #expect(text.utf8.allSatisfy { (0x20...0x7E).contains($0) || $0 == UInt8(ascii: "\n") })
  }

  @Test("members are sorted as Kustomize sorts them")
  func order() {
    let names = [
      "-", "--", "-9-", ".", ".02", "/0", "_-", "_a-0", "1", "2", "10", "A", "B", "a-b", "a.b", "a/b", "a2",
      "a9", "a10",
      "ab", "b", "x1", "x01", "x9b", "x10b", "é",
    ]
    for seed in 1...20 as ClosedRange<UInt64> {
      var numbers = SeededRandom(seed: seed)
      let shuffled = Node(.mapping(names.shuffled(using: &numbers).map { Node.Member($0, .null) }))
      #expect(
        Node.sequence([shuffled]).sortedKeys().sequence?.first?.mapping?.map(\.key) == names, "seed \(seed)")
    }
  }
}
