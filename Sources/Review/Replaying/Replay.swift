public import Generator
public import Kubernetes
import Traffic

/// Recorded edges under policies: what would be cut, what passes by which rule, and which rules nothing needs.
public struct Replay: Sendable {
  /// The policies.
  public let policies: [NetworkPolicy]
  /// Everything recorded, counted for itself.
  public let seen: Accounting
  /// The edges that were asked about, in order.
  public let outcomes: [Outcome]
  /// Those that were not, in order.
  public let unasked: [Unasked]
  /// Those of them for which there must be rules, though nobody can say whether there are.
  public let unaskedNeeds: [Unasked]
  /// How far the edges need each rule of the namespaces that were asked for, in the order of the policies.
  public let uses: [RuleUse]
  /// The policies of these namespaces that pick no pod that is known, in order.
  public let idle: [NetworkPolicy]

  /// The edges of the namespaces asked for, under these policies.
  public init(_ learned: Learned, under policies: [NetworkPolicy]) {
    let set = PolicySet(policies, namespaces: learned.namespaceLabels)
    let namespaces = learned.options.namespaces
    let cast = learned.cast
    let edges = learned.edges
    let hearing = Hearing(set, Set(edges.flatMap { [$0.client, $0.server] }), in: cast)
    var table = UseTable(set, in: learned)
    var outcomes: [Outcome] = []
    var unasked: [Unasked] = []
    for edge in edges {
      if let cause = Self.hindrance(to: edge, in: learned) {
        unasked.append(Unasked(edge: edge, cause: cause))
        continue
      }
      table.next()
      let outcome = Outcome(edge, hearing) { table.note(edge, $0) }
      if let outcome {
        outcomes.append(outcome)
      } else {
        unasked.append(Unasked(edge: edge, cause: .faceless))
      }
    }
    let needs = Self.needs(unasked, in: learned)
    for need in needs { table.noteUnasked(need.edge, hearing) }
    if learned.mayRuleOwnMachine {
      for each in unasked where learned.isWithinMachine(each.edge) {
        table.noteOwnMachine(each.edge, hearing)
      }
    }
    self.policies = policies
    unaskedNeeds = needs
    seen = learned.accounting
    self.outcomes = outcomes
    self.unasked = unasked
    uses = table.uses
    // Whom a policy picks nobody can say where labels are not known.
    let unlabelled = learned.unlabelledNamespaces
    idle = Self.idle(set, cast).filter {
      (namespaces.isEmpty || namespaces.contains($0.namespace)) && !unlabelled.contains($0.namespace)
    }
  }

  /// Why policies can't be asked about an edge; nil where they can.
  private static func hindrance(to edge: Edge, in learned: Learned) -> Unasked.Cause? {
    switch edge.bin {
    case .unattributed: return .unattributed
    case .outOfScope: return .outOfScope
    case .learned, .baseline, .quarantined: break
    }
    if learned.isWithinMachine(edge) { return .ownPods }
    if case .service = edge.server { return .unknownBackends }
    return nil
  }

  private static func needs(_ unasked: [Unasked], in learned: Learned) -> [Unasked] {
    let isInDoubt = unasked.contains { $0.cause == .unattributed && $0.edge.tier.isEstablished }
    let unwritable = isInDoubt ? Set(learned.unwritable.map(\.key)) : []
    return unasked.filter { each in
      switch each.cause {
      case .unattributed: unwritable.contains(each.edge.key)
      case .unknownBackends, .faceless: each.edge.bin.isNeeded && each.edge.decision?.answer != .accept
      case .outOfScope, .ownPods: false
      }
    }
  }

  /// The policies that isolate nobody; each isolates whom it picks, on one side at least.
  private static func idle(_ set: PolicySet, _ cast: Cast) -> [NetworkPolicy] {
    var picking: Set<Int> = []
    for end in cast.ends {
      for party in cast.parties(of: end) {
        let standing = set.standing(of: party)
        for direction in PolicyDirection.allCases { picking.formUnion(standing.isolators(direction)) }
      }
    }
    return set.policies.indices.filter { !picking.contains($0) }.map { set.policies[$0] }
  }
}

// What it can tell.
extension Replay {
  /// Needed edges that would be cut.
  public var losses: [Outcome] { outcomes.filter(\.isLoss) }

  /// Quarantined edges that would pass.
  public var openings: [Outcome] { outcomes.filter(\.isOpening) }

  /// What of the rules nothing recorded needs.
  public var unused: [UnusedPart] { uses.flatMap(\.unused) }

  /// What was asked about.
  public var asked: Accounting { Accounting(outcomes.map(\.edge)) }

  /// What of it passes.
  public var passing: Accounting { Accounting(outcomes.filter(\.isAllowed).map(\.edge)) }

  /// What of it does not.
  public var blocked: Accounting { Accounting(outcomes.filter { !$0.isAllowed }.map(\.edge)) }

  /// What was not asked about.
  public var notAsked: Accounting { Accounting(unasked.map(\.edge)) }
}
