import Kubernetes
import Testing
import Traffic

@testable import Generator

@Suite("The metrics of pods in their machines' network are monitoring")
struct HostExporterTests {
  private static let prometheus = "10.244.0.40"

  /// A machine with an exporter in its network, and somebody of this name who asks it.
  private static func reason(asker: String, declared: UInt16, asked: UInt16) throws -> String? {
    var town = Shop.town()
    town.node("node-b", at: "10.0.0.12")
    town.deployment("monitoring", asker, at: [prometheus])
    town.pod(
      "monitoring", "exporter", at: "10.0.0.12", ports: [ContainerPort(number: declared)],
      labels: ["app": "exporter"])
    town.objects = town.objects.map { object in
      guard case .pod(var pod) = object, pod.meta.name == "exporter" else { return object }
      pod.usesHostNetwork = true
      pod.nodeName = "node-b"
      return .pod(pod)
    }
    town.saw(prometheus, "10.0.0.12", asked)
    let learned = town.learned("monitoring")
    #expect(learned.plan.proof.failures.isEmpty)
    let edge = try #require(learned.edges.first { $0.port == asked })
    #expect((edge.bin == .baseline) == (edge.reason != nil))
    let policy = try #require(learned.plan.policies.first { $0.policy.name == asker }?.policy)
    #expect(policy.rules(.egress).contains { $0.description == "10.0.0.12/32 on TCP/\(asked)" })
    return edge.reason
  }

  @Test(
    "on a port that such a pod declares, of who collects metrics; all else is a need like others",
    arguments: [
      ("prometheus", UInt16(9100), UInt16(9100), "monitoring"), ("prometheus", 9100, 9200, nil),
      ("batch", 9100, 9100, nil),
    ])
  func told(asker: String, declared: UInt16, asked: UInt16, reason: String?) throws {
    #expect(try Self.reason(asker: asker, declared: declared, asked: asked) == reason)
  }

  @Test(
    "a machine's agent is asked for metrics by who collects them, and by nobody else; its other sensitive ports by nobody",
    arguments: [
      (["app": "prometheus"], UInt16(10250), Tier.used, true), (["app": "prometheus"], 10255, .used, true),
      (["k8s-app": "metrics-server"], 10250, .used, true),
      (["app.kubernetes.io/name": "metrics-server"], 10250, .used, true),
      (["app": "metrics-server"], 2379, .used, false), (["app": "prometheus"], 2375, .used, false),
      (["app": "prometheus"], 10250, .established, false), (["app": "batch"], 10250, .used, false),
    ])
  func agents(labels: Labels, port: UInt16, tier: Tier, isNeed: Bool) throws {
    var town = Shop.town()
    town.node("node-b", at: "10.0.0.12")
    town.deployment("monitoring", "asker", at: [Self.prometheus], labels: labels)
    town.saw(Self.prometheus, "10.0.0.12", port, tier)
    town.saw(Self.prometheus, Shop.api, 8080)
    let learned = town.learned("monitoring")
    let edge = try #require(learned.edges.first { $0.port == port })
    #expect(
      (edge.bin, edge.reason) == (isNeed ? .baseline : .quarantined, isNeed ? "monitoring" : edge.reason))
    #expect(learned.plan.proof.failures.isEmpty)
    let policy = try #require(learned.plan.policies.first { $0.policy.name == "asker" }?.policy)
    #expect(policy.rules(.egress).contains { $0.description == "10.0.0.12/32 on TCP/\(port)" } == isNeed)
  }
}
