import Kubernetes

/// A set of policies by namespace, with its regimes made when they are asked for.
final class Grounds {
  private let policies: [String: [NetworkPolicy]]
  private let labels: [String: Labels]
  private var regimes: [Turnover.Place: Regime] = [:]

  init(_ set: PolicySet, _ labels: [String: Labels]) {
    policies = Dictionary(grouping: set.policies, by: \.namespace)
    self.labels = labels
  }

  func regime(_ place: Turnover.Place) -> Regime {
    if let regime = regimes[place] { return regime }
    let regime = Regime(policies[place.namespace] ?? [], place.direction)
    regimes[place] = regime
    return regime
  }

  /// The policies of these namespaces alone, where some namespaces have labels that are not known of them.
  func set(of namespaces: Set<String>, _ assumed: [String: Labels]) -> PolicySet {
    PolicySet(
      namespaces.sorted().flatMap { policies[$0] ?? [] },
      namespaces: labels.merging(assumed) { known, _ in known })
  }
}
