import Kubernetes

extension LintRule {
  /// Policies and peers that cannot work, because the pods have their node's address.
  static let hostNetwork = LintRule(
    "host-network", .warning, "a selector that asks for pods in their node's network",
    why: [
      """
      A pod with `hostNetwork: true` has its node's address and is seen as the node. A policy that picks it does not \
      protect it, and a peer that picks it does not let it through, on most networks; what they do instead is not defined.
      """,
      """
      A policy for all pods of a namespace is no finding: the other pods are why it is there. Nor is a peer that also \
      picks pods with addresses of their own.
      """,
    ],
    bad: """
      apiVersion: apps/v1
      kind: DaemonSet
      metadata:
        name: node-exporter
        namespace: monitoring
      spec:
        template:
          metadata:
            labels:
              app: node-exporter
          spec:
            hostNetwork: true
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: node-exporter
        namespace: monitoring
      spec:
        podSelector:
          matchLabels:
            app: node-exporter
      """,
    good: """
      apiVersion: apps/v1
      kind: DaemonSet
      metadata:
        name: node-exporter
        namespace: monitoring
      spec:
        template:
          metadata:
            labels:
              app: node-exporter
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: node-exporter
        namespace: monitoring
      spec:
        podSelector:
          matchLabels:
            app: node-exporter
      """,
    needs: [.pods]
  ) { scene in
    scene.policies.flatMap { written -> [Notice] in
      let peers = written.effectiveRules.flatMap { rule in
        rule.peers.compactMap { scene.notice(ofPeer: $0.index, $0.peer, in: rule) }
      }
      return [scene.notice(of: written)].compactMap(\.self) + peers
    }
  }
}

extension Scene {
  fileprivate func notice(of written: PolicyManifest) -> Notice? {
    guard !written.policy.subject.isEverything else { return nil }
    let named = named(by: written.policy)
    let onHost = named.filter { looks[$0].traits.usesHostNetwork }
    guard !onHost.isEmpty else { return nil }
    let whole = onHost.count == named.count
    return Notice(
      "`\(written.policy.path)` \(whole ? "is only" : "is also") about pods in their node's network, "
        + "which no policy protects: \(Crowd(onHost, in: self).words)",
      hint: whole
        ? "drop it, and guard the node's addresses outside Kubernetes"
        : "guard the node's addresses outside Kubernetes, or take the pods out of its network",
      on: written, at: written.manifest.place("spec", "podSelector"))
  }

  fileprivate func notice(ofPeer index: Int, _ peer: Peer, in rule: WrittenRule) -> Notice? {
    guard isOnlyHosts(peer, of: rule.owner.policy.namespace) else { return nil }
    let named = named(by: peer, of: rule.owner.policy.namespace)
    return Notice(
      "\(rule.words(ofPeer: index)) picks only pods in their node's network, which selectors do not see: "
        + Crowd(named, in: self).words,
      hint: "let the addresses of the nodes through with `ipBlock`", on: rule.owner,
      at: rule.place(ofPeer: index))
  }

  /// Whether all pods that a peer can mean are known, there are some, and each is in its node's network.
  private func isOnlyHosts(_ peer: Peer, of namespace: String) -> Bool {
    switch peer {
    case .block: return false
    case .pods(let pods):
      return onlyHosts(pods, in: namespace) == true
    case .namespaces(let namespaces):
      return onlyHosts(.everything, inAll: namespaces)
    case .podsIn(let namespaces, let pods):
      return onlyHosts(pods, inAll: namespaces)
    }
  }

  private func onlyHosts(_ pods: LabelSelector, inAll namespaces: LabelSelector) -> Bool {
    guard knowsPods(ofAll: namespaces) else { return false }
    var isFound = false
    for namespace in index.namespaces(namespaces) {
      guard let answer = onlyHosts(pods, in: namespace) else { continue }
      guard answer else { return false }
      isFound = true
    }
    return isFound
  }

  /// Whether each pod of a namespace that a selector asks for is in its node's network; nil where there is none.
  private func onlyHosts(_ pods: LabelSelector, in namespace: String) -> Bool? {
    let places = index.places(pods, in: namespace)
    return places.isEmpty ? nil : places.allSatisfy { looks[$0].traits.usesHostNetwork }
  }
}
