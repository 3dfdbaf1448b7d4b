/// Policies that hold together, and the labels of the namespaces that they may ask for.
public struct PolicySet: Sendable {
  /// The policies, in the order given.
  public let policies: [NetworkPolicy]
  /// The labels of the namespaces that are known as objects, as they were given.
  public let namespaces: [String: Labels]
  /// The policies of each namespace, by the labels that they pick.
  private let subjects: [String: SelectorIndex]
  /// Where the peers of a rule are many, those that may name somebody.
  let indexes: [RulePlace: PeerIndex]

  /// These policies.
  ///
  /// Each namespace has the label with its own name beside those given, also a namespace that is not listed, because
  /// the API server sees to that and nothing can override it.
  public init(_ policies: [NetworkPolicy], namespaces: [String: Labels] = [:]) {
    self.policies = policies
    self.namespaces = namespaces
    subjects = Dictionary(grouping: policies.indices) { policies[$0].namespace }.mapValues { places in
      SelectorIndex(places.map { ($0, policies[$0].subject) })
    }
    indexes = Self.indexes(of: policies)
  }

  /// The labels of a namespace.
  public func labels(ofNamespace name: String) -> Labels {
    var labels = namespaces[name] ?? [:]
    labels[LabelSelector.namespaceNameLabel] = name
    return labels
  }

  /// The party as these policies see it; worth keeping where many questions are asked about it.
  public func standing(of party: Party) -> Standing {
    guard let traits = party.selectable else {
      return Standing(party: party, pod: nil, namespaceLabels: [:], ingress: [], egress: [])
    }
    let selecting = (subjects[traits.namespace]?.candidates(for: traits.labels) ?? []).filter {
      policies[$0].subject.matches(traits.labels)
    }
    return Standing(
      party: party, pod: traits, namespaceLabels: labels(ofNamespace: traits.namespace),
      ingress: selecting.filter { policies[$0].isolates.covers(.ingress) },
      egress: selecting.filter { policies[$0].isolates.covers(.egress) })
  }
}

/// A party as one set of policies sees it: which of them isolate it, found once.
///
/// It means nothing to another set.
public struct Standing: Sendable {
  /// The party.
  public var party: Party { view.party }
  private let view: View

  init(party: Party, pod: PodTraits?, namespaceLabels: Labels, ingress: [Int], egress: [Int]) {
    view = View(party, pod, namespaceLabels, ingress: ingress, egress: egress)
  }

  /// All that it is, held by all copies of it together: each question about two parties takes some of either.
  private final class View: Sendable {
    let party: Party
    let pod: PodTraits?
    let namespaceLabels: Labels
    let ingress: [Int]
    let egress: [Int]

    init(_ party: Party, _ pod: PodTraits?, _ namespaceLabels: Labels, ingress: [Int], egress: [Int]) {
      self.party = party
      self.pod = pod
      self.namespaceLabels = namespaceLabels
      self.ingress = ingress
      self.egress = egress
    }
  }

  /// Its traits, where a selector can pick it.
  var pod: PodTraits? { view.pod }
  /// The labels of its namespace.
  var namespaceLabels: Labels { view.namespaceLabels }

  /// The policies that isolate it in a direction, as places in their set; empty means it is not isolated.
  public func isolators(_ direction: PolicyDirection) -> [Int] {
    switch direction {
    case .ingress: view.ingress
    case .egress: view.egress
    }
  }
}
