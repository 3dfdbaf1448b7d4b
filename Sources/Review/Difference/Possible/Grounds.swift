import Kubernetes

/// A set of policies by namespace, with its regimes made when they are asked for.
final class Grounds {
  private let policies: [String: [NetworkPolicy]]
  private let subjects: [String: ClaimIndex]
  private let labels: [String: Labels]
  private var regimes: [Turnover.Place: Regime] = [:]

  init(_ set: PolicySet, _ labels: [String: Labels]) {
    policies = Dictionary(grouping: set.policies, by: \.namespace)
    subjects = policies.mapValues { ClaimIndex($0.map { $0.subject.terms(of: .subject) }) }
    self.labels = labels
  }

  func regime(_ place: Turnover.Place) -> Regime {
    if let regime = regimes[place] { return regime }
    let regime = Regime(policies[place.namespace] ?? [], place.direction)
    regimes[place] = regime
    return regime
  }

  /// The policies that are about any of these parties, where some namespaces have labels that are not known of them.
  func set(about parties: [Party], _ assumed: [String: Labels]) -> PolicySet {
    let pods = parties.compactMap(\.selectable)
    let names = Set(pods.map(\.namespace)).sorted()
    let selecting = names.flatMap { name in
      let places = pods.filter { $0.namespace == name }.flatMap { self.places($0.labels, in: name) }
      return Set(places).sorted().compactMap { policies[name]?[$0] }
    }
    let described = names.compactMap { name in (labels[name] ?? assumed[name]).map { (name, $0) } }
    return PolicySet(selecting, namespaces: Dictionary(uniqueKeysWithValues: described))
  }

  /// The places of a namespace's policies that may select a pod with these labels, and of few that do not.
  private func places(_ labels: Labels, in namespace: String) -> [Int] {
    guard let index = subjects[namespace] else { return [] }
    let known = index.traits.compactMap { trait -> Term? in
      guard case .label(_, let key) = trait else { return nil }
      return Term(trait: trait, scope: .values(.these([labels[key]])))
    }
    return Possibility().narrowed(known).map(index.places) ?? []
  }
}
