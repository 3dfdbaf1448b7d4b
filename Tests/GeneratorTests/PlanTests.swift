import Documents
import Kubernetes
import TestSupport
import Testing
import Traffic

@testable import Generator

@Suite("Policies let the seen need through, and nothing else")
struct PlanTests {
  private static func shop() -> Town {
    var town = Town()
    town.dns()
    town.deployment("web", "frontend", at: ["10.244.0.10"])
    town.deployment("web", "admin", at: ["10.244.0.9"])
    town.deployment(
      "payments", "api", at: ["10.244.0.11"],
      ports: [ContainerPort(name: "http", number: 8080), ContainerPort(name: "metrics", number: 9090)])
    town.deployment("payments", "db", at: ["10.244.0.12"], ports: [ContainerPort(number: 5432)])
    town.saw("10.244.0.10", "10.244.0.11", 8080)
    town.saw("10.244.0.11", "10.244.0.12", 5432)
    return town
  }

  private static func policy(_ name: String, _ learned: Learned) throws -> NetworkPolicy {
    try #require(learned.plan.policies.first { $0.policy.name == name }?.policy)
  }

  @Test("names first, then the workloads, the closed door last")
  func order() {
    let plan = Self.shop().learned("payments").plan
    #expect(plan.policies.map(\.policy.name) == ["allow-dns", "api", "db", "default-deny"])
    #expect(plan.proof.holds)
  }

