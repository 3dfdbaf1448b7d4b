import Kubernetes
import Testing
import Traffic

@testable import Generator

@testable import struct Kubernetes.ClusterNode
@testable import struct Kubernetes.Workload

@Suite("Caches of names on the machines reach the cluster's DNS on any of them")
struct NameCacheTests {
  private static let dns = "10.244.0.2"
  private static let upstream = Socket(Town.ip("10.96.0.10"), 53)

  /// A cluster of two machines, whose DNS runs on the first.
  private static func town(isCached: Bool = true) -> Town {
    var town = Shop.town()
    town.objects.append(
      .node(
        ClusterNode(
          meta: ObjectMeta(name: "node-b"),
          addresses: ["10.0.0.12", "203.0.113.12", "2001:db8::12"].map(Town.ip),
          podRanges: [Prefix("10.245.0.0/24")].compactMap(\.self))))
    guard isCached else { return town }
    let labels = ["k8s-app": "node-local-dns"]
    town.objects.append(
      .workload(
        Workload(
          kind: "DaemonSet", meta: ObjectMeta(namespace: "kube-system", name: "node-local-dns"),
          selector: LabelSelector(labels), templateLabels: labels, ports: [], usesHostNetwork: true)))
    return town
  }

  private static func plan(_ town: Town, _ change: (inout Options) -> Void = { _ in }) -> Plan {
    var options = Options()
    options.namespaces = ["kube-system"]
    change(&options)
    return Learned(town.facts, Inventory(town.objects), options).plan
  }

  private static func doors(_ plan: Plan) -> [Rule] {
    plan.policies.first { $0.policy.name == "coredns" }?.policy.ingress ?? []
  }

  private static let everyPod = "namespaces everything on TCP/53, UDP/53"
  private static let machines =
    "10.0.0.11/32; 10.0.0.12/32; 10.244.0.0/31; 10.245.0.0/31 on TCP/53, UDP/53"

  @Test(
    "where names are cached every machine may ask, from its own address, its bridge's or its tunnel's, seen or not"
  )
  func everyMachine() {
    for isSeen in [false, true] {
      var town = Self.town()
      if isSeen { town.saw("10.0.0.12", Self.dns, 53, dialled: Self.upstream) }
      let plan = Self.plan(town)
      #expect(plan.proof.failures.isEmpty)
      #expect(Self.doors(plan).map(\.description) == [Self.everyPod, Self.machines])
      #expect(
        Self.doors(plan).last?.note == [
          "the cache of names on each machine, to port dns: a machine that comes later is not among them"
        ])
      #expect(plan.concerns.contains { $0.kind == .cachesByAddress })
    }
    let plan = Self.plan(Self.town(isCached: false))
    #expect(Self.doors(plan).map(\.description) == [Self.everyPod])
    #expect(!plan.concerns.contains { $0.kind == .cachesByAddress })
  }

  @Test("a machine that has gone is let in no more, and a public address only where a machine has no other")
  func leftOut() {
    var town = Self.town()
    town.objects = town.objects.map { object in
      guard case .node(var node) = object else { return object }
      if node.meta.name == "node-a" { node.meta.deleted = Town.start }
      if node.meta.name == "node-b" { node.addresses = [Town.ip("203.0.113.12")] }
      return .node(node)
    }
    #expect(
      Self.doors(Self.plan(town)).map(\.description) == [
        Self.everyPod, "10.245.0.0/31; 203.0.113.12/32 on TCP/53, UDP/53",
      ])
  }

  @Test("who dials a Service may be led to another machine's pod tomorrow, whoever answered today")
  func dialledService() {
    for (dialled, isRuled) in [(Self.upstream, true), (nil, false)] {
      var town = Self.town(isCached: false)
      town.saw("10.0.0.11", Self.dns, 53, dialled: dialled)
      let plan = Self.plan(town)
      #expect(plan.proof.exempt == (isRuled ? 0 : 1))
      #expect(plan.proof.failures.isEmpty)
      #expect(
        Self.doors(plan).map(\.description)
          == [Self.everyPod] + (isRuled ? ["10.0.0.11/32 on TCP/53", "10.0.0.11/32 on UDP/53"] : []))
      // A question over TCP names the port as one over UDP does.
      let notes = Self.doors(plan).map { $0.note.joined() }
      #expect(!notes.contains { $0.contains("dns-tcp") })
    }
  }

  @Test("where no machine is known, or the plugin ignores blocks of machines, it is told")
  func told() {
    var town = Self.town()
    town.objects.removeAll { object in if case .node = object { true } else { false } }
    func message(_ town: Town, _ change: (inout Options) -> Void = { _ in }) -> String {
      Self.plan(town, change).concerns.first { $0.kind == .cachesByAddress }?.message ?? ""
    }
    #expect(message(town).contains("nobody knows the machines"))
    #expect(message(Self.town()) { $0.plugin = .cilium }.contains("Cilium ignores"))
    #expect(message(Self.town()) { $0.isolation = .egress }.isEmpty)
  }
}
