import Documents
import TestSupport
import Testing
import Traffic

@testable import Kubernetes

@Suite("Policies say the same in every dialect and spelling")
struct DialectTests {
  private static let policy = NetworkPolicy(
    namespace: "shop", name: "api", labels: ["app.kubernetes.io/managed-by": "netpol-learn"],
    subject: LabelSelector(["app": "api"]), isolates: .both,
    ingress: [
      Rule(
        .only(
          .pods(LabelSelector(["app": "web"])),
          .podsIn(namespaces: .namespace("x"), pods: LabelSelector(["a": "b", "c": "d"]))),
        .every, note: ["who comes in"])
    ],
    egress: [Rule(.only(.namespaces(.everything)), .every), Rule(.anyone, .every)])

  @Test("a staged policy is the same but for its kind, its version and what becomes of it")
  func staged() throws {
    let plain = YAML.write([Self.policy.node(in: .kubernetes)])
    let staged = YAML.write([Self.policy.node(in: .calicoStaged)])
    let changed = plain.replacing("networking.k8s.io/v1", with: "projectcalico.org/v3")
      .replacing("kind: NetworkPolicy", with: "kind: StagedKubernetesNetworkPolicy")
    #expect(staged == changed + "  stagedAction: Set\n")
    #expect(staged.contains("# who comes in"))
  }

  @Test("each dialect reads its own back as the same, and no other", arguments: Dialect.allCases)
  func readBack(dialect: Dialect) throws {
    let text = YAML.write([Self.policy.node(in: dialect)])
    let node = try #require(try YAML.read(Array(text.utf8)).first)
    for reader in Dialect.allCases {
      let read = try NetworkPolicy(node, in: reader, file: "")
      if reader == dialect {
        #expect(read.map { $0.node.bare } == Self.policy.node.bare)
      } else {
        #expect(read == nil)
      }
    }
  }

  @Test("a staged policy that is to be deleted is not read as one")
  func otherAction() throws {
    let text = YAML.write([Self.policy.node(in: .calicoStaged)])
      .replacing("stagedAction: Set", with: "stagedAction: Delete")
    let node = try #require(try YAML.read(Array(text.utf8)).first)
    #expect(try NetworkPolicy(node, in: .calicoStaged, file: "") == nil)
  }

  @Test("a policy that Kustomize leaves alone has no labels of pods to add to, and picks the same")
  func kustomizeSafe() throws {
    let safe = Self.policy.kustomizeSafe
    #expect(
      safe.subject == LabelSelector([:], [LabelRequirement("app", .isOneOf(OneOrMore("api")))]))
    let texts = safe.ingress.map(\.description) + safe.egress.map(\.description)
    #expect(
      texts == [
        "pods app in (web); pods a in (b),c in (d) in namespaces kubernetes.io/metadata.name=x on all",
        "namespaces everything on all", "anyone on all",
      ])
    let spec = safe.node["spec"]
    #expect(spec?["podSelector"]?["matchLabels"] == nil)
    for labels: Labels in [["app": "api"], ["app": "web"], ["app": "api", "env": "prod"], [:]] {
      #expect(safe.subject.matches(labels) == Self.policy.subject.matches(labels))
    }
    #expect(safe.kustomizeSafe == safe)
  }

  @Test("a selector that picks everything stays as short as it is")
  func everything() {
    let policy = NetworkPolicy(namespace: "a", name: "b", subject: .everything, isolates: .ingress)
    #expect(policy.kustomizeSafe == policy)
  }
}
