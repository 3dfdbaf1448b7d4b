import Documents
import Kubernetes
import TestSupport
import Testing
import Traffic

@testable import Generator

@testable import struct Kubernetes.Pod
@testable import struct Kubernetes.Workload

@Suite("Judgements that one change in the code would bend")
struct JudgementTests {
  private static let api = "10.244.0.11"

  private static func shop() -> Town {
    var town = Town()
    town.dns()
    town.deployment("payments", "api", at: [api], ports: [ContainerPort(name: "http", number: 8080)])
    town.deployment("payments", "db", at: ["10.244.0.12"], ports: [ContainerPort(number: 5432)])
    town.node("node-b", at: "10.0.0.12")
    town.pod("payments", "probed", at: "10.244.0.14", labels: ["app": "probed"], probes: [8081])
    return town
  }

  @Test("a scan of the cluster's DNS is a scan, though DNS is baseline")
  func scanOfDNS() {
    var town = Self.shop()
    for port in UInt16(20)...26 { town.saw(Self.api, "10.244.0.2", port, .refused, times: 1) }
    town.saw(Self.api, "10.244.0.2", 53, .established, times: 1)
    #expect(town.learned().edges.first { $0.port == 53 }?.bin == .quarantined)
  }

  @Test("a refused probe is still a probe, and a probe from another machine is none")
  func probes() {
    var town = Self.shop()
    town.saw("10.0.0.11", "10.244.0.14", 8081, .refused)
    town.saw("10.0.0.12", "10.244.0.14", 8081, .used)
    let edges = town.learned().edges
    #expect(edges.first { $0.client.description == "node node-a" }?.bin == .outOfScope)
    #expect(edges.first { $0.client.description == "node node-b" }?.bin == .baseline)
  }

  @Test("a scraper is known by its pods where it has no template")
  func scraperPod() {
    var town = Self.shop()
    town.pod("monitoring", "agent", at: "10.244.0.20", labels: ["app.kubernetes.io/name": "vmagent"])
    town.saw("10.244.0.20", Self.api, 8080)
    #expect(town.learned().edges.map(\.reason) == ["monitoring"])
  }

  @Test("two hours make a steady need of what nobody can be named for")
  func twoHours() {
    var town = Self.shop()
    town.saw("10.244.9.9", Self.api, 8080, times: 1, minute: 5)
    #expect(town.learned("payments").plan.obstacles.isEmpty)
    town.saw("10.244.9.9", Self.api, 8080, times: 1, minute: 65)
    #expect(town.learned("payments").plan.obstacles.count == 1)
  }

