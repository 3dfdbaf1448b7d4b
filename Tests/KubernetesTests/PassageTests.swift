import Kubernetes
import TestSupport
import Testing
import Traffic

/// By which rules, peers and ports a connection passes, tried in clusters made by chance.
@Suite struct PassageTests {
  static let seeds = (0..<5).map { UInt64(2_026_114_000 + $0) }
  static let worldsPerSeed = 30

  @Test(
    "passages are the rules that the verdict names; each of their peers and ports is enough", arguments: seeds
  )
  func passages(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var parts = 0
    for number in 0..<Self.worldsPerSeed {
      let world = try RandomWorld(&random).world()
      for question in world.questions(&random) {
        let verdict = question.verdict(in: world)
        guard !verdict.notes.contains(.toItself) else { continue }
        for (direction, side) in [(PolicyDirection.egress, verdict.egress), (.ingress, verdict.ingress)] {
          let passages = world.set.passages(
            direction, from: question.source.standing, to: question.destination.standing, port: question.port,
            transport: question.transport, over: question.family)
          var named: [Citation] = []
          if case .allowed(let rules) = side { named = Array(rules) }
          let found = passages.map { passage in
            let policy = world.set.policies[passage.policy]
            return Citation(
              policy, direction, rule: passage.rule, policy.rules(direction)[passage.rule])
          }
          if found != named {
            Issue.record("seed \(seed), world \(number), \(question): \(found), not \(named)")
          }
          for passage in passages {
            parts += passage.peers.count + passage.ports.count
            check(passage, direction, question, world, "seed \(seed), world \(number), \(question)")
          }
        }
      }
    }
    #expect(parts > 100, "next to nothing was tried")
  }

  /// A rule with one of its peers and one of its ports lets the connection through exactly where both are named.
  private func check(
    _ passage: Passage, _ direction: PolicyDirection, _ question: Question, _ world: World, _ words: String
  ) {
    let policy = world.set.policies[passage.policy]
    let rule = policy.rules(direction)[passage.rule]
    let peers: [Peers] = if case .only(let peers) = rule.peers { peers.map { .only($0) } } else { [.anyone] }
    let ports: [Ports] = if case .only(let ports) = rule.ports { ports.map { .only($0) } } else { [.every] }
    for (peer, onlyPeer) in peers.enumerated() {
      for (port, onlyPort) in ports.enumerated() {
        var alone = policy
        alone.isolates = direction == .ingress ? .ingress : .egress
        alone.ingress = direction == .ingress ? [Rule(onlyPeer, onlyPort)] : []
        alone.egress = direction == .egress ? [Rule(onlyPeer, onlyPort)] : []
        let set = PolicySet([alone], namespaces: world.set.namespaces)
        let allows = set.allows(
          from: set.standing(of: question.source.party), to: set.standing(of: question.destination.party),
          port: question.port, transport: question.transport, over: question.family)
        let isNamed =
          (rule.peers == .anyone || passage.peers.contains(peer))
          && (rule.ports == .every || passage.ports.contains(port))
        if allows != isNamed { Issue.record("\(words): \(rule), peer \(peer), port \(port)") }
      }
    }
  }

  @Test("what is told apart is what tells classes of parties apart", arguments: seeds)
  func distinctions(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<Self.worldsPerSeed {
      let world = try RandomWorld(&random).world()
      let parties = world.parties + world.parties.reversed()
      let reach = Reach(world.set, among: parties)
      let distinctions = Distinctions(world.set, among: parties)
      for one in parties.indices {
        for other in parties.indices {
          #expect(
            (distinctions[one] == distinctions[other])
              == (reach.classOfParty(one) == reach.classOfParty(other)))
        }
      }
    }
  }
}
