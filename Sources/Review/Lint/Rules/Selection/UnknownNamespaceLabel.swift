import Kubernetes

extension LintRule {
  /// Namespaces that there are none of.
  static let unknownNamespaceLabel = LintRule(
    "unknown-namespace-label", .warning, "a `namespaceSelector` that picks no namespace",
    why: [
      """
      The peer lets nobody through. Mostly a value was misspelt, or a label was never given to the namespace. Selectors \
      see a namespace's labels, not its annotations.
      """,
      """
      All namespaces are known where they are as `kubectl get namespaces` lists them: then those that every API server \
      makes are among them (`default`, `kube-node-lease`, `kube-public`, `kube-system`).
      """,
    ],
    bad: """
      apiVersion: v1
      kind: Namespace
      metadata:
        name: default
      ---
      apiVersion: v1
      kind: Namespace
      metadata:
        name: kube-node-lease
      ---
      apiVersion: v1
      kind: Namespace
      metadata:
        name: kube-public
      ---
      apiVersion: v1
      kind: Namespace
      metadata:
        name: kube-system
      ---
      apiVersion: v1
      kind: Namespace
      metadata:
        labels:
          team: payments
        name: shop
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: all
        namespace: shop
      spec:
        podSelector: {}
        ingress:
        - from:
          - namespaceSelector:
              matchLabels:
                team: paymets
      """,
    good: """
      apiVersion: v1
      kind: Namespace
      metadata:
        name: default
      ---
      apiVersion: v1
      kind: Namespace
      metadata:
        name: kube-node-lease
      ---
      apiVersion: v1
      kind: Namespace
      metadata:
        name: kube-public
      ---
      apiVersion: v1
      kind: Namespace
      metadata:
        name: kube-system
      ---
      apiVersion: v1
      kind: Namespace
      metadata:
        labels:
          team: payments
        name: shop
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: all
        namespace: shop
      spec:
        podSelector: {}
        ingress:
        - from:
          - namespaceSelector:
              matchLabels:
                team: payments
      """,
    needs: [.allNamespaces]
  ) { scene in
    scene.policies.flatMap(\.effectiveRules).flatMap { rule in
      rule.peers.compactMap { index, peer -> Notice? in
        // A name behind the wrong label is found by a rule of its own.
        guard let selector = peer.namespaces, !scene.index.labelsOfNamespaces.picks(selector),
          scene.labelMeantAsName(selector) == nil
        else { return nil }
        return Notice(
          "\(rule.words(ofPeer: index)) picks no namespace: \(scene.lack(of: selector))",
          hint: scene.index.labelsOfNamespaces.nearest(to: selector).map {
            "did you mean `\($0.key): \($0.value)`?"
          }, on: rule.owner, at: rule.place(ofNamespacesOfPeer: index))
      }
    }
  }
}

extension Scene {
  /// Which part of a selector no namespace meets; where each is met by some, that none meets them all.
  fileprivate func lack(of selector: LabelSelector) -> String {
    let lacking = selector.parts.first { !index.labelsOfNamespaces.picks($0) }
    return lacking.map { "none has `\($0)`" } ?? "none has all of `\(selector)`"
  }
}
