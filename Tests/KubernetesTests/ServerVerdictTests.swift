import Documents
import Kubernetes
import TestSupport
import Testing

/// What Kubernetes 1.36 answered to 80 policies, field by field.
@Suite struct ServerVerdictTests {
  /// One recorded request and its answer.
  struct Recording: CustomTestStringConvertible, Sendable {
    let node: Node
    var name: String { node["case"]?.string ?? "" }
    var code: Int { node["code"]?.integer ?? 0 }
    var testDescription: String { name }

    /// What our reading makes of it, told what the server knew.
    func read() throws(PolicyError) -> NetworkPolicy {
      // All requests were about `default` but the one about a namespace that was not there.
      let requested = name == "bad-no-namespace-exists" ? "nosuchns" : "default"
      return try NetworkPolicy(
        node["request"] ?? .null, file: name, defaultNamespace: requested,
        admission: Admission(requested: requested, namespaces: ["default", "kube-system"]))
    }

    /// The complaints of our reading; none where it accepts.
    func refusals() -> [PolicyError.Cause] {
      do throws(PolicyError) {
        _ = try read()
        return []
      } catch {
        return Array(error.causes)
      }
    }
  }

  static let recordings = Result {
    try JSONLines.read("Tests/KubernetesTests/Fixtures/server-verdicts.jsonl").map(Recording.init)
  }

  static func recorded(_ codes: Int...) -> [Recording] {
    ((try? recordings.get()) ?? []).filter { codes.contains($0.code) }
  }

  @Test("there are 80 recordings: 18 accepted, 51 not valid, 10 not readable, one without its namespace")
  func counts() throws {
    let codes = Dictionary(grouping: try Self.recordings.get(), by: \.code)
    #expect(codes.mapValues(\.count) == [201: 18, 422: 51, 400: 10, 404: 1])
  }

  @Test("what the server accepted is accepted, with the same defaults", arguments: recorded(201))
  func accepted(_ recording: Recording) throws {
    let policy = try recording.read()
    let stored = try #require(recording.node["stored_spec"])
    #expect(policy.node["spec"]?.normal == stored.normal)
    // What the server stored means the same as what it was sent.
    let again = try NetworkPolicy(
      .mapping([
        "metadata": .mapping(["name": .string("t"), "namespace": .string("default")]), "spec": stored,
      ]),
      file: "stored", defaultNamespace: "default")
    #expect(again.withoutOrigin == policy.withoutOrigin)
  }

  @Test(
    "what the server found not valid is refused for the same causes in the same order",
    arguments: recorded(422))
  func notValid(_ recording: Recording) throws {
    let causes = recording.refusals()
    let recorded = try #require(recording.node["causes"]?.sequence)
    #expect(causes.map(\.field) == recorded.map { $0["field"]?.string })
    #expect(causes.map(\.flaw.message) == recorded.map { $0["message"]?.string })
    #expect(causes.map(\.flaw.reason) == recorded.map { $0["reason"]?.string })
    let texts = causes.map(\.description)
    let text = texts.count == 1 ? texts[0] : "[\(texts.joined(separator: ", "))]"
    let name = try #require(recording.node["request"]?["metadata"]?["name"]?.string)
    #expect(
      recording.node["message"]?.string == "NetworkPolicy.networking.k8s.io \"\(name)\" is invalid: \(text)")
  }

  @Test(
    "what the server could not read or place is refused for the same field", arguments: recorded(400, 404))
  func notReadable(_ recording: Recording) throws {
    let causes = recording.refusals()
    #expect(causes.count == 1)
    let cause = try #require(causes.first)
    let message = try #require(recording.node["message"]?.string)
    switch cause.flaw {
    case .unknownField:
      #expect(message.hasSuffix("strict decoding error: \(cause.flaw.message)"))
      #expect(cause.flaw.message == "unknown field \"\(cause.field)\"")
    case .wrongType:
      // The server says `unmarshal number into Go struct field Type.spec.list.field of type`.
      let words = message.split(separator: " ").map(String.init)
      let after = try #require(words.firstIndex(of: "field"))
      let field = words[after + 1].split(separator: ".").dropFirst().joined(separator: ".")
      let plain = cause.field.replacing(/\[\d+\]/, with: "")
      #expect(plain == field || plain.hasPrefix(field + "."))
    case .otherNamespace, .noNamespace:
      #expect(cause.flaw.message == message)
      #expect(cause.field == "metadata.namespace")
    default:
      Issue.record("\(cause)")
    }
  }

  @Test("without a request and without namespaces, every namespace is taken")
  func unknownAdmission() throws {
    let recordings = Self.recorded(400, 404).filter(\.isAboutNamespace)
    #expect(recordings.map(\.name) == ["bad-no-namespace-exists", "bad-ns-mismatch"])
    for recording in recordings {
      let request = try #require(recording.node["request"])
      let policy = try NetworkPolicy(request, file: recording.name, defaultNamespace: "default")
      #expect(policy.namespace == request["metadata"]?["namespace"]?.string)
    }
  }
}

extension ServerVerdictTests.Recording {
  fileprivate var isAboutNamespace: Bool {
    node["message"]?.string?.contains("namespaces") ?? false
      || node["message"]?.string?.contains("the namespace of") ?? false
  }
}

extension PolicyFlaw {
  /// What the server calls this kind of flaw.
  fileprivate var reason: String {
    switch self {
    case .required: "FieldValueRequired"
    case .invalid: "FieldValueInvalid"
    case .unsupported: "FieldValueNotSupported"
    case .forbidden: "FieldValueForbidden"
    case .unknownField, .wrongType, .otherNamespace, .noNamespace: "none"
    }
  }
}

extension Node {
  /// The node in one form: members in order, no list that is empty or says a thing twice, no end of a range of one port.
  fileprivate var normal: Node {
    switch value {
    case .mapping(let members):
      let isOnePort = self["endPort"] != nil && self["endPort"]?.value == self["port"]?.value
      let kept = members.map { Member($0.key, $0.value.normal) }.filter { member in
        member.value.value != .sequence([]) && !(isOnePort && member.key == "endPort")
      }
      return Node(.mapping(kept.sorted { $0.key < $1.key }))
    case .sequence(let nodes):
      return Node(
        .sequence(
          nodes.map(\.normal).reduce(into: []) { list, node in
            if !list.contains(node) { list.append(node) }
          }))
    default: return Node(value)
    }
  }
}
