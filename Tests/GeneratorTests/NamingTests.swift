import Kubernetes
import TestSupport
import Testing
import Traffic

@testable import Generator

@testable import struct Kubernetes.EndpointSlice
@testable import struct Kubernetes.Pod
@testable import struct Kubernetes.Workload

@Suite("Names are asked for and given")
struct NamingTests {
  @Test("a cache on each machine may be asked over both protocols by every pod, and its answers count")
  func nodeLocalDNS() throws {
    var town = Shop.town()
    town.saw(Shop.api, "169.254.20.10", 53, .replied, transport: .udp, direction: .firstSender)
    town.answered(Shop.api, "pay.example.com", "203.0.113.9", by: "169.254.20.10")
    town.saw(Shop.api, "203.0.113.9", 443)
    let rules = try Shop.rules(town, "allow-dns", .egress)
    #expect(rules.count == 2)
    #expect(
      rules[1] == "169.254.20.10/32; 10.96.0.10/32 on TCP/53, UDP/53"
        || rules[1] == "10.96.0.10/32; 169.254.20.10/32 on TCP/53, UDP/53")
    #expect(try Shop.rules(town, "api", .egress).contains { $0.hasPrefix("0.0.0.0/0 except") })
    #expect(try !Shop.rules(town, "api", .egress).contains { $0.contains("/53") })
  }

  /// Two Services with the name of the cluster's DNS; which comes first in an inventory is chance.
  private static let renewed = ["old", "new"].map { name in
    """
    kind: Service
    metadata: {name: kube-dns, namespace: kube-system, uid: NAME-\(name)\(name == "old" ? ", deletionTimestamp: at(-900)" : "")}
    spec: {clusterIP: 10.96.0.\(name == "old" ? 9 : 10), selector: {dns: \(name)}, ports: [{port: 53, protocol: UDP, targetPort: \(name == "old" ? 5353 : 8053)}]}
    """
  }

  @Test(
    "the cluster's DNS is the Service that is there, not one of its name or another name that was deleted")
  func deletedService() throws {
    for (first, second) in [("1", "2"), ("2", "1")] {
      let yaml = [
        Self.renewed[0].replacing("NAME", with: first), Self.renewed[1].replacing("NAME", with: second),
      ]
      let other = yaml[1].replacing("name: kube-dns", with: "name: coredns")
      for manifests in [yaml, [yaml[0], other]] {
        let objects = try Street(manifests.joined(separator: "\n---\n")).town.objects
        let dns = ClusterDNS(Inventory(objects))
        #expect(dns.selector == ["dns": "new"] && Set(dns.ports.map(\.port)) == [8053])
        #expect(dns.addresses == [Town.ip("10.96.0.10")] && dns.isObserved)
      }
      // One that is gone tells more of the cluster than what is usual elsewhere.
      let gone = ClusterDNS(Inventory(try Street(yaml[0]).town.objects))
      #expect(gone.selector == ["dns": "old"] && gone.isObserved)
    }
  }

  @Test("whoever held an address within an hour may have asked for the names that were answered to it")
  func everyHolder() {
    var town = Shop.town()
    town.deployment("web", "first", at: [])
    town.deployment("web", "second", at: [])
    for (name, begin, end) in [("first", 0, Int64?.some(1000)), ("second", Int64(1100), nil)] {
      town.pod(
        "web", "\(name)-x", at: "10.244.0.80", labels: ["app": name],
        owner: OwnerReference(kind: "Deployment", name: name))
      guard case .pod(var pod) = town.objects.removeLast() else { continue }
      pod.started = Town.start.advanced(bySeconds: begin)
      pod.finished = end.map { Town.start.advanced(bySeconds: $0) }
      pod.isOver = end != nil
      town.objects.append(.pod(pod))
    }
    town.answered("10.244.0.80", "pay.example.com", "203.0.113.9", at: [5, 40])
    town.saw("10.244.0.80", "203.0.113.9", 443, minute: 6)
    town.saw("10.244.0.80", "203.0.113.9", 443, minute: 41)
    let edges = town.learned().everyEdge.filter { $0.port == 443 }
    #expect(edges.map(\.client.description) == ["web/first", "web/second"])
    #expect(edges.map(\.evidence.names) == [["pay.example.com"], ["pay.example.com"]])
  }

  @Test("an edge has every name of its address in order, on whichever port it is asked")
  func manyNames() {
    var town = Shop.town()
    let names = ["c.example.com", "a.example.com", "b.example.com"]
    for name in names + names { town.answered(Shop.api, name, "203.0.113.9") }
    town.answered(Shop.web, "other.example.com", "203.0.113.9")
    town.saw(Shop.api, "203.0.113.9", 443)
    town.saw(Shop.api, "203.0.113.9", 8443)
    let edges = town.learned().everyEdge.filter { $0.server == .external(Town.ip("203.0.113.9")) }
    #expect(edges.map(\.evidence.names) == [names.sorted(), names.sorted()])
  }

  @Test("the cluster's DNS lets everybody in over UDP and TCP, machines too")
  func servingNames() {
    var town = Shop.town()
    town.node("node-b", at: "10.0.0.12")
    town.saw(Shop.api, "10.244.0.2", 53, .replied, transport: .udp, direction: .firstSender)
    town.saw("10.0.0.12", "10.244.0.2", 53, .replied, transport: .udp, direction: .firstSender)
    let plan = town.learned("kube-system").plan
    #expect(plan.proof.failures.isEmpty)
    let rules = plan.policies.first { $0.policy.name == "coredns" }?.policy.ingress.map(\.description) ?? []
    #expect(rules.contains("namespaces everything on TCP/53, UDP/53"))
    #expect(
      rules.contains {
        $0.hasPrefix("10.0.0.12/32 on UDP/53") || $0.hasPrefix("10.0.0.12/32 on TCP/53, UDP/53")
      })
  }

  @Test(
    "the cluster's DNS lets everybody in though nobody was seen to ask, or only over one protocol",
    arguments: [0, 1, 2])
  func unasked(count: Int) {
    var town = Shop.town()
    if count > 0 {
      town.saw(Shop.api, "10.244.0.2", 53, .replied, transport: .udp, direction: .firstSender)
    }
    if count > 1 { town.saw(Shop.api, "10.244.0.2", 53) }
    let plan = town.learned("kube-system", "payments").plan
    #expect(plan.proof.failures.isEmpty && plan.obstacles.isEmpty)
    let rules = plan.policies.first { $0.policy.name == "coredns" }?.policy.ingress ?? []
    #expect(rules.map(\.description) == ["namespaces everything on TCP/53, UDP/53"])
  }

  @Test(
    "where no label tells the cluster's DNS from others nothing is generated for its namespace, and for others it is"
  )
  func unnamedDNS() {
    var town = Shop.town()
    town.pod("kube-system", "lookalike", at: "10.244.0.3", labels: ["k8s-app": "kube-dns"])
    #expect(town.learned("payments").plan.obstacles.isEmpty)
    let obstacles = town.learned("kube-system", "payments").plan.obstacles
    #expect(
      obstacles.map(\.message) == [
        "the labels of `kube-system/coredns` (k8s-app=kube-dns) also pick pods of `kube-system/lookalike`",
        "the labels of `kube-system/lookalike` (k8s-app=kube-dns) also pick pods of `kube-system/coredns`",
      ])
  }

  @Test("a Service that only carries the label of DNS is not the cluster's DNS")
  func forgedDNS() {
    var town = Shop.town()
    town.service(
      "dev", "test-dns", at: "10.96.0.99", selector: ["app": "x"], port: 53, target: .number(53),
      transport: .udp)
    #expect(town.learned().dns.namespace == "kube-system")
    #expect(town.learned().dns.isObserved)
  }

  @Test("pods of DNS without their Service are still the cluster's DNS")
  func dnsWithoutService() {
    var town = Shop.town()
    town.objects = town.objects.filter { $0.kind != "Service" }
    town.saw(Shop.api, "10.244.0.2", 53, .replied, transport: .udp, direction: .firstSender)
    let learned = town.learned("payments")
    #expect(!learned.dns.isObserved)
    #expect(learned.lines.contains("payments/api → kube-system/coredns 53/UDP replied ×5 baseline"))
    #expect(learned.plan.proof.failures.isEmpty)
  }

  @Test("a DNS Service that names no port 53 opens port 53, never every port")
  func dnsWithoutPort() throws {
    var town = Shop.town()
    town.objects = town.objects.filter { $0.kind != "Service" }
    town.service(
      "kube-system", "kube-dns", at: "10.96.0.10", selector: ["k8s-app": "kube-dns"], port: 9153,
      target: .number(9153))
    #expect(try Shop.rules(town, "allow-dns", .egress).allSatisfy { $0.hasSuffix("on TCP/53, UDP/53") })
  }

  @Test(
    "a workload without a lasting label that only asks for names stops nothing; one that sends statistics does"
  )
  func labelless() {
    var town = Shop.town()
    town.pod("payments", "loner", at: "10.244.0.70", labels: [:])
    town.saw("10.244.0.70", "10.244.0.2", 53, .replied, transport: .udp, direction: .firstSender)
    #expect(town.learned("payments").plan.obstacles.isEmpty)
    town.deployment(
      "monitoring", "statsd", at: ["10.244.0.30"], ports: [ContainerPort(number: 8125, transport: .udp)])
    town.saw("10.244.0.70", "10.244.0.30", 8125, .oneWay, transport: .udp, direction: .firstSender)
    #expect(
      town.learned("payments").plan.obstacles.map(\.message) == [
        "`payments/loner` has no label that outlives a roll-out"
      ])
  }
}
