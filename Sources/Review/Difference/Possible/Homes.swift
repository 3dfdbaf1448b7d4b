import Kubernetes

/// Where ends may live: outside, in the namespaces that are known, and in one that may come.
struct Homes {
  private let named: [String: Home]
  /// Those whose labels are known, and the others, each in the order of their names.
  private let known: [Home]
  private let others: [Home]
  private let new: Home

  /// The homes under two sets of policies, where these namespaces have these labels.
  init(_ before: PolicySet, _ after: PolicySet, _ labels: [String: Labels]) {
    let ruled = (before.policies + after.policies).map(\.namespace)
    var named: [String: Home] = [:]
    for name in Set(labels.keys).union(ruled) {
      named[name] = .undescribed(name)
      guard var known = labels[name] else { continue }
      known[LabelSelector.namespaceNameLabel] = name
      named[name] = .known(name, known)
    }
    self.named = named
    new = .new(besides: Set(named.keys))
    let inOrder = named.sorted { $0.key < $1.key }.map(\.value)
    (known, others) = (inOrder.filter(Self.isKnown), inOrder.filter { !Self.isKnown($0) })
  }

  /// The home of this name; one that policies live in is always there.
  func home(of name: String) -> Home { named[name] ?? .undescribed(name) }

  /// All of them, those first that tell a reader most.
  func all(in place: Turnover.Place) -> [Home] {
    [.outside, home(of: place.namespace), new] + (known + others).filter { $0.name != place.namespace }
  }

  /// Those in which a peer of a grant may live.
  func of(_ peer: Peer?, _ ports: GrantPorts, in place: Turnover.Place) -> [Home] {
    switch peer {
    case nil: return all(in: place)
    case .pods: return [home(of: place.namespace)]
    case .namespaces, .podsIn:
      // Known ones make the better example, so they come first.
      return known + [new] + others
    case .block:
      // What a block lets through for a pod, it lets through for its address alone, but for ports by name.
      if case .named = ports { return Array(all(in: place).dropFirst()) + [.outside] }
      return [.outside]
    }
  }

  private static func isKnown(_ home: Home) -> Bool {
    if case .known = home { true } else { false }
  }
}
