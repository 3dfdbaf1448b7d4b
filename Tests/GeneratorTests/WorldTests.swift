import Kubernetes
import TestSupport
import Testing
import Traffic

@testable import Generator

@testable import struct Kubernetes.EndpointSlice
@testable import struct Kubernetes.Pod
@testable import struct Kubernetes.Workload

@Suite("Clusters as they are: neither an outage nor a hole")
struct WorldTests {
  static let web = "10.244.0.10"
  static let api = "10.244.0.11"
  static let db = "10.244.0.12"

  static func shop() -> Town {
    var town = Town()
    town.dns()
    town.deployment("web", "frontend", at: [web])
    town.deployment("payments", "api", at: [api], ports: [ContainerPort(name: "http", number: 8080)])
    town.deployment("payments", "db", at: [db], ports: [ContainerPort(number: 5432)])
    town.saw(api, db, 5432)
    return town
  }

  static func rules(
    _ town: Town, _ name: String, _ direction: PolicyDirection = .ingress,
    _ change: (inout Options) -> Void = { _ in }
  ) throws -> [String] {
    var options = Options()
    options.namespaces = ["payments"]
    change(&options)
    let plan = Learned(town.facts, Inventory(town.objects), options).plan
    #expect(plan.proof.failures.isEmpty)
    #expect(plan.obstacles.isEmpty)
    return plan.policies.first { $0.policy.name == name }?.policy.rules(direction).map(\.description) ?? []
  }

  // Guests