  @Test("what stops generation has the hint of its cause")
  func hints() {
    func hint(
      _ client: String, _ server: String, _ direction: Direction = .opening,
      under isolation: Isolation = .both
    ) -> String? {
      var town = Self.shop()
      town.service(
        "payments", "api", at: "10.96.0.33", selector: ["app": "api"], port: 90, target: .number(8080))
      town.saw(
        client, server, 40_000, direction: direction,
        dialled: direction == .unknown ? Socket(Town.ip(client), 41_000) : nil)
      let obstacles = town.learned("payments").plan.obstacles
      return obstacles.count == 1 ? obstacles[0].hint(under: isolation) : nil
    }
    let undirected = hint(Self.api, "10.244.0.12", .unknown)
    #expect(
      undirected?.hasPrefix("declare `containerPort: 40000` in the template of `payments/db`") == true,
      "\(undirected ?? "none")")
    let noPod = hint("10.244.9.9", Self.api)
    #expect(noPod?.hasPrefix("load a list that was saved at that time") == true, "\(noPod ?? "none")")
    let noService = hint(Self.api, "10.96.0.34")
    #expect(noService?.hasPrefix(Doubt.Cause.noService.advice) == true, "\(noService ?? "none")")
    // Only the other side can be ruled alone, and nothing but the one asked for where one was.
    #expect(
      noPod?.hasSuffix(", or leave ingress open with `--direction egress`") == true, "\(noPod ?? "none")")
    #expect(noService?.hasSuffix(", or leave egress open with `--direction ingress`") == true)
    #expect(hint("10.244.9.9", Self.api, under: .ingress)?.contains("--direction") == false)
  }

  @Test("what no pod has a part in is out of scope, whether or not its opening was seen")
  func machinesAlone() {
    for direction in [Direction.opening, .unknown] {
      var town = Self.shop()
      town.saw(
        "10.0.0.11", "10.0.0.12", 40_000, direction: direction, dialled: Socket(Town.ip("10.0.0.11"), 41_000))
      town.saw(
        "10.0.0.11", "203.0.113.9", 40_000, direction: direction,
        dialled: Socket(Town.ip("10.0.0.11"), 41_000))
      let edges = town.learned().edges
      #expect(edges.map(\.bin) == [.outOfScope, .outOfScope], "\(direction)")
      #expect(Set(edges.map(\.reason)) == ["no pod at either end"], "\(direction)")
    }
  }

  @Test("more open doors than closed ones make no scanner")
  func moreOpen() {
    var town = Self.shop()
    for port in UInt16(20)...25 { town.saw(Self.api, "10.244.0.12", port, .refused, times: 1) }
    for port in UInt16(30)...40 { town.saw(Self.api, "10.244.0.12", port, .used, times: 1) }
    #expect(town.learned().edges.count { $0.bin == .learned } == 11)
  }

  @Test("the template counts: behind a Service, for a selector, and for tomorrow, though no pod is left")
  func templates() {
    var town = Self.shop()
    town.deployment("payments", "gone", at: [], ports: [ContainerPort(number: 9000)])
    town.service(
      "payments", "gone", at: "10.96.0.33", selector: ["app": "gone"], port: 90, target: .number(9000))
    town.saw(Self.api, "10.96.0.33", 90)
    let learned = town.learned("payments")
    #expect(learned.lines == ["payments/api → payments/gone 9000/TCP used ×5 learned"])
    #expect(learned.plan.policies.map(\.policy.name) == ["allow-dns", "api", "gone", "default-deny"])
    #expect(learned.plan.proof.failures.isEmpty)
  }

  @Test("a template that a neighbour's selector would pick stops generation, though it has no pods")
  func templateOfNeighbour() {
    var town = Self.shop()
    town.deployment("payments", "api-canary", at: [], labels: ["app": "api", "track": "canary"])
    town.saw(Self.api, "10.244.0.12", 5432)
    #expect(
      town.learned("payments").plan.obstacles.map(\.message) == [
        "the labels of `payments/api` (app=api) also pick pods of `payments/api-canary`"
      ])
  }

  @Test("tomorrow's replica differs in the labels of its roll-out, and only in those")
  func tomorrow() throws {
    let town = Self.shop()
    let looks = town.learned().cast.parties(
      of: .workload(WorkloadID(namespace: "payments", kind: "Deployment", name: "api")))
    let hashes = looks.compactMap { party -> String? in
      if case .pod(let traits, _) = party { traits.labels["pod-template-hash"] } else { nil }
    }
    #expect(Set(hashes) == ["6c5f4", "tomorrow"])
    #expect(
      looks.allSatisfy { if case .pod(let traits, _) = $0 { traits.labels["app"] == "api" } else { false } })
  }

  @Test("what a machine asks of its own pods is exempt from the proof, and counted")
  func exempt() {
    var town = Self.shop()
    town.saw("10.0.0.11", Self.api, 8080)
    let plan = town.learned("payments").plan
    #expect(plan.proof.exempt == 1)
    #expect(plan.proof.failures.isEmpty)
    #expect(plan.policies.map(\.policy.name) == ["allow-dns", "default-deny"])
  }

  @Test("a rule that another rule already covers is not needed")
  func covered() {
    var town = Self.shop()
    town.saw(Self.api, "10.244.0.12", 5432)
    let learned = town.learned("payments")
    let doubled = learned.plan.policies.map { planned -> PlannedPolicy in
      guard planned.policy.name == "db" else { return planned }
      var policy = planned.policy
      policy.ingress += policy.ingress
      return PlannedPolicy(policy: policy, role: planned.role, breadths: [.ingress: [.exact, .exact]])
    }
    let proof = Proof(
      doubled, edges: learned.edges, cast: learned.cast, inventory: Inventory(town.objects),
      options: learned.options)
    #expect(proof.failures.count == 2)
    #expect(
      proof.failures.allSatisfy {
        if case .needless("payments/db", .ingress, _, _) = $0 { true } else { false }
      }
    )
  }

  @Test("two policies of one name, and one that does not read back, are found")
  func namesAndReading() {
    var town = Self.shop()
    town.saw(Self.api, "10.244.0.12", 5432)
    let learned = town.learned("payments")
    var policies = learned.plan.policies
    policies.append(policies[0])
    var broken = policies[1].policy
    broken.labels["no label"] = "at all"
    policies[1] = PlannedPolicy(policy: broken, role: policies[1].role, breadths: policies[1].breadths)
    let proof = Proof(
      policies, edges: learned.edges, cast: learned.cast, inventory: Inventory(town.objects),
      options: learned.options)
    #expect(proof.failures.contains(.sameName(policy: "payments/allow-dns")))
    #expect(proof.failures.contains(.unfaithful(policy: "payments/api")))
  }

  @Test("a private address dialled by a name stays that address, also where all public ones are asked for")
  func privateName() {
    var town = Self.shop()
    town.answered(Self.api, "ldap.corp.example", "192.168.7.7")
    town.saw(Self.api, "192.168.7.7", 636)
    for external in [Options.External.auto, .public] {
      var options = Options()
      options.namespaces = ["payments"]
      options.external = external
      let learned = Learned(town.facts, Inventory(town.objects), options)
      let egress = learned.plan.policies.first { $0.policy.name == "api" }?.policy.egress ?? []
      #expect(egress.map(\.description) == ["192.168.7.7/32 on TCP/636"])
      #expect(learned.edges.map(\.remarks) == [[.privateName]])
    }
  }

  @Test(
    "names of the cluster's own domain name nothing outside, and pods of DNS are trusted like their Service")
  func whoseNames() {
    var town = Self.shop()
    town.answered(Self.api, "db.payments.svc.cluster.local", "203.0.113.9")
    town.answered(Self.api, "pay.example.com", "203.0.113.9", by: "10.244.0.2")
    town.saw(Self.api, "203.0.113.9", 443)
    #expect(town.learned().edges.map(\.evidence.names) == [["pay.example.com"]])
  }

  @Test("two holders who never held their addresses together never talked")
  func apart() {
    var town = Self.shop()
    for (name, address, from, until) in [
      ("early", "10.244.0.80", Int64(0), Int64(600)), ("late", "10.244.0.80", 1200, 3000),
      ("first", "10.244.0.81", 0, 600), ("second", "10.244.0.81", 1200, 3000),
    ] {
      town.objects.append(
        .pod(
          Pod(
            meta: ObjectMeta(namespace: "payments", name: name, uid: name, labels: ["app": name]),
            usesHostNetwork: false, ports: [], probes: [], addresses: [Town.ip(address)],
            started: Town.start.advanced(bySeconds: from), finished: Town.start.advanced(bySeconds: until),
            isOver: true)))
    }
    let key = Fact.Key(
      hour: Town.start.hour, recorder: "node-a", client: Town.ip("10.244.0.80"),
      server: Town.ip("10.244.0.81"),
      port: 9000, transport: .tcp, tier: .used, direction: .opening)
    var activity = Activity(at: Town.start.advanced(bySeconds: 60))
    activity.note(Town.start.advanced(bySeconds: 2400))
    if let fact = Fact(key: key, conversations: 10, activity: activity) {
      town.facts.conversations.append(fact)
    }
    let pairs = town.learned().edges.map { "\($0.client) → \($0.server)" }
    #expect(pairs == ["payments/early → payments/first", "payments/late → payments/second"])
  }
}
