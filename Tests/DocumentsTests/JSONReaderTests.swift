import Documents
import Testing

struct JSONReaderTests {
  @Test(
    "values are read as RFC 8259 says",
    arguments: [
      ("{}", Node.mapping([:])), ("[]", .sequence([])),
      (" [ 1 , 2 ] ", .sequence([.integer(1), .integer(2)])),
      ("\"\"", .string("")), (#""\"\\\/\b\f\n\r\t\u00e9""#, .string("\"\\/\u{8}\u{C}\n\r\té")),
      (#""\ud83d\ude00😀""#, .string("😀😀")), ("-0.5e+10", Node(.number("-0.5e+10"))), ("0", .integer(0)),
      ("true", .bool(true)),
      ("null", .null), (#"{"a":{"b":[null]}}"#, .mapping(["a": .mapping(["b": .sequence([.null])])])),
      ("\u{FEFF}1", .integer(1)), (#"{"\u0061":1}"#, .mapping(["a": .integer(1)])),
    ])
  func values(text: String, node: Node) throws {
    #expect(try json(text).bare == node)
  }

  @Test(
    "what is no JSON is refused, wanted or not",
    arguments: [
      "", " ", "{", "[", "[1,]", "[,1]", "[1 2]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{'a':1}",
      "01", "-", "1.", ".5", "+1",
      "1e", "0x1", "1_0", "NaN", "tru", "truex", "nul", "\"", "\"\\x\"", "\"\\u12g4\"", "\"\\u12", "\"\n\"",
      "\"\u{1}\"", "1 2", "[1]]",
      "{\"a\":1 \"b\":2}", "//", "[1}", "{\"a\":1]", "\u{7F}",
    ])
  func refused(text: String) {
    #expect(complaint { _ = try json(text) } != nil)
    #expect(complaint { _ = try JSON.read(bytes("{\"x\":\(text)}"), keeping: [:]) } != nil)
  }

  @Test(
    "bytes that are no UTF-8 are refused, wanted or not",
    arguments: [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82]] as [[UInt8]]
  )
  func notUTF8(broken: [UInt8]) {
    let text = bytes("{\"a\":\n \"é") + broken + bytes("\"}")
    for shape in [Shape.all, [:]] {
      #expect(
        complaint { _ = try JSON.read(text, keeping: shape) }?.description
          == "line 2, column 4: the text is not UTF-8")
    }
  }

  @Test("half a surrogate pair is refused", arguments: [#""\ud83d""#, #""\ude00""#, #""\ud83d\u0041""#])
  func surrogates(text: String) {
    #expect(complaint { _ = try json(text) } != nil)
  }

  @Test("a name given twice is refused where it stands again")
  func duplicates() {
    let error = complaint { _ = try json("{\"a\":1,\n \"b\":2,\n  \"\\u0061\":3}") }
    #expect(error?.reason == .duplicateName("a", first: Position(line: 1, column: 2)))
    #expect(error?.position == Position(line: 3, column: 3))
  }

  @Test("every node and name knows its line and column")
  func positions() throws {
    let node = try json("{\n  \"é😀\": [\"日本\", {\"b\": 1}]\n}")
    let member = try #require(node.mapping?.first)
    #expect(member.position == Position(line: 2, column: 3))
    #expect(
      member.value.sequence?.map(\.position) == [
        Position(line: 2, column: 10), Position(line: 2, column: 16),
      ])
  }

  @Test("a shape keeps what it names, through sequences, and nothing else")
  func shapes() throws {
    let text = """
      {"kind": "Pod", "metadata": {"name": "a", "annotations": {"secret": "s"}}, "status": null,
       "spec": {"containers": [{"name": "c", "env": [{"value": "s"}], "ports": [{"containerPort": 80}]}, 7]}}
      """
    let shape: Shape = [
      "metadata": ["name": .all], "spec": ["containers": ["ports": .all, "n\u{61}me": .all]],
      "status": ["a": .all],
    ]
    let kept =
      #"{"metadata":{"name":"a"},"status":null,"spec":{"containers":[{"name":"c","ports":[{"containerPort":80}]},7]}}"#
    #expect(JSON.write(try JSON.read(bytes(text), keeping: shape)) == kept)
    #expect(JSON.write(try json(text).keeping(shape)) == kept)
    #expect(try yaml(text).map { JSON.write($0.keeping(shape)) } == kept)
  }

  @Test("the union of two shapes wants what either wants")
  func union() {
    let shape = (["a": ["b": .all], "c": .all] as Shape).union(["a": ["d": .all], "c": ["e": .all]])
    #expect(shape == ["a": ["b": .all, "d": .all], "c": .all])
  }
}
