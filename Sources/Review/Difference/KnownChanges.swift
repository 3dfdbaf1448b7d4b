import Kubernetes
import Traffic

/// What two sets of policies do differently to the participants that are known.
struct KnownChanges {
  /// The pairs for which different ports are open, with their places.
  private(set) var changes: [(change: Change, pair: Pair)] = []

  /// The changes among these participants; pairs that nothing which turned over touches are passed by.
  init(
    _ turnover: Turnover, from before: PolicySet, to after: PolicySet, among participants: [Participant]
  ) {
    let old = Side(before, participants.map(\.before))
    let new = Side(after, participants.map(\.after))
    let relabelled = Self.relabelled(before, after)
    let fates = participants.map { Self.fate(of: $0, relabelled) }
    // Where labels of namespaces changed, whoever names them may mean others now.
    let isSteady = relabelled.isEmpty
    let touched = zip(participants, fates).map { participant, fate in
      (
        egress: !isSteady || fate != .steady || Self.touches(turnover, participant, .egress),
        ingress: !isSteady || fate != .steady || Self.touches(turnover, participant, .ingress),
        anyhow: fate != .steady
      )
    }
    let hasBoth = participants.map(\.hasBothFamilies)
    for source in participants.indices {
      for destination in participants.indices
      where touched[source].egress || touched[destination].ingress || touched[source].anyhow
        || touched[destination].anyhow
      {
        guard participants[source].isSubject || participants[destination].isSubject else { continue }
        let pair = Pair(source: source, destination: destination)
        let topology = Topology(source: fates[source], destination: fates[destination])
        let families =
          hasBoth[source] || hasBoth[destination]
          ? participants[source].families(to: participants[destination]) : []
        let found = Self.compared(over: families) {
          Change(pair, participants, old, new, over: $0, topology: topology)
        }
        changes += found.map { ($0, pair) }
      }
    }
  }

  /// The changes of one pair over each of these families, as one where it is the same over all of them.
  ///
  /// A pair that has no address, or none of a common family, is asked about what policies say all the same.
  private static func compared(over families: [Family], _ change: (Family?) -> Change?) -> [Change] {
    guard !families.isEmpty else { return [change(nil)].compactMap(\.self) }
    let changes = families.compactMap(change)
    guard let first = changes.first, changes.count == families.count,
      changes.allSatisfy({ $0.before == first.before && $0.after == first.after })
    else { return changes }
    return [first.together(with: changes)]
  }

  private static func touches(
    _ turnover: Turnover, _ participant: Participant, _ direction: PolicyDirection
  ) -> Bool {
    (participant.after ?? participant.before).map { turnover.touches($0, direction) } ?? false
  }

  private static func fate(of participant: Participant, _ relabelled: Set<String>) -> Topology.Fate {
    guard participant.before != nil else { return .came }
    guard let after = participant.after else { return .went }
    if !participant.isSteady { return .changed }
    return after.selectable.map { relabelled.contains($0.namespace) } == true ? .changed : .steady
  }

  /// The namespaces that do not have the same labels on both sides.
  private static func relabelled(_ before: PolicySet, _ after: PolicySet) -> Set<String> {
    Set(before.namespaces.keys).union(after.namespaces.keys).filter {
      before.labels(ofNamespace: $0) != after.labels(ofNamespace: $0)
    }
  }
}
