import Documents
import Testing

struct JSONStreamTests {
  private func each(_ text: String, keeping shape: Shape = .all) throws -> [String] {
    var found: [String] = []
    try JSON.readEach(in: bytes(text), keeping: shape) { found.append(JSON.write($0)) }
    return found
  }

  @Test("values may follow each other")
  func values() throws {
    #expect(try each("{\"a\":1}\n{\"b\":2} 3\n\n[4]") == [#"{"a":1}"#, #"{"b":2}"#, "3", "[4]"])
    #expect(try each(" \n").isEmpty)
  }

  @Test(
    "a list hands out its items, each saying what it is",
    arguments: [
      (
        #"{"kind":"List","apiVersion":"v1","items":[{"kind":"Pod"},{"a":1}]}"#,
        [#"{"kind":"Pod"}"#, #"{"a":1}"#]
      ),
      (
        #"{"kind":"PodList","apiVersion":"v1","metadata":{},"items":[{"a":1},{"kind":"Node"}]}"#,
        [#"{"apiVersion":"v1","kind":"Pod","a":1}"#, #"{"kind":"Node"}"#]
      ),
      (
        #"{"items":[{"a":1},{"a":2}],"kind":"PodList","x":[],"apiVersion":"v1"}"#,
        [#"{"apiVersion":"v1","kind":"Pod","a":1}"#, #"{"apiVersion":"v1","kind":"Pod","a":2}"#]
      ),
      (#"{"kind":"List","items":[]}"#, []), (#"{"items":{"a":1}}"#, [#"{"items":{"a":1}}"#]),
      (
        #"{"items":[{"kind":"A","items":[{"kind":"B"},{"kind":"C"}]},{"kind":"D"}],"kind":"List"} {"kind":"E"}"#,
        [#"{"kind":"B"}"#, #"{"kind":"C"}"#, #"{"kind":"D"}"#, #"{"kind":"E"}"#]
      ),
    ])
  func lists(text: String, items: [String]) throws {
    #expect(try each(text) == items)
    #expect(try Document.read(bytes(text)).map { JSON.write($0) } == items)
    let flow = text.replacing("} {", with: "}\n---\n{")
    #expect(try Document.read(bytes("# YAML\n" + flow)).map { JSON.write($0) } == items)
  }

  @Test(
    "a document says which list of the text it was in, in JSON as in YAML, and one that stands alone says none"
  )
  func listOfDocument() throws {
    let texts = [
      #"{"kind":"A"}"#,
      #"{"kind":"List","items":[{"kind":"B"},{"kind":"List","items":[{"kind":"C"}]},{"kind":"D"}]}"#,
      #"{"kind":"List","items":[]}"#, #"{"kind":"E"}"#, #"{"items":[{},{}],"kind":"FList"}"#,
    ]
    let expected = ["A -", "B 0", "C 0", "D 0", "E -", "F 2", "F 2"]
    for text in [texts.joined(separator: "\n"), "# YAML\n" + texts.joined(separator: "\n---\n")] {
      var stream = try DocumentStream(bytes(text), limits: .cluster)
      var found: [String] = []
      while let document = try stream.next() {
        found.append("\(document["kind"]?.string ?? "") \(stream.list.map(String.init) ?? "-")")
      }
      #expect(found == expected)
    }
  }

  @Test("of every object the kind is kept, whatever the shape says")
  func shape() throws {
    let text = #"{"kind":"PodList","metadata":{},"items":[{"metadata":{"name":"a","uid":"u"},"spec":{}}]}"#
    let items = [#"{"kind":"Pod","metadata":{"name":"a"}}"#]
    #expect(try each(text, keeping: ["metadata": ["name": .all]]) == items)
    let documents = try Document.read(bytes("# YAML\n" + text), keeping: ["metadata": ["name": .all]])
    #expect(documents.map { JSON.write($0) } == items)
  }

  @Test("items read before a fault have been handed out")
  func fault() {
    var found: [Node] = []
    let text = bytes(#"{"kind":"List","items":[{"kind":"A"},{"kind":"B"},{"kind"#)
    let error = complaint { try JSON.readEach(in: text) { found.append($0) } }
    #expect(error?.reason == .cutShort)
    #expect(found.compactMap { $0["kind"]?.string } == ["A", "B"])
  }

  @Test(
    "two lists under one name are refused",
    arguments: [
      #"{"items":[],"items":[]}"#, #"{"items":1,"items":[]}"#, #"{"items":[],"kind":"A","kind":"B"}"#,
    ])
  func twice(text: String) {
    guard case .duplicateName = complaint({ _ = try each(text) })?.reason else {
      Issue.record("`\(text)` was read")
      return
    }
  }

  @Test(
    "the first character tells JSON from YAML",
    arguments: ["\u{FEFF}{\"a\":1}", " \n{\"a\":1}", "a: 1", "--- {a: 1}", "---\na: 1"])
  func told(text: String) throws {
    #expect(try Document.read(bytes(text)).map { JSON.write($0) } == [#"{"a":1}"#])
  }
}
