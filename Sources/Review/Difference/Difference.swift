public import Kubernetes

/// What two sets of policies do differently: not how they are written, but what they let through.
public struct Difference: Hashable, Sendable {
  /// The pairs for which different ports are open, in order: those of parties that are known first, then an example
  /// for each thing that makes a difference only to pods or namespaces that may come.
  public let changes: [Change]
  /// What could not be decided in time: a difference is neither found nor excluded.
  public let undecided: [Undecided]

  /// The difference that a change from `before` to `after` makes among these parties, and to those that may come.
  ///
  /// A workload is also compared with itself, as two of its pods.
  public init(from before: PolicySet, to after: PolicySet, among parties: [NamedParty]) {
    self.init(from: before, to: after, among: parties.map(Participant.init))
  }

  /// The difference among participants who may come, go or change beside the policies, and to those that may come.
  public init(from before: PolicySet, to after: PolicySet, among participants: [Participant]) {
    let turnover = Turnover(from: before, to: after)
    let known = KnownChanges(turnover, from: before, to: after, among: participants)
    let possible = PossibleChanges(
      turnover, from: before, to: after, besides: ToldPairs(known, participants, after))
    changes = known.changes.map(\.change).sorted() + possible.changes
    let relabelled = Relabelling(from: before, to: after, besides: known)
    undecided = Set(possible.undecided + relabelled.undecided).sorted()
  }

  /// Whether the sets do the same, to everybody who is known and to everybody who may come.
  public var isEmpty: Bool { changes.isEmpty && undecided.isEmpty }

  /// Whether anything becomes allowed that was not, or may.
  public var widens: Bool { changes.contains(where: \.widens) || !undecided.isEmpty }
}
