import Kubernetes
import TestSupport
import Testing

@testable import Review

@Suite("Asking the index is asking everybody")
struct PickingLawTests {
  static let seeds = (0..<40).map { UInt64(310_000 + $0) }

  @Test("a peer and a policy pick the looks that a plain scan finds", arguments: seeds)
  func same(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let scene = try Self.scene(&random)
    for _ in 0..<200 {
      let namespace = "n\(Int.random(in: 0..<14, using: &random))"
      let (pods, namespaces) = (Self.selector(&random), Self.selector(&random))
      for peer in [Peer.pods(pods), .namespaces(namespaces), .podsIn(namespaces: namespaces, pods: pods)] {
        #expect(
          scene.picked(by: peer, of: namespace) == Self.scan(scene, peer, namespace),
          "seed \(seed): \(peer) of \(namespace)")
      }
      let policy = NetworkPolicy(namespace: namespace, name: "p", subject: pods, isolates: .ingress)
      #expect(scene.picked(by: policy) == Self.scan(scene, .pods(pods), namespace), "seed \(seed): \(pods)")
      let known = scene.looks.contains { $0.traits.namespace == namespace }
      #expect(scene.knowsPods(of: namespace) == known, "seed \(seed)")
    }
  }

  private static func scan(_ scene: Scene, _ peer: Peer, _ namespace: String) -> [Int] {
    scene.looks.indices.filter { place in
      let traits = scene.looks[place].traits
      let labels = scene.set.labels(ofNamespace: traits.namespace)
      guard !traits.usesHostNetwork else { return false }
      return switch peer {
      case .pods(let pods): traits.namespace == namespace && pods.matches(traits.labels)
      case .namespaces(let namespaces): namespaces.matches(labels)
      case .podsIn(let namespaces, let pods): namespaces.matches(labels) && pods.matches(traits.labels)
      case .block: false
      }
    }
  }

  private static let keys = ["a", "b", LabelSelector.namespaceNameLabel]

  private static func value(of key: String, _ random: inout SeededRandom) -> String {
    key == LabelSelector.namespaceNameLabel
      ? "n\(Int.random(in: 0..<14, using: &random))"
      : ["", "x", "y", "z"].randomElement(using: &random) ?? ""
  }

  private static func selector(_ random: inout SeededRandom) -> LabelSelector {
    var labels: Labels = [:]
    var requirements: [LabelRequirement] = []
    for key in keys {
      let value = value(of: key, &random)
      let other = Self.value(of: key, &random)
      switch Int.random(in: 0..<9, using: &random) {
      case 0: labels[key] = value
      case 1: requirements.append(LabelRequirement(key, .isOneOf(OneOrMore(value, other))))
      case 2: requirements.append(LabelRequirement(key, .isNoneOf(OneOrMore(value, other))))
      case 3: requirements.append(LabelRequirement(key, .isPresent))
      case 4: requirements.append(LabelRequirement(key, .isAbsent))
      default: break
      }
    }
    return LabelSelector(labels, requirements)
  }

  private static func scene(_ random: inout SeededRandom) throws -> Scene {
    var documents: [String] = []
    for namespace in 0..<12 {
      if Bool.random(using: &random) {
        let labels = ["a", "b"].map { "\($0): '\(value(of: $0, &random))'" }.joined(separator: ", ")
        documents.append("kind: Namespace\nmetadata: {name: n\(namespace), labels: {\(labels)}}")
      }
      for pod in 0..<Int.random(in: 0..<6, using: &random) {
        var labels: [String] = []
        for key in ["a", "b"] where Bool.random(using: &random) {
          labels.append("\(key): '\(value(of: key, &random))'")
        }
        let host = Int.random(in: 0..<5, using: &random) == 0
        documents.append(
          """
          kind: Pod
          metadata: {name: p\(pod), namespace: n\(namespace), labels: {\(labels.joined(separator: ", "))}}
          spec: {hostNetwork: \(host)}
          """)
      }
    }
    return try LintScene.scene(documents.joined(separator: "\n---\n"))
  }
}
