import Kubernetes

/// What stands between the pods of a namespace and their peers in one home: what all questions about the two have in
/// common.
struct Surroundings {
  /// What the narrow set lets through.
  private let granted: ClaimIndex
  /// Whom the narrow set isolates.
  private let isolated: ClaimIndex
  private let isolators: [LabelSelector: Set<Citation>]
  private let isWhole: Bool
  /// Whom the wide set isolates.
  private let isolatedInWide: ClaimIndex
  /// What the peers' own policies let through in the wide set; nil where they have none.
  private let passing: ClaimIndex?
  /// Which of the peers these policies isolate.
  private let isolatedPeers: ClaimIndex

  /// What the wide and the narrow set say in this encounter, and what the peer's own policies say.
  init(of encounter: Encounter, wide: Regime, narrow: Regime, elsewhere: Regime?) {
    granted = ClaimIndex(encounter.claims(of: narrow))
    isolated = ClaimIndex(narrow.subjects.map { $0.terms(of: .subject) })
    isolators = narrow.isolators
    isWhole = narrow.subjects.contains(where: \.isEverything)
    isolatedInWide = ClaimIndex(wide.subjects.map { $0.terms(of: .subject) })
    let ruled = elsewhere.flatMap { $0.subjects.isEmpty ? nil : $0 }
    passing = ruled.map { ClaimIndex(encounter.claimsOfPeer($0)) }
    isolatedPeers = ClaimIndex(ruled?.subjects.map { $0.terms(of: .peer) } ?? [])
  }

  /// For each thing that the narrow set lets through, the ways in which a pair is not let through by it.
  func escapes(among pairs: Possibility) -> [[Term]] { Self.opposites(granted, among: pairs) }

  /// For each selector that the wide set isolates by, the ways in which a pod is not picked by it.
  func freedom(among pairs: Possibility) -> [[Term]] { Self.opposites(isolatedInWide, among: pairs) }

  /// The ways in which a pod that this selector picks is isolated in the narrow set.
  func isolation(of subject: LabelSelector, among pairs: Possibility) -> [WitnessSearch.Way] {
    if isWhole || isolators[subject] != nil { return [WitnessSearch.Way()] }
    return isolated.places(among: pairs).map { WitnessSearch.Way(terms: isolated.lists[$0]) }
  }

  /// The ways in which the peer's own policies let a pair through: it is not isolated, or something is granted.
  func passage(among pairs: Possibility) -> [WitnessSearch.Way] {
    guard let passing else { return [WitnessSearch.Way()] }
    let isFree = WitnessSearch.Way(clauses: Self.opposites(isolatedPeers, among: pairs))
    return [isFree] + passing.places(among: pairs).map { WitnessSearch.Way(terms: passing.lists[$0]) }
  }

  /// For each list that may hold, that one of its claims does not.
  private static func opposites(_ index: ClaimIndex, among pairs: Possibility) -> [[Term]] {
    index.places(among: pairs).map { index.lists[$0].map(\.negated) }
  }
}
