import Kubernetes

extension LintRule {
  /// Policies that go wherever somebody happens to be.
  static let namespaceMissing = LintRule(
    "namespace-missing", .info, "a policy that does not say its namespace",
    why: [
      """
      Such a policy goes to the namespace that is current when somebody applies it, or to `default`. There it may pick \
      no pod, or the wrong ones, and the pods that it was written for stay open.
      """,
      """
      It is not found where a Kustomization sets the namespace, in the same folder or in one that uses it, and not where \
      `--namespace` says which is meant.
      """,
    ],
    bad: """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: closed
      spec:
        podSelector: {}
        policyTypes:
        - Ingress
        - Egress
      """,
    good: """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: closed
        namespace: shop
      spec:
        podSelector: {}
        policyTypes:
        - Ingress
        - Egress
      """
  ) { scene in
    guard scene.home == nil else { return [] }
    return scene.policies.compactMap { written in
      let manifest = written.manifest
      guard manifest.namespace == nil, scene.kustomized.namespaces(of: manifest.file).isEmpty else {
        return nil
      }
      return Notice(
        "`\(manifest.name)` does not say its namespace, and is taken for one of `\(written.policy.namespace)`",
        hint: "write `metadata.namespace`, or say it with `--namespace NAME`",
        on: written, at: manifest.place("metadata"))
    }
  }
}
