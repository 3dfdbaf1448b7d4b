import Documents
import Kubernetes
import TestSupport
import Testing
import Traffic

@testable import Generator

@Suite("The proof finds what does not hold")
struct ProofTests {
  /// A random cluster of a few workloads in two namespaces, and random traffic between them.
  private static func town(_ random: inout SeededRandom) -> Town {
    var town = Town()
    town.dns()
    for index in 0..<8 {
      town.deployment(
        index < 5 ? "payments" : "web", "w\(index)", at: ["10.244.0.\(10 + index)"],
        ports: [ContainerPort(name: "http", number: 8080), ContainerPort(number: 9090)])
    }
    for _ in 0..<40 {
      let client = Int.random(in: 10..<18, using: &random)
      let server = Int.random(in: 10..<20, using: &random)
      let target = server < 18 ? "10.244.0.\(server)" : server == 18 ? "203.0.113.9" : "10.244.0.2"
      guard client != server else { continue }
      town.saw(
        "10.244.0.\(client)", target, [53, 8080, 9090, 443].randomElement(using: &random) ?? 1,
        [.used, .used, .established, .refused, .attempted].randomElement(using: &random) ?? .used)
    }
    return town
  }

  private static func proof(_ policies: [PlannedPolicy], _ learned: Learned, _ town: Town) -> Proof {
    Proof(
      policies, edges: learned.edges, cast: learned.cast, inventory: Inventory(town.objects),
      options: learned.options)
  }

  @Test("what is generated is proven, on random clusters", arguments: 1...25)
  func holds(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let town = Self.town(&random)
    let plan = town.learned("payments").plan
    #expect(plan.obstacles.isEmpty, "seed \(seed)")
    #expect(plan.proof.failures.isEmpty, "seed \(seed)")
    #expect(plan.proof.passing > 0, "seed \(seed)")
  }

