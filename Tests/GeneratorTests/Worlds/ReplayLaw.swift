import Generator
import Kubernetes
import Review
import TestSupport
import Traffic

/// Plays what was recorded in a world through policies, and asks whether what is said of it is so.
struct ReplayLaw {
  /// What is wrong, a line each; empty where everything is right.
  private(set) var faults: [String] = []
  private let learned: Learned
  private let policies: [NetworkPolicy]
  private let lesson: Lesson
  private var random: SeededRandom

  init(_ lesson: Lesson) {
    random = SeededRandom(seed: lesson.world.seed)
    learned = lesson.learned
    self.lesson = lesson
    policies = lesson.plan.policies.map(\.policy)
    closedDoors()
    byOneAddress()
    guard !lesson.world.stops else { return }
    generated()
    for _ in 0..<2 { withoutOneRule() }
    withOneRuleMore()
  }

  /// Nothing needed is lost under the policies that it was made into.
  private mutating func generated() {
    let replay = replay(policies, "generated")
    for loss in replay.losses {
      faults.append("replay: \(Self.words(loss.edge)) is lost under its own policies")
    }
    let isolated = Set(policies.map(\.namespace))
    let open = replay.openings.filter { outcome in
      [outcome.edge.client, outcome.edge.server].contains { $0.namespace.map(isolated.contains) ?? false }
    }
    let byDesign = Set(learned.about(isolated).plan.proof.openByDesign.map(\.key))
    for opening in open where !byDesign.contains(opening.edge.key) {
      faults.append("replay: \(Self.words(opening.edge)) is open, and the proof says it is not")
    }
  }

  /// Behind closed doors nothing passes.
  private mutating func closedDoors() {
    let doors = Set(learned.everyEdge.flatMap { [$0.client.namespace, $0.server.namespace] }).compactMap(
      \.self
    )
    .map { NetworkPolicy(namespace: $0, name: "deny", subject: .everything, isolates: .both) }
    let replay = replay(doors, "closed doors")
    for outcome in replay.outcomes where outcome.ruling.passing > 0 {
      faults.append("replay: \(Self.words(outcome.edge)) passes closed doors")
    }
    if replay.outcomes.isEmpty { faults.append("replay: nothing was asked") }
  }

  /// A block of one pod's address lets those clients pass that have no other pod, as the world has them.
  private mutating func byOneAddress() {
    let asking = learned.everyEdge.filter { edge in
      edge.bin.isNeeded && edge.client.workload != nil && edge.server.workload != nil
        && edge.client != edge.server && edge.evidence.serverAddresses.allSatisfy(\.isV4)
    }
    guard let edge = asking.randomElement(using: &random), let id = edge.client.workload,
      let home = edge.server.namespace,
      lesson.inventory.pods(of: id).allSatisfy({ !lesson.inventory.pods[$0].isGone })
    else { return }
    let pods = lesson.world.workloads.filter { $0.title == "\(id.kind) \(id)" }.flatMap(\.pods)
    let addresses = pods.flatMap(\.addresses).filter(\.isV4)
    guard addresses.count == pods.count, let one = addresses.randomElement(using: &random) else { return }
    let door = NetworkPolicy(
      namespace: home, name: "one", subject: .everything, isolates: .ingress,
      ingress: [Rule(.only(.block(Prefix(only: one), except: [])), .every)])
    guard let outcome = replay([door], "one address").outcomes.first(where: { $0.edge.key == edge.key })
    else {
      faults.append("one address: \(Self.words(edge)) was not asked")
      return
    }
    if outcome.isAllowed != (pods.count == 1) || outcome.ruling.passing == 0 {
      faults.append(
        "one address of \(pods.count): \(Self.words(edge)) passes for \(outcome.ruling.passing) of \(outcome.ruling.meetings)"
      )
    }
  }

  /// Without one rule those needs are lost, and no others, that a look at every pair of parties finds cut.
  private mutating func withoutOneRule() {
    let candidates = policies.indices.filter { policies[$0].ingress.count + policies[$0].egress.count > 0 }
    guard let place = candidates.randomElement(using: &random) else { return }
    var changed = policies
    let rule = Int.random(in: 0..<changed[place].ingress.count + changed[place].egress.count, using: &random)
    if rule < changed[place].ingress.count {
      changed[place].ingress.remove(at: rule)
    } else {
      changed[place].egress.remove(at: rule - changed[place].ingress.count)
    }
    let replay = replay(changed, "without a rule")
    let found = Set(replay.losses.map(\.edge.key))
    let wanted = Set(replay.outcomes.map(\.edge).filter { isCut($0, under: changed) }.map(\.key))
    for key in found.symmetricDifference(wanted).sorted() {
      let what = found.contains(key) ? "lost in replay, and not cut" : "cut, and not lost in replay"
      faults.append(
        "without \(policies[place]) rule \(rule): \(key.client) → \(key.server) \(key.port) is \(what)")
    }
  }

  /// A rule more that nobody needs is found, and nothing else.
  private mutating func withOneRuleMore() {
    guard let place = policies.indices.randomElement(using: &random) else { return }
    var changed = policies
    let nobody = Rule(.only(.pods(LabelSelector(["app": "nobody"]))), .only(.all(.sctp)))
    let isInward = changed[place].isolates.covers(.ingress)
    if isInward { changed[place].ingress.append(nobody) } else { changed[place].egress.append(nobody) }
    let before = Set(replay(policies, "generated").unused)
    let more = replay(changed, "with a rule more").unused.filter { !before.contains($0) }
    let rules = isInward ? changed[place].ingress : changed[place].egress
    guard more.count == 1, more[0].rule.policy == changed[place].path, more[0].rule.rule == rules.count - 1,
      case .rule = more[0].part
    else {
      faults.append("one rule more in \(changed[place]), and unused are \(more.map(\.rule.description))")
      return
    }
  }

  private mutating func replay(_ policies: [NetworkPolicy], _ name: String) -> Replay {
    let replay = Replay(learned, under: policies)
    for count in [\Accounting.edges, \.conversations] {
      let (seen, asked) = (replay.seen[keyPath: count].seen, replay.asked[keyPath: count].seen)
      if asked + replay.notAsked[keyPath: count].seen != seen {
        faults.append("replay, \(name): asked and not asked are not what was seen")
      }
      if replay.passing[keyPath: count].seen + replay.blocked[keyPath: count].seen != asked {
        faults.append("replay, \(name): what passes and what is blocked are not what was asked")
      }
    }
    return replay
  }

  /// Whether some pair of parties of a needed edge can't meet under these policies.
  private func isCut(_ edge: Edge, under policies: [NetworkPolicy]) -> Bool {
    let set = PolicySet(policies, namespaces: learned.namespaceLabels)
    guard edge.bin.isNeeded else { return false }
    return learned.cast.parties(of: edge.client).contains { client in
      learned.cast.parties(of: edge.server).contains { server in
        !set.verdict(
          from: set.standing(of: client), to: set.standing(of: server), port: edge.port,
          transport: edge.transport, areReplicas: edge.client == edge.server
        ).isAllowed
      }
    }
  }

  private static func words(_ edge: Edge) -> String {
    "\(edge.client) → \(edge.server) \(edge.port)/\(edge.transport) \(edge.bin.title)"
  }
}
