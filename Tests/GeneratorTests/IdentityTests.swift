import Kubernetes
import TestSupport
import Testing
import Traffic

@testable import Generator

@testable import struct Kubernetes.EndpointSlice
@testable import struct Kubernetes.Pod
@testable import struct Kubernetes.Workload

@Suite("Whose traffic it was")
struct IdentityTests {
  @Test("a Deployment's pod whose ReplicaSet nobody listed is the Deployment's")
  func missingReplicaSet() {
    var town = Shop.town()
    town.pod(
      "payments", "api-7f9c8-x", at: "10.244.0.50", labels: ["app": "api", "pod-template-hash": "7f9c8"],
      owner: OwnerReference(kind: "ReplicaSet", name: "api-7f9c8"))
    town.saw("10.244.0.50", Shop.db, 5432)
    #expect(town.learned().lines == ["payments/api → payments/db 5432/TCP used ×10 learned"])
  }

  @Test("two pods whose times overlap hold the address both: whose traffic it was is ambiguous")
  func overlap() {
    var town = Shop.town()
    for (name, from, until) in [("old", -7200, 7200), ("new", -60, nil)] as [(String, Int64, Int64?)] {
      town.objects.append(
        .pod(
          Pod(
            meta: ObjectMeta(
              namespace: "payments", name: name, uid: name, labels: ["app": name],
              deleted: until.map { Town.start.advanced(bySeconds: $0) }),
            usesHostNetwork: false, ports: [], probes: [], addresses: [Town.ip("10.244.0.60")],
            started: Town.start.advanced(bySeconds: from), isOver: false)))
    }
    town.saw("10.244.0.60", Shop.db, 5432)
    #expect(town.learned().edges.first { $0.client.kind == "ambiguous" }?.bin == .unattributed)
  }

  @Test("where nobody knows who asked, either end stops generation")
  func undirected() {
    var town = Shop.town()
    town.saw(
      Shop.api, "203.0.113.7", 40000, .established, direction: .unknown,
      dialled: Socket(Town.ip(Shop.api), 8081))
    var options = Options()
    options.namespaces = ["payments"]
    options.isolation = .ingress
    #expect(Learned(town.facts, Inventory(town.objects), options).plan.obstacles.count == 1)
  }

  @Test("the cloud's endpoint for a pod's own identity is need, and marked; the machine's metadata never is")
  func identity() {
    var town = Shop.town()
    town.saw(Shop.api, "169.254.170.23", 80)
    town.saw(Shop.api, "169.254.169.254", 80)
    let edges = town.learned().edges.filter { $0.port == 80 }
    #expect(edges.map(\.bin) == [.quarantined, .learned])
    #expect(edges.last?.remarks == [.identity])
  }
}
