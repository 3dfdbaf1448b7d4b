import Documents
import Testing

struct YAMLReaderTests {
  @Test("every node and name knows its line and column")
  func positions() throws {
    let node = try #require(try yaml("kind: Pod\nspec:\n  é: [a, {b: c}]\n"))
    #expect(node.position == Position(line: 1, column: 1))
    #expect(node["kind"]?.position == Position(line: 1, column: 7))
    let spec = try #require(node["spec"]?.mapping?.first)
    #expect(spec.position == Position(line: 3, column: 3))
    #expect(spec.value.sequence?.last?["b"]?.position == Position(line: 3, column: 14))
  }

  @Test("a text holds any number of documents, and empty ones do not count")
  func documents() throws {
    let text = "# nothing\n---\na: 1\n---\n---\n# nothing\n--- ~\n...\n---\n[b]\n---\n"
    #expect(try YAML.read(bytes(text)).map { JSON.write($0) } == [#"{"a":1}"#, #"["b"]"#])
    #expect(try YAML.read([]).isEmpty)
    #expect(try YAML.read(bytes("\u{FEFF}")).isEmpty)
  }

  @Test(
    "names that are no text become what sigs.k8s.io/yaml makes of them",
    arguments: [
      "on": "true", "NO": "false", "012": "10", "1.5": "1.5", "1e3": "1000", "1e6": "1e+06", "1e-5": "1e-05",
      "3.14159265358979": "3.1415927", "2020-01-01": "2020-01-01", "!!str on": "on", "''": "", "'<<'": "<<",
    ])
  func names(spelling: String, name: String) throws {
    #expect(try yaml("\(spelling): x")?.mapping?.map(\.key) == [name])
  }

  @Test(
    "names without any text are refused",
    arguments: ["~: x", "? [a]\n: x", "? {a: b}\n: x", "18446744073709551615: x"])
  func nameless(text: String) {
    guard case .nameless = complaint({ _ = try yaml(text) })?.reason else {
      Issue.record("`\(text)` was read")
      return
    }
  }

  @Test(
    "a name given twice is refused where it stands again",
    arguments: ["a: 1\nb: 2\na: 3", "on: 1\nb: 2\n'true': 3"])
  func duplicates(text: String) throws {
    let error = try #require(complaint { _ = try yaml(text) })
    #expect(error.position == Position(line: 3, column: 1))
    #expect(error.message.hasSuffix("is given twice, first on line 1"))
    #expect(error.hint != nil)
  }

  @Test("long names and texts that end alike, or come again, are read as they stand")
  func longTexts() throws {
    let ends = ["app.kubernetes.io/component", "app.kubernetes.io.component", "app/kubernetes.io/component"]
    let names = ends + ["0123456789abcdef", "é23456789abcdef", String(repeating: "x", count: 200)]
    let lines = names.map { "\($0): \($0)\n" }.joined()
    let documents = try YAML.read(Array([lines, lines, lines].joined(separator: "---\n").utf8))
    #expect(documents.count == 3)
    for document in documents {
      #expect(document.mapping?.map(\.key) == names)
      #expect(document.mapping?.map(\.value.string) == names)
    }
  }

  @Test("a name given twice is found among many too")
  func duplicatesAmongMany() throws {
    let names = (0..<40).map { "n\($0): 1" }
    #expect(try yaml(names.joined(separator: "\n"))?.mapping?.count == 40)
    for place in names.indices {
      let error = complaint { _ = try yaml((names + ["n\(place): 2"]).joined(separator: "\n")) }
      #expect(error?.reason == .duplicateName("n\(place)", first: Position(line: place + 1, column: 1)))
    }
  }

  @Test(
    "merge keys and aliases mean what they mean to kubectl",
    arguments: [
      "a: &x {b: 1}\nc: *x": #"{"a":{"b":1},"c":{"b":1}}"#,
      "b: &x {k: 1, l: 2}\nc:\n  k: 9\n  <<: *x": #"{"b":{"k":1,"l":2},"c":{"k":1,"l":2}}"#,
      "b: &x {k: 1, l: 2}\nc:\n  <<: *x\n  k: 9": #"{"b":{"k":1,"l":2},"c":{"k":9,"l":2}}"#,
      "c:\n  <<: [{k: 1},{k: 2, m: 3}]\n  z: 1": #"{"c":{"k":1,"m":3,"z":1}}"#,
      "c: {<<: {<<: {a: 1}, b: 2}, c: 3}": #"{"c":{"a":1,"b":2,"c":3}}"#,
      "a: &x 1\nb: &x 2\nc: *x": #"{"a":1,"b":2,"c":2}"#,
      "&k a: 1\nb: *k": #"{"a":1,"b":"a"}"#,
      "c:\n  <<: []": #"{"c":{}}"#,
    ])
  func merges(text: String, json: String) throws {
    #expect(try yaml(text).map { JSON.write($0.sortedKeys()) } == json)
  }

  @Test(
    "what is no YAML, or none that kubectl reads, is refused with its place",
    arguments: [
      ("a: b: c", "line 1, column 5: mapping values are not allowed in this context"),
      ("a: *nope", "line 1, column 4: no anchor is named `nope`"),
      ("a: &x [*x]", "line 1, column 8: the value of anchor `x` holds itself"),
      ("a:\n  <<: 3", "line 2, column 3: the merge key `<<` takes a mapping or a sequence of mappings"),
      ("a: b\nc: \u{1}", "line 2, column 4: control character `\\u{1}`"),
      ("a: b\nc: \u{0}", "line 2, column 4: control character `\\u{0}`"),
      ("a: 1\n\u{FEFF}b: 2", "line 2, column 1: byte order mark `\\u{FEFF}` inside the text"),
      ("a: [b", "line 2, column 1: while parsing a flow sequence: did not find expected ',' or ']'"),
      ("--- a\n--- &a\n--- *a", "line 3, column 5: no anchor is named `a`"),
    ])
  func refused(text: String, words: String) {
    #expect(complaint { _ = try YAML.read(bytes(text)) }?.description == words)
  }

  @Test("what is not UTF-8 is refused with its place")
  func encodings() {
    #expect(
      complaint { _ = try YAML.read(bytes("a: b\nc: ") + [0xFF]) }.map(\.description)
        == "line 2, column 4: the text is not UTF-8")
    for wide in [[0xFF, 0xFE, 0x61, 0x00], [0xFE, 0xFF, 0x00, 0x61], [0x61, 0x00], [0x00, 0x61]] as [[UInt8]]
    {
      #expect(complaint { _ = try YAML.read(wide) }?.reason == .wideEncoding)
    }
  }
}