  @Test("one private guest opens the door for itself, a public one for every guest")
  func guests() throws {
    var town = Self.shop()
    town.saw("192.168.3.4", Self.api, 8080)
    #expect(try Self.rules(town, "api") == ["192.168.3.4/32 on TCP/8080"])
    town.saw("198.51.100.7", Self.api, 8443)
    #expect(
      try Self.rules(town, "api") == [
        "0.0.0.0/0 except 10.244.0.0/16 on TCP/8443", "192.168.3.4/32 on TCP/8080",
      ])
  }

  @Test("guests are written as exactly as they are asked to be")
  func exactGuests() throws {
    var town = Self.shop()
    town.saw("198.51.100.7", Self.api, 8080)
    #expect(try Self.rules(town, "api") { $0.external = .exact } == ["198.51.100.7/32 on TCP/8080"])
    #expect(try Self.rules(town, "api") { $0.external = .none } == [])
    town.saw("198.51.100.8", Self.db, 5432, times: 1)
    #expect(try Self.rules(town, "db") { $0.isStrict = true } == ["pods app=api on TCP/5432"])
  }

  @Test("what is cut by choice is told")
  func cutByChoice() {
    var town = Self.shop()
    town.saw(Self.api, "203.0.113.9", 443)
    var options = Options()
    options.namespaces = ["payments"]
    options.external = .none
    let proof = Learned(town.facts, Inventory(town.objects), options).plan.proof
    #expect(proof.cutByChoice.map(\.port) == [443])
    #expect(proof.passing == 1)
  }

  // Broad and narrow

  @Test("an address that a broad rule covers on the same port has no rule of its own, but its name")
  func absorbed() throws {
    var town = Self.shop()
    town.answered(Self.api, "pay.example.com", "203.0.113.9")
    town.saw(Self.api, "203.0.113.9", 443)
    town.saw(Self.api, "198.51.100.80", 443)
    town.saw(Self.api, "198.51.100.80", 25)
    var options = Options()
    options.namespaces = ["payments"]
    let plan = Learned(town.facts, Inventory(town.objects), options).plan
    #expect(plan.proof.failures.isEmpty)
    let egress = plan.policies.first { $0.policy.name == "api" }?.policy.egress ?? []
    #expect(egress.count == 3)
    #expect(
      egress.contains {
        $0.note.first?.hasPrefix("198.51.100.80 and pay.example.com, by public name") == true
      })
  }

  @Test("a machine that passes guests on is one of the guests")
  func passedOn() throws {
    var town = Self.shop()
    town.node("node-b", at: "10.0.0.12")
    town.saw("203.0.113.7", Self.api, 8080)
    town.saw("10.0.0.12", Self.api, 8080)
    #expect(try Self.rules(town, "api") == ["0.0.0.0/0 except 10.244.0.0/16 on TCP/8080"])
  }

  @Test("the API server's Service without endpoints is written once")
  func apiServerAlone() throws {
    var town = Self.shop()
    town.service("default", "kubernetes", at: "10.96.0.1", selector: [:], port: 443, target: .number(6443))
    town.saw(Self.api, "10.96.0.1", 443)
    #expect(try Self.rules(town, "api", .egress) == ["pods app=db on TCP/5432", "10.96.0.1/32 on TCP/443"])
  }

  // Ranges

  @Test("where no machine tells its block, the neighbours of pods are no strangers from outside")
  func noPodRanges() throws {
    var town = Self.shop()
    town.objects = town.objects.filter { $0.kind != "Node" }
    town.saw("10.244.0.99", Self.api, 8080, times: 2)
    let edge = try #require(town.learned().edges.first { $0.server.workload?.name == "api" })
    #expect(edge.bin == .unattributed)
    #expect(try Self.rules(town, "api") == [])
  }

  @Test("an address among the Services that no Service has is unknown, never a block of its own")
  func lostService() {
    var town = Self.shop()
    town.service("default", "kubernetes", at: "10.96.0.1", selector: [:], port: 443, target: .number(6443))
    town.saw(Self.api, "10.96.3.200", 80, times: 50)
    let learned = town.learned("payments")
    #expect(learned.edges.first { $0.port == 80 }?.reason == "unknown: no Service is known to have it")
    #expect(learned.plan.obstacles.count == 1)
  }

  @Test(
    "a machine's address that a Service borrows is the Service's on its ports only, and never asks as one")
  func borrowed() {
    var town = Self.shop()
    town.deployment(
      "web", "traefik", at: ["10.244.0.40"], ports: [ContainerPort(name: "https", number: 8443)])
    town.service(
      "web", "traefik", at: "10.96.0.50", selector: ["app": "traefik"], port: 443, target: .name("https"),
      otherAddresses: ["10.0.0.11"])
    town.saw("198.51.100.7", "10.0.0.11", 443)
    town.saw(Self.api, "10.0.0.11", 9100)
    town.saw("10.0.0.11", Self.api, 8080)
    let lines = town.learned().lines
    #expect(lines.contains("198.51.100.7 → web/traefik 8443/TCP used ×5 baseline"))
    #expect(lines.contains("payments/api → node node-a 9100/TCP used ×5 learned"))
    #expect(lines.contains("node node-a → payments/api 8080/TCP used ×5 baseline"))
  }

  // Services

  @Test("datagrams to a Service whose pods declare the port are need, though nothing comes back")
  func statsd() {
    var town = Self.shop()
    town.deployment(
      "monitoring", "statsd", at: ["10.244.0.30"], ports: [ContainerPort(number: 8125, transport: .udp)])
    town.service(
      "monitoring", "statsd", at: "10.96.0.60", selector: ["app": "statsd"], port: 8125,
      target: .number(8125), transport: .udp)
    town.saw(Self.api, "10.96.0.60", 8125, .oneWay, transport: .udp, direction: .firstSender)
    #expect(town.learned().lines.contains("payments/api → monitoring/statsd 8125/UDP one-way ×5 learned"))
  }

  @Test("a port that a Service leads to is declared")
  func ledTo() {
    var town = Self.shop()
    town.service(
      "web", "frontend", at: "10.96.0.70", selector: ["app": "frontend"], port: 80, target: .number(3000))
    town.saw(
      Self.api, Self.web, 3000, .established, direction: .unknown, dialled: Socket(Town.ip(Self.api), 40000))
    #expect(town.learned().lines.contains("payments/api → web/frontend 3000/TCP established ×5 learned"))
  }

  @Test("a Service without a selector leads where its slices say, also outside the cluster")
  func slices() throws {
    var town = Self.shop()
    town.service("payments", "legacy", at: "10.96.0.80", selector: [:], port: 3306, target: .number(3306))
    town.objects.append(
      .slice(
        EndpointSlice(
          meta: ObjectMeta(
            namespace: "payments", name: "legacy-1", labels: ["kubernetes.io/service-name": "legacy"]),
          addresses: [Town.ip("192.168.7.9")],
          ports: [EndpointSlice.Port(name: nil, number: 3306, transport: .tcp)])))
    town.saw(Self.api, "10.96.0.80", 3306)
    #expect(try Self.rules(town, "api", .egress).contains("192.168.7.9/32 on TCP/3306"))
  }

  // DNS

  @Test("a cache on each machine may be asked over both protocols by every pod, and its answers count")
  func nodeLocalDNS() throws {
    var town = Self.shop()
    town.saw(Self.api, "169.254.20.10", 53, .replied, transport: .udp, direction: .firstSender)
    town.answered(Self.api, "pay.example.com", "203.0.113.9", by: "169.254.20.10")
    town.saw(Self.api, "203.0.113.9", 443)
    let rules = try Self.rules(town, "allow-dns", .egress)
    #expect(rules.count == 2)
    #expect(
      rules[1] == "169.254.20.10/32; 10.96.0.10/32 on TCP/53, UDP/53"
        || rules[1] == "10.96.0.10/32; 169.254.20.10/32 on TCP/53, UDP/53")
    #expect(try Self.rules(town, "api", .egress).contains { $0.hasPrefix("0.0.0.0/0 except") })
    #expect(try !Self.rules(town, "api", .egress).contains { $0.contains("/53") })
  }

  @Test("the cluster's DNS lets everybody in over UDP and TCP, machines too")
  func servingNames() {
    var town = Self.shop()
    town.node("node-b", at: "10.0.0.12")
    town.saw(Self.api, "10.244.0.2", 53, .replied, transport: .udp, direction: .firstSender)
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

  @Test("a Service that only carries the label of DNS is not the cluster's DNS")
  func forgedDNS() {
    var town = Self.shop()
    town.service(
      "dev", "test-dns", at: "10.96.0.99", selector: ["app": "x"], port: 53, target: .number(53),
      transport: .udp)
    #expect(town.learned().dns.namespace == "kube-system")
    #expect(town.learned().dns.isObserved)
  }

  // Names of policies

  @Test("no two policies have one name, whatever the workloads are called")
  func names() {
    let ids = [
      ("Deployment", "api"), ("StatefulSet", "api"), ("Deployment", "api-statefulset"),
      ("Deployment", "default-deny"), ("StatefulSet", "default-deny-deployment"),
    ].map { WorkloadID(namespace: "n", kind: $0, name: $1) }
    let names = PolicyNames(for: ids, besides: ["default-deny", "allow-dns"])
    let given = ids.map { names[$0] }
    #expect(Set(given).count == ids.count)
    #expect(given[2] == "api-statefulset" && given[0] == "api-deployment" && given[1] == "api-statefulset-2")
    let reversed = PolicyNames(for: ids.reversed(), besides: ["default-deny", "allow-dns"])
    #expect(ids.map { reversed[$0] } == given)
  }

  // Identity

  @Test("a Deployment's pod whose ReplicaSet nobody listed is the Deployment's")
  func missingReplicaSet() {
    var town = Self.shop()
    town.pod(
      "payments", "api-7f9c8-x", at: "10.244.0.50", labels: ["app": "api", "pod-template-hash": "7f9c8"],
      owner: OwnerReference(kind: "ReplicaSet", name: "api-7f9c8"))
    town.saw("10.244.0.50", Self.db, 5432)
    #expect(town.learned().lines == ["payments/api → payments/db 5432/TCP used ×10 learned"])
  }

  @Test("two pods whose times overlap hold the address both: whose traffic it was is ambiguous")
  func overlap() {
    var town = Self.shop()
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
    town.saw("10.244.0.60", Self.db, 5432)
    #expect(town.learned().edges.first { $0.client.kind == "ambiguous" }?.bin == .unattributed)
  }

  @Test("where nobody knows who asked, either end stops generation")
  func undirected() {
    var town = Self.shop()
    town.saw(
      Self.api, "203.0.113.7", 40000, .established, direction: .unknown,
      dialled: Socket(Town.ip(Self.api), 8081))
    var options = Options()
    options.namespaces = ["payments"]
    options.isolation = .ingress
    #expect(Learned(town.facts, Inventory(town.objects), options).plan.obstacles.count == 1)
  }

  @Test("the cloud's endpoint for a pod's own identity is need, and marked; the machine's metadata never is")
  func identity() {
    var town = Self.shop()
    town.saw(Self.api, "169.254.170.23", 80)
    town.saw(Self.api, "169.254.169.254", 80)
    let edges = town.learned().edges.filter { $0.port == 80 }
    #expect(edges.map(\.bin) == [.quarantined, .learned])
    #expect(edges.last?.remarks == [.identity])
  }

  @Test("pods of DNS without their Service are still the cluster's DNS")
  func dnsWithoutService() {
    var town = Self.shop()
    town.objects = town.objects.filter { $0.kind != "Service" }
    town.saw(Self.api, "10.244.0.2", 53, .replied, transport: .udp, direction: .firstSender)
    let learned = town.learned("payments")
    #expect(!learned.dns.isObserved)
    #expect(learned.lines.contains("payments/api → kube-system/coredns 53/UDP replied ×5 baseline"))
    #expect(learned.plan.proof.failures.isEmpty)
  }

  @Test("a DNS Service that names no port 53 opens port 53, never every port")
  func dnsWithoutPort() throws {
    var town = Self.shop()
    town.objects = town.objects.filter { $0.kind != "Service" }
    town.service(
      "kube-system", "kube-dns", at: "10.96.0.10", selector: ["k8s-app": "kube-dns"], port: 9153,
      target: .number(9153))
    #expect(try Self.rules(town, "allow-dns", .egress).allSatisfy { $0.hasSuffix("on TCP/53, UDP/53") })
  }

  @Test(
    "a workload without a lasting label that only asks for names stops nothing; one that sends statistics does"
  )
  func labelless() {
    var town = Self.shop()
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

  @Test("an API server outside the cluster's machines is itself when it asks, as webhooks are asked")
  func apiServerAsks() throws {
    var town = Self.shop()
    town.service("default", "kubernetes", at: "10.96.0.1", selector: [:], port: 443, target: .number(443))
    town.objects.append(
      .slice(
        EndpointSlice(
          meta: ObjectMeta(
            namespace: "default", name: "kubernetes", labels: ["kubernetes.io/service-name": "kubernetes"]),
          addresses: [Town.ip("34.1.2.3")],
          ports: [EndpointSlice.Port(name: nil, number: 443, transport: .tcp)])))
    town.saw("34.1.2.3", Self.api, 8443)
    #expect(town.learned().lines.contains("apiserver → payments/api 8443/TCP used ×5 baseline"))
    #expect(try Self.rules(town, "api") == ["34.1.2.3/32 on TCP/8443"])
  }

  @Test("the public internet leaves out what gives secrets away, wherever that lives")
  func metadataHoles() throws {
    var town = Self.shop()
    town.answered(Self.api, "pay.example.com", "203.0.113.9")
    town.saw(Self.api, "203.0.113.9", 443)
    let rules = try Self.rules(town, "api", .egress)
    for address in ["169.254.0.0/16", "192.0.0.192/32", "168.63.129.16/32"] {
      #expect(rules.contains { $0.contains(address) }, "\(address)")
    }
  }
}
