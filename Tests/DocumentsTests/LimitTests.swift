import Documents
import Testing

struct LimitTests {
  static let limits = Limits(bytes: 200, depth: 4, nodes: 12, aliases: 3)

  @Test(
    "a text within its limits is read, one more is refused",
    arguments: [
      ("[[[[]]]]", "[[[[[]]]]]", DocumentError.Reason.tooDeep(limit: 4)),
      ("[1,1,1,1,1,1,1,1,1,1,1]", "[1,1,1,1,1,1,1,1,1,1,1,1]", .tooManyNodes(limit: 12)),
    ])
  func both(within: String, beyond: String, reason: DocumentError.Reason) {
    #expect(complaint { _ = try YAML.read(bytes(within), limits: Self.limits) } == nil)
    #expect(complaint { _ = try JSON.read(bytes(within), limits: Self.limits) } == nil)
    #expect(complaint { _ = try YAML.read(bytes(beyond), limits: Self.limits) }?.reason == reason)
    #expect(complaint { _ = try JSON.read(bytes(beyond), limits: Self.limits) }?.reason == reason)
  }

  @Test("bytes are counted before anything is read")
  func length() {
    let long = bytes(String(repeating: " ", count: 201))
    #expect(complaint { _ = try YAML.read(long, limits: Self.limits) }?.reason == .tooManyBytes(limit: 200))
    #expect(complaint { _ = try JSON.read(long, limits: Self.limits) }?.reason == .tooManyBytes(limit: 200))
  }

  @Test("an alias counts as if it were written out")
  func aliases() {
    #expect(complaint { _ = try YAML.read(bytes("[&a 1, *a, *a, *a]"), limits: Self.limits) } == nil)
    let many = complaint { _ = try YAML.read(bytes("[&a 1, *a, *a, *a, *a]"), limits: Self.limits) }
    #expect(many?.reason == .tooManyAliases(limit: 3))
    let large = complaint { _ = try YAML.read(bytes("[&a [1, 1, 1, 1], *a, *a]"), limits: Self.limits) }
    #expect(large?.reason == .tooManyNodes(limit: 12))
    let deep = complaint { _ = try YAML.read(bytes("[&a [[1]], [[*a]]]"), limits: Self.limits) }
    #expect(deep?.reason == .tooDeep(limit: 4))
  }

  @Test("a bomb of aliases is refused", arguments: [Limits.manifests, .cluster])
  func bomb(limits: Limits) {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...40 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(aliases)]\n"
    }
    #expect(
      complaint { _ = try YAML.read(bytes(text), limits: limits) }?.reason
        == .tooManyNodes(limit: limits.nodes))
  }

  @Test("what is passed over may not be nested deeper either")
  func skipped() {
    let text = bytes(#"{"a":{"b":{"c":{"d":{}}}}}"#)
    let error = complaint { _ = try JSON.read(text, keeping: ["x": .all], limits: Self.limits) }
    #expect(error?.reason == .tooDeep(limit: 4))
  }
}
