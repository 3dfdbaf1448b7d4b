import Kubernetes
import TestSupport
import Testing
import Traffic

/// Rules with many peers and namespaces with many policies are asked through an index: the answers are those of each peer
/// and each policy alone.
@Suite struct LongRuleTests {
  static let seeds = (0..<8).map { UInt64(2_026_115_000 + $0) }

  /// Policies as teams might have written them in as many clusters, until there are enough.
  private static func policies(_ count: Int, _ random: inout SeededRandom) throws -> [NetworkPolicy] {
    var found: [NetworkPolicy] = []
    while found.count < count { found += try RandomWorld(&random).world().set.policies }
    return found
  }

  private static func peers(_ policies: [NetworkPolicy]) -> [Peer] {
    policies.flatMap { $0.ingress + $0.egress }.flatMap { rule -> [Peer] in
      if case .only(let peers) = rule.peers { Array(peers) } else { [] }
    }
  }

  private static func set(_ peers: [Peer], _ world: World) -> PolicySet {
    let rules = OneOrMore(peers).map { [Rule(.only($0), .every)] } ?? []
    let policy = NetworkPolicy(
      namespace: "x", name: "long", subject: .everything, isolates: .both, ingress: rules, egress: rules)
    return PolicySet([policy], namespaces: world.set.namespaces)
  }

  @Test("a rule with many peers names whom each of them would name alone", arguments: seeds)
  func peers(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let peers = Array(Self.peers(try Self.policies(40, &random)).prefix(120))
    try #require(peers.count > 40)
    let world = try RandomWorld(&random).world()
    let long = Self.set(peers, world)
    let single = peers.map { Self.set([$0], world) }
    var (some, none) = (0, 0)
    for source in world.parties {
      for destination in world.parties {
        for direction in PolicyDirection.allCases {
          func places(in set: PolicySet) -> [Int] {
            set.passages(
              direction, from: set.standing(of: source), to: set.standing(of: destination), port: 80,
              transport: .tcp
            ).flatMap(\.peers)
          }
          let alone = single.indices.filter { !places(in: single[$0]).isEmpty }
          let found = places(in: long)
          if found != alone {
            Issue.record("seed \(seed): \(source) → \(destination), \(direction): \(found), not \(alone)")
          }
          // Only the first pods are in the namespace that is isolated.
          let isNamed = alone.isEmpty ? 0 : 1
          (some, none) = (some + isNamed, none + 1 - isNamed)
        }
        let verdict = long.verdict(from: source, to: destination, port: 80, transport: .tcp)
        let open = long.open(from: source, to: destination)
        #expect(open.contains(80, .tcp) == verdict.isAllowed, "seed \(seed)")
      }
    }
    #expect(some > 0 && none > 0, "seed \(seed): nothing was told apart")
  }

  @Test("of many policies of a namespace those isolate a pod that pick it", arguments: seeds)
  func subjects(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let policies = try Self.policies(60, &random).enumerated().map { number, policy in
      NetworkPolicy(
        namespace: number % 8 == 0 ? "y" : "x", name: "p\(number)", subject: policy.subject,
        isolates: policy.isolates)
    }
    let world = try RandomWorld(&random).world()
    let set = PolicySet(policies, namespaces: world.set.namespaces)
    for party in world.parties {
      guard let pod = party.selectable else { continue }
      for direction in PolicyDirection.allCases {
        let picking = policies.indices.filter { place in
          policies[place].namespace == pod.namespace && policies[place].isolates.covers(direction)
            && policies[place].subject.matches(pod.labels)
        }
        #expect(set.standing(of: party).isolators(direction) == picking, "seed \(seed)")
      }
    }
  }
}