  @Test("replicas that look alike and need each other are two pods, also where nobody knows their owner")
  func replicas() {
    var town = Town()
    let owner = OwnerReference(kind: "GameServerSet", name: "brokers")
    for place in 1...2 {
      town.pod(
        "payments", "brokers-\(place)", at: "10.244.0.\(place)", labels: ["app": "brokers"], owner: owner)
    }
    town.saw("10.244.0.1", "10.244.0.2", 9091)
    town.saw("10.244.0.1", "10.244.0.2", 22, .refused)
    let learned = town.learned("payments")
    #expect(learned.plan.proof.failures.isEmpty)
    #expect(learned.plan.proof.passing == 1 && learned.plan.proof.closed == 1)
    #expect(learned.plan.proof.neededRules == 2)
    let others = learned.plan.policies.filter { $0.policy.name != "brokers" }
    #expect(
      Self.proof(others, learned, town).failures.contains { if case .cut = $0 { true } else { false } })
  }

  @Test("without any one rule, peer or port something needed is cut", arguments: 1...10)
  func everythingIsNeeded(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let town = Self.town(&random)
    let learned = town.learned("payments")
    let policies = learned.plan.policies
    var removals = 0
    for (place, planned) in policies.enumerated() {
      guard case .workload = planned.role else { continue }
      for weakened in Self.weakened(planned) {
        var copy = policies
        copy[place] = weakened
        let failures = Self.proof(copy, learned, town).failures
        let cuts = failures.contains { if case .cut = $0 { true } else { false } }
        #expect(cuts, "seed \(seed): \(planned.policy) can lose something")
        removals += 1
      }
    }
    #expect(removals > 0, "seed \(seed)")
  }

  /// The policy with one rule, one peer or one port less, in every way there is.
  private static func weakened(_ planned: PlannedPolicy) -> [PlannedPolicy] {
    PolicyDirection.allCases.flatMap { direction -> [PlannedPolicy] in
      let rules = planned.policy.rules(direction)
      return rules.indices.flatMap { index -> [PlannedPolicy] in
        var fewer = rules
        fewer.remove(at: index)
        var variants = [fewer]
        if case .only(let peers) = rules[index].peers, peers.count > 1 {
          for peer in peers {
            var copy = rules
            copy[index].peers = OneOrMore(peers.filter { $0 != peer }).map { .only($0) } ?? .anyone
            variants.append(copy)
          }
        }
        if case .only(let ports) = rules[index].ports, ports.count > 1 {
          for port in ports {
            var copy = rules
            copy[index].ports = OneOrMore(ports.filter { $0 != port }).map { .only($0) } ?? .every
            variants.append(copy)
          }
        }
        return variants.map { variant in
          var policy = planned.policy
          if direction == .ingress { policy.ingress = variant } else { policy.egress = variant }
          return PlannedPolicy(policy: policy, role: planned.role, breadths: [:])
        }
      }
    }
  }

  @Test("a rule that nothing needs is found")
  func needless() {
    var random = SeededRandom(seed: 3)
    let town = Self.town(&random)
    let learned = town.learned("payments")
    var policies = learned.plan.policies
    var policy = policies[1].policy
    policy.ingress.append(Rule(.only(.pods(LabelSelector(["app": "nobody"]))), .every))
    policies[1] = PlannedPolicy(
      policy: policy, role: policies[1].role,
      breadths: policies[1].breadths.merging([.ingress: Array(repeating: .exact, count: policy.ingress.count)]
      ) { $1 })
    let failures = Self.proof(policies, learned, town).failures
    #expect(
      failures.contains(
        .needless(policy: policy.path, direction: .ingress, rule: policy.ingress.count - 1, part: nil))
    )
  }

  @Test("a peer and a port that nothing needs are found in a rule that something needs", arguments: 1...5)
  func needlessParts(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let town = Self.town(&random)
    let learned = town.learned("payments")
    let policies = learned.plan.policies
    var parts = 0
    for (place, planned) in policies.enumerated() {
      guard case .workload = planned.role else { continue }
      for direction in PolicyDirection.allCases {
        for (number, breadth) in planned.breadths[direction, default: []].enumerated() where breadth == .exact
        {
          let path = planned.policy.path
          for isPeer in [true, false] {
            var policy = planned.policy
            var rule = policy.rules(direction)[number]
            guard case .only(let peers) = rule.peers, case .only(let ports) = rule.ports else { continue }
            let nobody = Peer.pods(LabelSelector(["app": "nobody"]))
            let unused = PolicyPort.all(.sctp)
            rule =
              isPeer
              ? Rule(.only(OneOrMore(nobody, then: Array(peers))), rule.ports)
              : Rule(rule.peers, .only(OneOrMore(unused, then: Array(ports))))
            if direction == .ingress { policy.ingress[number] = rule } else { policy.egress[number] = rule }
            var copy = policies
            copy[place] = PlannedPolicy(policy: policy, role: planned.role, breadths: planned.breadths)
            let words = isPeer ? "its peer \(nobody)" : "its port \(unused)"
            #expect(
              Self.proof(copy, learned, town).failures == [
                .needless(policy: path, direction: direction, rule: number, part: words)
              ], "seed \(seed)")
            parts += 1
          }
        }
      }
    }
    #expect(parts > 0, "seed \(seed)")
  }

  @Test("a rule that opens a quarantined edge is found")
  func opened() throws {
    var town = Town()
    town.deployment("payments", "api", at: ["10.244.0.11"], ports: [ContainerPort(number: 8080)])
    town.deployment("payments", "db", at: ["10.244.0.12"])
    town.saw("10.244.0.11", "10.244.0.12", 22, .refused)
    town.saw("10.244.0.11", "10.244.0.12", 5432, .used)
    let learned = town.learned("payments")
    #expect(learned.plan.proof.closed == 1)
    let wide = learned.plan.policies.map { planned -> PlannedPolicy in
      var policy = planned.policy
      for index in policy.ingress.indices { policy.ingress[index].ports = .every }
      for index in policy.egress.indices { policy.egress[index].ports = .every }
      return PlannedPolicy(policy: policy, role: planned.role, breadths: planned.breadths)
    }
    let failures = Self.proof(wide, learned, town).failures
    #expect(failures.contains { if case .opened = $0 { true } else { false } })
  }

  @Test("tomorrow's replica is asked about, not only today's pods")
  func tomorrow() {
    var town = Town()
    town.deployment("payments", "api", at: ["10.244.0.11"])
    town.deployment("payments", "db", at: ["10.244.0.12"])
    town.saw("10.244.0.11", "10.244.0.12", 5432)
    let learned = town.learned("payments")
    let pinned = learned.plan.policies.map { planned -> PlannedPolicy in
      var policy = planned.policy
      if policy.name == "db" {
        policy.ingress[0].peers = .only(.pods(LabelSelector(["app": "api", "pod-template-hash": "6c5f4"])))
      }
      return PlannedPolicy(policy: policy, role: planned.role, breadths: planned.breadths)
    }
    let failures = Self.proof(pinned, learned, town).failures
    #expect(failures.contains { if case .cut = $0 { true } else { false } })
  }
}
