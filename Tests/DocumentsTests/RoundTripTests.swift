import Documents
import TestSupport
import Testing

struct RoundTripTests {
  @Test("what is written is read back the same", arguments: 1...700 as ClosedRange<UInt64>)
  func anyNode(seed: UInt64) throws {
    var nodes = SeededNodes(seed: seed)
    let documents = (0..<3).map { _ in nodes.node() }
    let text = YAML.write(documents)
    #expect(
      try YAML.read(bytes(text)).map(\.bare) == documents.filter { !$0.isNull }, "seed \(seed):\n\(text)")
    for document in documents {
      #expect(try json(JSON.write(document, indented: false)).bare == document, "seed \(seed)")
      #expect(try json(JSON.write(document, indented: true)).bare == document, "seed \(seed)")
    }
  }

  @Test("hostile text is read back the same wherever it stands", arguments: HostileText.all)
  func hostileText(text: String) throws {
    let scalar = Node.string(text)
    let member = Node.mapping([text: scalar])
    let places: [Node] = [
      scalar, member, .sequence([scalar, scalar]), .mapping(["a": scalar, "b": scalar]),
      .mapping([text: member, "b": .null]),
      .mapping(["a": .sequence([member, .sequence([scalar])])]),
      .sequence([.mapping([text: .sequence([scalar])])]),
    ]
    for node in places where text != "a" && text != "b" {
      let written = YAML.write([node, node])
      #expect(try YAML.read(bytes(written)).map(\.bare) == [node, node], "\(written)")
      #expect(try json(JSON.write(node)).bare == node)
    }
  }

  @Test("JSON is YAML", arguments: HostileText.all)
  func jsonAsYAML(text: String) throws {
    // YAML knows no surrogate pairs, but needs none: JSON only escapes what nobody can see.
    let node = Node.mapping([text: .sequence([.string(text), .integer(1), .null, .bool(true)])])
    #expect(try yaml(JSON.write(node, indented: true))?.bare == node)
  }
}
