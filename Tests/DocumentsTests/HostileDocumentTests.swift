import Documents
import Testing

/// Texts that were made to do harm; each is refused for its own reason, or read as what it says.
struct HostileDocumentTests {
  typealias Reason = DocumentError.Reason

  private static func many(_ count: Int, _ text: String) -> String { String(repeating: text, count: count) }

  static let refusedByBoth: [(String, Reason)] = [
    (many(65, "[") + many(65, "]"), .tooDeep(limit: 64)),
    (many(65, "{\"a\":") + "1" + many(65, "}"), .tooDeep(limit: 64)),
    (many(5000, "["), .tooDeep(limit: 64)),
    ("[" + many(100_000, "1,") + "1]", .tooManyNodes(limit: 100_000)),
    (many((10 << 20) + 1, " "), .tooManyBytes(limit: 10 << 20)),
    ("{\"a\":1,\"a\":2}", .duplicateName("a", first: Position(line: 1, column: 2))),
  ]

  static let refusedYAML: [(String, Reason)] = [
    (many(65, "- ") + "a", .tooDeep(limit: 64)), (many(65, "? "), .tooDeep(limit: 64)),
    (many(100_001, "- a\n"), .tooManyNodes(limit: 100_000)),
    ("- &a x\n" + many(10_001, "- *a\n"), .tooManyAliases(limit: 10_000)),
    ("a: &a [*a]", .endlessAnchor("a")), ("&a {b: *a}", .endlessAnchor("a")),
    ("a: &a {<<: *a}", .endlessAnchor("a")),
    ("a: *b", .unknownAnchor("b")), ("--- &a x\n--- *a", .unknownAnchor("a")),
    ("a: 1\na: 2", .duplicateName("a", first: Position(line: 1, column: 1))),
    ("on: 1\nyes: 2", .duplicateName("true", first: Position(line: 1, column: 1))),
    ("10: 1\n012: 2", .duplicateName("10", first: Position(line: 1, column: 1))),
    ("a: {b: 1, b: 2}", .duplicateName("b", first: Position(line: 1, column: 5))),
    ("~: x", .nameless("null")), ("[a]: x", .nameless("a sequence")), ("{a: b}: x", .nameless("a mapping")),
    ("a: \u{0}", .controlCharacter(0)), ("a: \"\u{0}\"", .controlCharacter(0)),
    ("# \u{1B}[31m", .controlCharacter(0x1B)),
    ("a: \u{7F}", .controlCharacter(0x7F)), ("a: 1\n\u{FEFF}a: 2", .strayByteOrderMark),
    ("<<: 1", .unmergeable), ("<<: [1]", .unmergeable), ("<<: text", .unmergeable),
    ("a: !!int x", .mistagged("x", tag: "!!int")), ("a: !!int 1.5", .mistagged("1.5", tag: "!!int")),
    ("a: !!bool 1", .mistagged("1", tag: "!!bool")), ("a: !!binary '%'", .mistagged("%", tag: "!!binary")),
    ("a: !!null x", .mistagged("x", tag: "!!null")),
    ("a: !!timestamp x", .mistagged("x", tag: "!!timestamp")),
    ("a: .inf", .notFinite(".inf")), ("a: .NaN", .notFinite(".NaN")), ("a: -.INF", .notFinite("-.INF")),
  ]

  static let refusedJSON: [(String, Reason)] = [
    ("{\"a\":1,\"\\u0061\":2}", .duplicateName("a", first: Position(line: 1, column: 2))),
    ("[\"\u{0}\"]", .controlCharacter(0)), ("\"\u{1F}\"", .controlCharacter(0x1F)), ("[1", .cutShort),
    ("{\"a\":", .cutShort),
    ("\"", .cutShort), ("\"\\", .cutShort), ("\"\\u00", .cutShort), ("", .cutShort), ("tru", .cutShort),
    ("-", .cutShort),
  ]

  @Test("JSON and YAML are refused alike", arguments: refusedByBoth)
  func both(text: String, reason: Reason) {
    #expect(complaint { _ = try JSON.read(bytes(text)) }?.reason == reason)
    #expect(complaint { _ = try YAML.read(bytes(text)) }?.reason == reason)
    #expect(complaint { _ = try Document.read(bytes(text)) }?.reason == reason)
  }

  @Test("YAML is refused", arguments: refusedYAML)
  func yamlRefused(text: String, reason: Reason) {
    #expect(complaint { _ = try YAML.read(bytes(text)) }?.reason == reason)
  }

  @Test("JSON is refused", arguments: refusedJSON)
  func jsonRefused(text: String, reason: Reason) {
    #expect(complaint { _ = try JSON.read(bytes(text)) }?.reason == reason)
  }

  @Test(
    "what is no UTF-8 is refused by both",
    arguments: [
      [0x80], [0xC0, 0xAF], [0xC1, 0xBF], [0xE0, 0x80, 0xAF], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0xAF],
      [0xF4, 0x90, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFF], [0xE2, 0x82],
    ] as [[UInt8]])
  func notUTF8(broken: [UInt8]) {
    let text = bytes("[\"a") + broken + bytes("\"]")
    #expect(complaint { _ = try JSON.read(text) }?.reason == .notUTF8)
    #expect(complaint { _ = try YAML.read(text) }?.reason == .notUTF8)
  }

  @Test(
    "wide encodings are refused by both",
    arguments: [
      [0xFF, 0xFE, 0x7B, 0x00], [0xFE, 0xFF, 0x00, 0x7B], [0x7B, 0x00], [0x00, 0x7B],
      [0x00, 0x00, 0xFE, 0xFF],
    ] as [[UInt8]])
  func wide(text: [UInt8]) {
    #expect(complaint { _ = try JSON.read(text) }?.reason == .wideEncoding)
    #expect(complaint { _ = try YAML.read(text) }?.reason == .wideEncoding)
  }

  @Test(
    "a tag that would run code elsewhere is text here",
    arguments: ["!!python/object/apply:os.system [id]", "!!python/object:os.x {a: b}", "!ruby/object:X {}"])
  func foreignTags(text: String) throws {
    #expect(complaint { _ = try YAML.read(bytes(text)) } == nil)
  }
}
