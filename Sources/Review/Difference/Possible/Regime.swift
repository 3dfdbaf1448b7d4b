import Kubernetes

/// What a set's policies of one namespace say about one direction, in a form that knows no layout.
///
/// Rules are taken apart into grants of one subject and one peer, and equal grants are put together whatever policy
/// or rule they stand in.
struct Regime: Sendable {
  /// The selectors of the pods that are isolated, the broadest first, and the policies that say so.
  let isolators: [LabelSelector: Set<Citation>]
  /// What is let through.
  let grants: [GrantWay: Grant]
  /// The grants in an order that nothing of the layout decides.
  let inOrder: [Grant]
  /// The isolating selectors in order.
  let subjects: [LabelSelector]

  /// The regime of these policies, all of one namespace.
  init(_ policies: [NetworkPolicy], _ direction: PolicyDirection) {
    var isolators: [LabelSelector: Set<Citation>] = [:]
    var grants: [GrantWay: Grant] = [:]
    for policy in policies where policy.isolates.covers(direction) {
      isolators[policy.subject, default: []].insert(Citation(policy, direction))
      Self.add(policy, direction, to: &grants)
    }
    self.isolators = isolators
    self.grants = grants
    subjects = isolators.keys.sorted()
    inOrder = grants.values.map { ($0, $0.way.order) }.sorted { $0.1 < $1.1 }.map(\.0)
  }

  /// What one policy lets through, in no order.
  static func grants(of policy: NetworkPolicy, _ direction: PolicyDirection) -> some Sequence<Grant> {
    var grants: [GrantWay: Grant] = [:]
    add(policy, direction, to: &grants)
    return grants.values
  }

  private static func add(
    _ policy: NetworkPolicy, _ direction: PolicyDirection, to grants: inout [GrantWay: Grant]
  ) {
    for (index, rule) in policy.rules(direction).enumerated() {
      let citation = Citation(policy, direction, rule: index, rule)
      for way in ways(rule.peers, for: policy.subject) {
        grants[way, default: Grant(way)].add(rule.ports, by: citation)
      }
    }
  }

  private static func ways(_ peers: Peers, for subject: LabelSelector) -> [GrantWay] {
    guard case .only(let peers) = peers else { return [GrantWay(subject: subject, peer: nil)] }
    return peers.map { peer in
      // In which order exceptions stand, and how often, means nothing.
      guard case .block(let block, let except) = peer else { return GrantWay(subject: subject, peer: peer) }
      return GrantWay(subject: subject, peer: .block(block, except: Set(except).sorted()))
    }
  }
}

extension GrantWay {
  /// A text that is different for different ways, to sort them by.
  fileprivate var order: String { "\(subject) | \(peer.map { "\($0)" } ?? "")" }
}
