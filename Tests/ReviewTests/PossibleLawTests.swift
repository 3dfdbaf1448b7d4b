import Kubernetes
import Review
import TestSupport
import Testing

/// Laws of the part of a difference that is about pods and namespaces that may come.
@Suite struct PossibleLawTests {
  static let seeds = (0..<50).map { UInt64(120_000 + $0) }

  @Test("a set differs not from itself, whatever the layout", arguments: seeds)
  func layout(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<10 {
      let policies = PolicyWorld.policies(&random, atMost: 4)
      for rewriting in Rewriting.allCases {
        let other = rewriting.rewritten(policies, &random)
        let difference = Self.difference(policies, other)
        #expect(difference.isEmpty, "seed \(seed), \(rewriting): \(difference.text)")
      }
      var all = policies
      for rewriting in Rewriting.allCases.shuffled(using: &random).prefix(4) {
        all = rewriting.rewritten(all, &random)
      }
      let difference = Self.difference(policies, all)
      #expect(difference.isEmpty, "seed \(seed), several: \(difference.text)")
    }
  }

  @Test("what is found and what is not is what looking at every possible pair says", arguments: seeds)
  func complete(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<4 {
      let before = PolicyWorld.policies(&random)
      let after = Self.edited(before, &random)
      let difference = Self.difference(before, after)
      #expect(difference.undecided.isEmpty, "seed \(seed)")
      let judge = SmallUniverse.difference(before, after)
      #expect(
        difference.isEmpty == (judge == nil),
        "seed \(seed): \(difference.text) but \(String(describing: judge))")
    }
  }

  @Test("ends of one class are answered alike", arguments: seeds.prefix(4))
  func classes(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let policies = PolicyWorld.policies(&random, atMost: 5)
    let namespaces = try #require(SmallUniverse.namespaces(policies).randomElement(using: &random))
    let set = PolicySet(policies, namespaces: namespaces)
    var classes = EndClasses(of: policies)
    let first = Dictionary(
      uniqueKeysWithValues: classes.firstOfEach(set.labels).map {
        ($0.number, set.standing(of: $0.end.party))
      })
    let ends = try SmallUniverse.ends.map { end in
      let alike = try #require(first[classes.number(of: end, set.labels)])
      return (own: set.standing(of: end.party), alike: alike)
    }
    for source in ends {
      for destination in ends {
        let open = set.open(from: source.own, to: destination.own, areReplicas: true)
        let alike = set.open(from: source.alike, to: destination.alike, areReplicas: true)
        guard open != alike else { continue }
        Issue.record("seed \(seed): \(source.own.party) to \(destination.own.party)")
      }
    }
  }

  @Test("every example is one, widens as the rules do, and the way back has one as well", arguments: seeds)
  func examples(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<10 {
      let before = PolicyWorld.policies(&random)
      let after = PolicyWorld.policies(&random)
      let there = Self.difference(before, after)
      for change in there.changes {
        #expect(change.isSymbolic && change.before != change.after && !change.causes.isEmpty, "seed \(seed)")
      }
      let back = Self.difference(after, before)
      #expect(there.isEmpty == back.isEmpty, "seed \(seed)")
      #expect(
        there.changes.contains { !$0.opens.isEmpty } == back.changes.contains { !$0.closes.isEmpty },
        "seed \(seed)")
      #expect(there == Self.difference(before.shuffled(using: &random), after), "seed \(seed)")
    }
  }

  /// One policy made anew, left out or added: the edits that pull requests have.
  private static func edited(_ policies: [NetworkPolicy], _ random: inout SeededRandom) -> [NetworkPolicy] {
    var edited = policies
    guard let place = edited.indices.randomElement(using: &random) else {
      return [PolicyWorld.policy("new", &random)]
    }
    switch Int.random(in: 0..<7, using: &random) {
    case 0: edited.remove(at: place)
    case 1: edited.append(PolicyWorld.policy("new", &random))
    case 2: edited[place].subject = PolicyWorld.selector(&random)
    case 3: edited[place].isolates = [.ingress, .egress, .both].randomElement(using: &random) ?? .both
    case 4: edited[place].ingress = PolicyWorld.rules(&random)
    case 5: edited[place].egress.append(PolicyWorld.rule(&random))
    default: edited[place].ingress.append(PolicyWorld.rule(&random))
    }
    return edited
  }

  private static func difference(_ before: [NetworkPolicy], _ after: [NetworkPolicy]) -> Difference {
    Difference(
      from: PolicySet(before, namespaces: PolicyWorld.namespaces),
      to: PolicySet(after, namespaces: PolicyWorld.namespaces), among: [NamedParty]())
  }
}
