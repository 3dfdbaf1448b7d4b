import Kubernetes

extension LintRule {
  /// Namespaces that stay open for pods no policy picks.
  static let noDefaultDeny = LintRule(
    "no-default-deny", .warning, "a namespace in which no policy isolates all pods",
    why: [
      """
      A pod that no policy picks is open to everybody. Without a policy that picks all pods of the namespace and \
      isolates them, each new workload starts open, and so does one whose label was misspelt. A namespace whose workloads are among the \
      manifests and that has no policy at all is told too.
      """
    ],
    bad: """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: api
        namespace: shop
      spec:
        podSelector:
          matchLabels:
            app: api
        policyTypes:
        - Ingress
        - Egress
      """,
    good: """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: default-deny
        namespace: shop
      spec:
        podSelector: {}
        policyTypes:
        - Ingress
        - Egress
      """
  ) { scene in
    let byNamespace = Dictionary(grouping: scene.policies) { $0.policy.namespace }
    let namespaces = Set(byNamespace.keys).union(scene.writtenNamespaces).sorted()
    return namespaces.compactMap { namespace in
      let policies = byNamespace[namespace] ?? []
      let open = PolicyDirection.allCases.filter { !policies.isolateAll($0) }
      guard !open.isEmpty, let manifest = scene.teller(ofNamespace: namespace, policies) else { return nil }
      let directions = open.map(\.rawValue).joined(separator: " and ")
      let words =
        policies.isEmpty
        ? "in namespace `\(namespace)` there is no policy at all"
        : "in namespace `\(namespace)` no policy isolates all pods for \(directions)"
          + scene.openToday(namespace, open)
      return Notice(
        words, hint: "add a policy with `podSelector: {}`, these `policyTypes`, and no rules", on: manifest)
    }
  }
}

extension Scene {
  /// The manifest of a namespace, where it is written.
  func manifest(ofNamespace name: String) -> Manifest? {
    manifests.first { $0.kind == "Namespace" && $0.name == name }
  }

  /// The manifest that stands for a namespace: its own, else its first policy, else its first workload.
  func teller(ofNamespace namespace: String, _ policies: [PolicyManifest]) -> Manifest? {
    manifest(ofNamespace: namespace) ?? policies.first?.manifest
      ?? looks.lazy.filter { $0.traits.namespace == namespace }.compactMap { manifest(of: $0.workload) }.first
  }

  /// The namespaces of the workloads that are among the manifests, but for those of the cluster itself.
  ///
  /// What is only known of the cluster beside the manifests is somebody else's business.
  fileprivate var writtenNamespaces: Set<String> {
    let written = Set(
      manifests.flatMap { manifest in
        namespaces(of: manifest).map { WorkloadID(namespace: $0, kind: manifest.kind, name: manifest.name) }
      })
    return Set(
      looks.filter { look in
        !look.traits.usesHostNetwork && !look.workload.isOfCluster
          && written.contains(look.workload)
      }.map(\.traits.namespace))
  }

  /// Which workloads are open today, in words; nothing where none is known to be.
  fileprivate func openToday(_ namespace: String, _ directions: [PolicyDirection]) -> String {
    let open = looks.indices.filter { place in
      looks[place].traits.namespace == namespace && !looks[place].traits.usesHostNetwork
        && directions.contains { standings[place].isolators($0).isEmpty }
    }
    return open.isEmpty
      ? "" : ", and \(workloads(of: open).words) \(open.count == 1 ? "is" : "are") open today"
  }
}

extension WorkloadID {
  /// Whether it belongs to the cluster and not to its users.
  fileprivate var isOfCluster: Bool { namespace.hasPrefix("kube-") || namespace.hasPrefix("openshift-") }
}

extension [PolicyManifest] {
  /// Whether one of these isolates all pods of its namespace in a direction.
  func isolateAll(_ direction: PolicyDirection) -> Bool {
    contains { $0.policy.subject.isEverything && $0.policy.isolates.covers(direction) }
  }
}
