import Kubernetes
import TestSupport
import Testing
import Traffic

/// Laws that hold in every cluster, tried in clusters made by chance.
@Suite struct VerdictLawTests {
  static let seeds = (0..<10).map { UInt64(2_026_112_000 + $0) }
  static let worldsPerSeed = 50

  @Test("a second evaluator, written from the specification, answers every question alike", arguments: seeds)
  func naive(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for number in 0..<Self.worldsPerSeed {
      let world = RandomWorld(&random)
      let set = try world.policySet()
      let naive = NaiveEvaluator(policies: world.policies, namespaces: world.namespaces)
      for (source, destination, port, name) in world.questions(&random) {
        let transport = try #require(Transport(name: name))
        let verdict = set.verdict(
          from: source.party, to: destination.party, port: UInt16(clamping: port), transport: transport)
        let expected = naive.allows(from: source, to: destination, port: port, protocol: name)
        if verdict.isAllowed != expected {
          Issue.record(
            "seed \(seed), world \(number): \(source) → \(destination) \(name)/\(port) in \(world.policies)")
        }
      }
    }
  }

  @Test("the set of open ports holds a port exactly when the verdict allows it", arguments: seeds)
  func openPorts(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for number in 0..<Self.worldsPerSeed / 5 {
      let world = RandomWorld(&random)
      let set = try world.policySet()
      for source in world.ends.map({ set.standing(of: $0.party) }) {
        for destination in world.ends.map({ set.standing(of: $0.party) }) {
          let open = set.open(from: source, to: destination)
          for (port, transport) in Self.probes(around: open) {
            let verdict = set.verdict(from: source, to: destination, port: port, transport: transport)
            let isAllowed = set.allows(from: source, to: destination, port: port, transport: transport)
            if isAllowed != verdict.isAllowed {
              Issue.record(
                "seed \(seed), world \(number): \(transport)/\(port) without reasons is another answer")
            }
            if open.contains(port, transport) != verdict.isAllowed {
              Issue.record("seed \(seed), world \(number): \(transport)/\(port), open \(open)")
            }
          }
        }
      }
    }
  }

  @Test("both gates together open what is open, and name the rules that open it", arguments: seeds)
  func gates(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for number in 0..<Self.worldsPerSeed / 5 {
      let world = RandomWorld(&random)
      let set = try world.policySet()
      for source in world.ends.map({ set.standing(of: $0.party) }) {
        for destination in world.ends.map({ set.standing(of: $0.party) }) {
          let egress = set.gate(.egress, from: source, to: destination)
          let ingress = set.gate(.ingress, from: source, to: destination)
          let open = set.open(from: source, to: destination, areReplicas: true)
          if egress.open.intersection(ingress.open) != open {
            Issue.record("seed \(seed), world \(number): \(egress) and \(ingress), open \(open)")
          }
        }
      }
    }
  }

  @Test("a policy written as an object and read again is the same policy", arguments: seeds)
  func roundTrip(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for number in 0..<Self.worldsPerSeed {
      for policy in try RandomWorld(&random).policySet().policies {
        let again = try NetworkPolicy(policy.node, file: "again", defaultNamespace: "elsewhere")
        #expect(
          again.withoutOrigin == policy.withoutOrigin, "seed \(seed), world \(number): \(policy.node)")
        #expect(again.node == policy.node, "seed \(seed), world \(number)")
      }
    }
  }

  /// Both ends of every open range and their neighbours, and the ports that the worlds talk about.
  private static func probes(around open: PortSet) -> [(UInt16, Transport)] {
    let edges = open.ranges.flatMap { [$1.first, $1.last, $1.first &- 1, $1.last &+ 1] }
    let ports = Set(edges + RandomWorld.ports.map { UInt16(clamping: $0) }).subtracting([0])
    return ports.sorted().flatMap { port in Transport.allCases.map { (port, $0) } }
  }
}

extension RandomWorld {
  fileprivate func policySet() throws -> PolicySet {
    PolicySet(
      try policies.map { try NetworkPolicy($0, file: "world.yaml", defaultNamespace: "default") },
      namespaces: namespaces)
  }

  /// Every pair of ends, each with some of the ports.
  fileprivate func questions(
    _ random: inout SeededRandom
  ) -> [(NaiveEvaluator.End, NaiveEvaluator.End, Int, String)] {
    var questions: [(NaiveEvaluator.End, NaiveEvaluator.End, Int, String)] = []
    for source in ends {
      for destination in ends {
        for port in Self.ports.shuffled(using: &random).prefix(2) {
          questions += Self.transports.map { (source, destination, port, $0) }
        }
      }
    }
    return questions
  }
}
