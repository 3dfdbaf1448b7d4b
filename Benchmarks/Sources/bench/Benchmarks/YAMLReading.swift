import ClusterWorld
import Console
import Documents
import Support

/// Reading a file of many NetworkPolicies into nodes that know their places.
enum YAMLReading: Benchmark {
  static let name = "yaml"
  static let summary = "reading NetworkPolicies from one YAML file, beside libyaml's bare event loop"
  static let sizes = [20_000]
  static let tinySize = 20

  /// One document at a time, as the program reads; and all of them in one array.
  private static let (stream, whole) = ("DocumentStream", "YAML.read")

  static func words(for size: Int) -> String { size.counted("policy", "policies") }

  static func make(_ size: Int, in folder: String) throws -> String {
    let world = ClusterWorld(.init(pods: size * 5, policies: size))
    try FileBytes.write(Array(YAML.write(world.policyManifests).utf8), to: file(folder))
    return answer(world.policyManifests)
  }

  static func sides(_ size: Int, in folder: String) throws -> [Side] {
    let program = try Reference.build("yaml-events", linking: ["yaml"], in: folder)
    return [
      Side("libyaml", .reference(ChildProcess(program: program, arguments: [file(folder)]))),
      Side(stream, .here), Side(whole, .here),
    ]
  }

  static func bars(of side: String, _ size: Int) -> [Bar] {
    side == stream || side == whole ? [.ratio(2.2)] : []
  }

  static func run(_ side: String, _ size: Int, in folder: String) throws -> Outcome {
    let bytes = try InputFile(at: file(folder), limit: .max).bytes
    let limits = Limits(bytes: .max, nodes: .max)
    if side == whole { return try Outcome(of: { try YAML.read(bytes, limits: limits) }, answer: answer) }
    // What is dropped can't be looked at: the answer comes from a second reading, which is not timed.
    return try Outcome(
      of: { try eachDocument(of: bytes, limits) { _ in } },
      answer: {
        var documents: [Node] = []
        try eachDocument(of: bytes, limits) { documents.append($0) }
        return answer(documents)
      })
  }

  private static func eachDocument(
    of bytes: [UInt8], _ limits: Limits, _ body: (Node) -> Void
  ) throws {
    var stream = try DocumentStream(bytes, limits: limits)
    while let document = try stream.next() { body(document) }
  }

  private static func file(_ folder: String) -> String { "\(folder)/policies.yaml" }

  /// How many events a text with these documents has, and all its scalars in order.
  private static func answer(_ documents: [Node]) -> String {
    var (events, digest) = (2, Digest())
    for document in documents {
      events += 2
      count(document, &events, &digest)
    }
    return "\(events) events, scalars \(digest.text)"
  }

  private static func count(_ node: Node, _ events: inout Int, _ digest: inout Digest) {
    switch node.value {
    case .sequence(let nodes):
      events += 2
      for node in nodes { count(node, &events, &digest) }
    case .mapping(let members):
      events += 2
      for member in members {
        events += 1
        digest.add(member.key)
        count(member.value, &events, &digest)
      }
    case .string(let text), .number(let text):
      events += 1
      digest.add(text)
    case .bool, .null:
      // No policy of the world holds one; if one comes up, the answer is wrong and says so.
      events += 1
      digest.add("\(node.value)")
    }
  }
}
