import Kubernetes

extension LintRule {
  /// Peers that are nobody.
  static let peerSelectsNothing = LintRule(
    "peer-selects-nothing", .warning, "a peer whose selectors pick no pod",
    why: [
      """
      The peer lets nobody through. Mostly a value was misspelt, the pods are in another namespace (a `podSelector` \
      alone picks pods of the policy's own namespace only), or the peer is left over from something that is gone.
      """,
      """
      It looks only where pods of every namespace that the peer may mean are known; pods that are over count. Where they \
      are known from manifests alone, others may be missing, and the finding says that no workload among these is meant.
      """,
    ],
    bad: """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: postgres
        namespace: shop
      spec:
        template:
          metadata:
            labels:
              app: postgres
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: all
        namespace: shop
      spec:
        podSelector: {}
        policyTypes:
        - Ingress
        ingress:
        - from:
          - podSelector:
              matchLabels:
                app: postgress
      """,
    good: """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: postgres
        namespace: shop
      spec:
        template:
          metadata:
            labels:
              app: postgres
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: all
        namespace: shop
      spec:
        podSelector: {}
        policyTypes:
        - Ingress
        ingress:
        - from:
          - podSelector:
              matchLabels:
                app: postgres
      """,
    needs: [.pods]
  ) { scene in
    scene.policies.flatMap(\.effectiveRules).flatMap { rule in
      rule.peers.compactMap { index, peer -> Notice? in
        // Where another dash would make it pick somebody, that is the finding.
        guard let wanted = peer.pods,
          let namespaces = scene.namespacesWithoutSuchPods(peer, rule.owner.policy),
          scene.slip(ofDash: index, in: rule) == nil
        else { return nil }
        let places = namespaces.words
        return Notice(
          "\(rule.words(ofPeer: index)) picks \(scene.nobody(in: namespaces)): none of \(places) has `\(wanted)`",
          hint: scene.hint(for: wanted, in: namespaces, alone: peer.namespaces == nil),
          on: rule.owner, at: rule.place(ofPeer: index, "podSelector"))
      }
    }
  }
}

extension Scene {
  /// The namespaces in which a peer asks for pods that none of them has; nil where it picks somebody, or may.
  func namespacesWithoutSuchPods(_ peer: Peer, _ policy: NetworkPolicy) -> [String]? {
    switch peer {
    case .pods(let pods):
      guard knowsPods(of: policy.namespace), !picksAnybody(pods, in: [policy.namespace]) else { return nil }
      return [policy.namespace]
    case .podsIn(let selector, let pods):
      guard knowsPods(ofAll: selector) else { return nil }
      // That no namespace is picked is another rule's finding.
      let namespaces = index.namespaces(selector)
      guard namespaces.contains(where: knowsPods(of:)), named(by: peer, of: policy.namespace).isEmpty,
        !picksAnybody(pods, in: namespaces)
      else { return nil }
      return namespaces
    case .namespaces, .block: return nil
    }
  }
}

extension [String] {
  /// Namespaces in words; of many, how many.
  fileprivate var words: String {
    count > 3 ? "\(count) namespaces" : map { "`\($0)`" }.joined(separator: " and ")
  }
}
