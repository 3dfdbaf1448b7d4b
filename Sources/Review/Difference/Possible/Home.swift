import Kubernetes
import Traffic

/// Where a possible end lives, and what is known of it.
enum Home: Hashable, Sendable {
  /// Outside the cluster: it has an address, no labels, and no policy of its own.
  case outside
  /// A namespace whose labels are known.
  case known(String, Labels)
  /// A namespace that has policies and whose labels nobody told: they may be anything but for its name.
  case undescribed(String)
  /// A namespace that may come: it has any labels and no policy, and none of these names.
  case new(besides: Set<String>)

  /// The name of a namespace that is there.
  var name: String? {
    switch self {
    case .known(let name, _), .undescribed(let name): name
    case .outside, .new: nil
    }
  }

  /// What tells it from the other homes under the same sets; no namespace has a name like the last two.
  var key: String {
    switch self {
    case .known(let name, _), .undescribed(let name): name
    case .outside: "<outside>"
    case .new: "<new>"
    }
  }

  /// The claims that must hold for this to be a namespace that a selector picks; nil where it never is.
  func terms(_ namespaces: LabelSelector) -> [Term]? {
    switch self {
    case .outside: return nil
    case .known(_, let labels): return namespaces.matches(labels) ? [] : nil
    case .undescribed(let name):
      var terms: [Term] = []
      for (key, values) in namespaces.demands {
        if key != LabelSelector.namespaceNameLabel {
          terms.append(Term(trait: .namespaceLabel(name, key), scope: .values(values)))
        } else if !LabelValues.these([name]).isSubset(of: values) {
          return nil
        }
      }
      return terms
    case .new:
      return namespaces.demands.map { Term(trait: .namespaceLabel(nil, $0.key), scope: .values($0.values)) }
    }
  }

  /// What holds for every end that lives here.
  func terms(of end: PairEnd) -> [Term] {
    switch self {
    case .outside: [Term(trait: .address(end), scope: .addresses(.known))]
    case .known, .undescribed: []
    case .new(let names):
      [
        Term(
          trait: .namespaceLabel(nil, LabelSelector.namespaceNameLabel),
          scope: .values(.allBut(Set<String?>(names).union([nil]))))
      ]
    }
  }
}

extension LabelSelector {
  /// The claims that must hold for it to pick the pod at this end.
  func terms(of end: PairEnd) -> [Term] {
    demands.map { Term(trait: .label(end, $0.key), scope: .values($0.values)) }
  }
}

extension Peer {
  /// The claims that must hold for this to be the end, which lives there, in a policy of that namespace.
  func terms(of end: PairEnd, at home: Home, in namespace: String) -> [Term]? {
    switch self {
    case .block(let block, let except):
      [Term(trait: .address(end), scope: .addresses(AddressSpans(block, except: except)))]
    case .pods(let pods): home.name == namespace ? pods.terms(of: end) : nil
    case .namespaces(let namespaces): home.terms(namespaces)
    case .podsIn(let namespaces, let pods): home.terms(namespaces).map { $0 + pods.terms(of: end) }
    }
  }
}