  @Test("DNS over TCP is allowed beside UDP, on the pods' own port and to the pods of the cluster's DNS")
  func dnsTransports() throws {
    var town = Self.shop()
    town.objects = town.objects.filter { $0.meta.namespace != "kube-system" }
    town.deployment(
      "kube-system", "coredns", at: ["10.244.0.2"],
      ports: [ContainerPort(name: "dns", number: 5353, transport: .udp)],
      labels: ["k8s-app": "kube-dns"])
    town.service(
      "kube-system", "kube-dns", at: "10.96.0.10", selector: ["k8s-app": "kube-dns"], port: 53,
      target: .name("dns"), transport: .udp)
    let rule = try #require(try Self.policy("allow-dns", town.learned("payments")).egress.first)
    #expect(rule.ports.description == "TCP/5353, UDP/5353")
    #expect(
      rule.peers.description
        == "pods k8s-app=kube-dns in namespaces kubernetes.io/metadata.name=kube-system")
  }

  @Test("one side alone is ruled when only one is asked for", arguments: [Isolation.ingress, .egress])
  func oneSide(side: Isolation) {
    var options = Options()
    options.namespaces = ["payments"]
    options.isolation = side
    let town = Self.shop()
    let plan = Learned(town.facts, Inventory(town.objects), options).plan
    #expect(plan.policies.allSatisfy { $0.policy.isolates == side })
    #expect(plan.policies.contains { $0.role == .dns } == (side == .egress))
    #expect(plan.proof.holds)
  }

  @Test("peers with the same ports share a rule, and one more edge changes the policies of its ends alone")
  func grouping() throws {
    var town = Self.shop()
    town.saw("10.244.0.9", "10.244.0.11", 8080)
    let before = town.learned("payments").plan.policies.map(\.policy)
    #expect(try Self.policy("api", town.learned("payments")).ingress.count == 1)
    town.saw("10.244.0.9", "10.244.0.11", 9090)
    #expect(try Self.policy("api", town.learned("payments")).ingress.count == 2)
    let after = town.learned("payments").plan.policies.map(\.policy)
    #expect(before.map(\.path) == after.map(\.path) && before.count > 2)
    #expect(zip(before, after).filter { $0 != $1 }.map(\.0.path) == ["payments/api"])
  }

  @Test("ports that one set of peers needs share a rule when that gives fewer rules")
  func groupingByPorts() {
    func need(_ peer: String, _ port: UInt16) -> Need? {
      PortRange(port).map {
        Need(
          peer: .pods(LabelSelector(["app": peer])), port: .range(.tcp, $0), name: peer, portName: nil,
          breadth: .exact)
      }
    }
    // By peers: {a:1,2} {b:1,2,3} {c:3}: three rules. By ports: {1,2: a b} {3: b c}: two rules.
    let needs = [need("a", 1), need("a", 2), need("b", 1), need("b", 2), need("b", 3), need("c", 3)]
      .compactMap(\.self)
    let rules = RuleBook.entries(for: needs).map(\.rule)
    #expect(
      rules.map(\.description) == [
        "pods app=a; pods app=b on TCP/1, TCP/2", "pods app=b; pods app=c on TCP/3",
      ])
  }

  @Test("a neighbour with a similar label stops generation instead of being let in")
  func sharedLabels() {
    var town = Self.shop()
    town.pod("payments", "canary", at: "10.244.0.15", labels: ["app": "api", "track": "canary"])
    let obstacles = town.learned("payments").plan.obstacles
    #expect(
      obstacles.map(\.message) == [
        "the labels of `payments/api` (app=api) also pick pods of `payments/canary`"
      ])
  }

  @Test("a workload's own selector is taken as it is, and told where it asks for a label that passes")
  func passingLabel() throws {
    var town = Self.shop()
    let own = ["app": "worker", "version": "v1"]
    town.deployment(
      "payments", "worker", at: ["10.244.0.16"], labels: own.merging(["helm.sh/chart": "w-1"]) { $1 },
      selector: own)
    #expect(town.learned("web").plan.concernsBesidesOld.isEmpty)
    town.saw("10.244.0.16", "10.244.0.12", 5432)
    let plan = town.learned("payments").plan
    #expect(plan.policies.first { $0.policy.name == "worker" }?.policy.subject == LabelSelector(own))
    #expect(plan.concernsBesidesOld.map(\.kind) == [.passingLabels])
    #expect(
      plan.concernsBesidesOld.flatMap(\.detail) == [
        "`payments/worker` by `version=v1`, which changes with every release"
      ])
  }

  @Test("a selector that also picks a neighbour's pods is narrowed by lasting labels, and that is told")
  func narrowed() throws {
    var town = Self.shop()
    let own = ["app": "worker"]
    for (name, address) in [("fast", "10.244.0.16"), ("slow", "10.244.0.17")] {
      town.deployment(
        "payments", name, at: [address],
        labels: ["app": "worker", "component": name, "track": name, "version": name], selector: own)
    }
    town.saw("10.244.0.16", "10.244.0.12", 5432)
    let plan = town.learned("payments").plan
    #expect(plan.obstacles.isEmpty)
    #expect(plan.proof.failures.isEmpty)
    #expect(
      plan.policies.first { $0.policy.name == "fast" }?.policy.subject
        == LabelSelector(["app": "worker", "component": "fast"]))
    #expect(
      plan.policies.first { $0.policy.name == "db" }?.policy.ingress.map(\.description).contains {
        $0.contains("component=fast")
      } == true)
    #expect(plan.policies.contains { $0.policy.name == "slow" } == false)
    let told = try #require(plan.concerns.first { $0.kind == .labelsBesideSelector })
    #expect(told.detail == ["`payments/fast` by `component=fast`", "`payments/slow` by `component=slow`"])
  }

  @Test("Jobs are picked by labels of their template, and never by those of a run")
  func jobs() throws {
    var town = Self.shop()
    let run = ["batch.kubernetes.io/controller-uid": "u", "job-name": "load-1", "controller-uid": "u"]
    town.pod(
      "payments", "load-1-x", at: "10.244.0.17", labels: run.merging(["app": "load"]) { $1 },
      owner: OwnerReference(kind: "Job", name: "load-1"))
    town.saw("10.244.0.17", "10.244.0.12", 5432)
    let plan = town.learned("payments").plan
    #expect(plan.obstacles.isEmpty)
    #expect(
      plan.policies.first { $0.policy.name == "load-1" }?.policy.subject == LabelSelector(["app": "load"]))
    town.pod(
      "payments", "bare-1-x", at: "10.244.0.18", labels: run,
      owner: OwnerReference(kind: "Job", name: "bare-1"))
    town.saw("10.244.0.18", "10.244.0.12", 5432)
    #expect(
      town.learned("payments").plan.obstacles.map(\.message) == [
        "`payments/bare-1` has no label that outlives a roll-out"
      ])
  }

  @Test("a workload without a lasting label stops generation")
  func noLabels() {
    var town = Self.shop()
    town.pod(
      "payments", "loner", at: "10.244.0.15", labels: ["pod-template-hash": "x", "helm.sh/chart": "c-1"])
    town.saw("10.244.0.15", "10.244.0.12", 5432)
    #expect(
      town.learned("payments").plan.obstacles.map(\.message) == [
        "`payments/loner` has no label that outlives a roll-out"
      ])
  }

  @Test("steady traffic with an address that nobody can be named for stops generation; once does not")
  func steadyUnknown() {
    var town = Self.shop()
    town.saw("10.244.9.9", "10.244.0.11", 8080, times: 2)
    #expect(town.learned("payments").plan.obstacles.isEmpty)
    town.saw("10.244.9.9", "10.244.0.11", 8080, times: 1, minute: 9)
    #expect(town.learned("payments").plan.obstacles.count == 1)
  }

  @Test("an address dialled by a public name opens the internet on that port; one without a name only itself")
  func external() throws {
    var town = Self.shop()
    town.answered("10.244.0.11", "pay.example.com", "203.0.113.9")
    town.saw("10.244.0.11", "203.0.113.9", 443)
    town.saw("10.244.0.11", "198.51.100.80", 25)
    town.saw("10.244.0.11", "2001:db8::5", 443)
    let rules = try Self.policy("api", town.learned("payments")).egress.map(\.description)
    #expect(
      rules == [
        "pods app=db on TCP/5432",
        "0.0.0.0/0 except 10.0.0.0/8, 100.64.0.0/10, 168.63.129.16/32, 169.254.0.0/16, 172.16.0.0/12, 192.0.0.192/32, 192.168.0.0/16 on TCP/443",
        "198.51.100.80/32 on TCP/25",
        "2001:db8::5/128 on TCP/443",
      ])
  }

  @Test("workloads of which nothing was seen are named, and their namespaces are not busy")
  func silent() {
    var town = Self.shop()
    town.deployment("payments", "quiet", at: ["10.244.0.30"])
    town.deployment("silent", "unheard", at: ["10.244.0.31"])
    #expect(town.learned("payments").silentWorkloads.map(\.description) == ["payments/quiet"])
    #expect(town.learned().busyNamespaces == ["payments", "web"])
  }

  @Test("the same facts in any order give the same bytes", arguments: [UInt64(11), 12, 13])
  func sameBytes(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var town = Self.shop()
    town.saw("10.244.0.9", "10.244.0.11", 9090)
    town.saw("10.244.0.11", "203.0.113.9", 443)
    let wanted = YAML.write(town.learned("payments", "web").plan.policies.map(\.policy.node))
    town.facts.conversations.shuffle(using: &random)
    town.objects.shuffle(using: &random)
    #expect(
      YAML.write(town.learned("payments", "web").plan.policies.map(\.policy.node)) == wanted, "seed \(seed)")
  }
}
