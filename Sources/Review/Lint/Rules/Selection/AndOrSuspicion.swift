import Kubernetes

extension LintRule {
  /// Peers with a dash too many, or too few.
  static let andOrSuspicion = LintRule(
    "and-or-suspicion", .warning, "two selectors that seem to have a dash too many or too few",
    why: [
      """
      A `namespaceSelector` and a `podSelector` in one element (one dash) mean pods that match both. In two elements \
      (two dashes) they mean all pods of these namespaces, and besides, such pods of the policy's own namespace. One \
      character decides, and both are valid.
      """,
      """
      It is found where, among the pods that are known, the one reading picks nobody and the other somebody; without \
      knowing pods only for the labels of the cluster's DNS, which no namespace but its own has.
      """,
    ],
    bad: """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: dns
        namespace: shop
      spec:
        podSelector: {}
        policyTypes:
        - Egress
        egress:
        - to:
          - namespaceSelector: {}
          - podSelector:
              matchLabels:
                k8s-app: kube-dns
      """,
    good: """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: dns
        namespace: shop
      spec:
        podSelector: {}
        policyTypes:
        - Egress
        egress:
        - to:
          - namespaceSelector: {}
            podSelector:
              matchLabels:
                k8s-app: kube-dns
      """
  ) { scene in
    scene.policies.flatMap(\.effectiveRules).flatMap { rule in
      rule.peers.compactMap { index, _ in
        scene.slip(ofDash: index, in: rule).map { slip in
          Notice(
            "\(rule.words(ofPeer: index)) \(slip.words)", hint: slip.hint, on: rule.owner,
            at: rule.place(ofPeer: index))
        }
      }
    }
  }
}

/// A dash that makes a peer mean something else than was probably meant.
struct DashSlip: Hashable, Sendable {
  /// What the peer does, and what the other reading would.
  let words: String
  /// What to write instead.
  let hint: String
}

extension Scene {
  /// The slip at a peer of a rule; nil where there is none as far as is known.
  func slip(ofDash index: Int, in rule: WrittenRule) -> DashSlip? {
    let peers = rule.peers
    guard peers.indices.contains(index) else { return nil }
    switch peers[index].peer {
    case .podsIn(let namespaces, let pods): return tooFew(namespaces, pods, in: rule.owner.policy)
    case .pods(let pods):
      let neighbours = [index - 1, index + 1].filter(peers.indices.contains)
      for neighbour in neighbours {
        guard case .namespaces(let namespaces) = peers[neighbour].peer else { continue }
        if let slip = tooMany(namespaces, pods, beside: neighbour, in: rule.owner.policy) { return slip }
      }
      return nil
    case .namespaces, .block: return nil
    }
  }

  /// One element that picks nobody, while each of its selectors alone picks somebody.
  private func tooFew(
    _ namespaces: LabelSelector, _ pods: LabelSelector, in policy: NetworkPolicy
  ) -> DashSlip? {
    let both = Peer.podsIn(namespaces: namespaces, pods: pods)
    // Where nothing is asked of one of the two, the other is asked alone already.
    guard !namespaces.isEverything, !pods.isEverything,
      namespacesWithoutSuchPods(both, policy) != nil, !index.places(pods, in: policy.namespace).isEmpty
    else { return nil }
    return DashSlip(
      words: "asks for pods `\(pods)` in namespaces `\(namespaces)`, where there are none, "
        + "while `\(policy.namespace)` itself has such pods",
      hint: "if either was meant, `podSelector` needs a dash of its own")
  }

  /// A `podSelector` alone that picks nobody, beside namespaces that have such pods.
  private func tooMany(
    _ namespaces: LabelSelector, _ pods: LabelSelector, beside neighbour: Int, in policy: NetworkPolicy
  ) -> DashSlip? {
    let there: String
    if namespacesWithoutSuchPods(.pods(pods), policy) != nil,
      let place = index.places(pods, inAll: namespaces).first
    {
      there =
        "while `\(looks[place].traits.namespace)`, which peer \(neighbour) lets through whole, has such pods"
    } else if !knowsPods(of: policy.namespace), pods.labels["k8s-app"] == "kube-dns",
      policy.namespace != "kube-system"
    {
      there = "while peer \(neighbour) lets whole namespaces through"
    } else {
      return nil
    }
    return DashSlip(
      words: "asks for pods `\(pods)` of `\(policy.namespace)`, which has none, \(there)",
      hint:
        "if these pods were meant and no others, write `namespaceSelector` and `podSelector` under one dash")
  }
}
