import Documents
import Kubernetes

extension LintRule {
  /// Objects of API versions that no server knows any more.
  static let removedAPI = LintRule(
    "removed-api", .error, "an object of an API version that Kubernetes has removed",
    why: [
      """
      The API server refuses such an object, and nothing of it takes effect: a NetworkPolicy of `extensions/v1beta1` \
      isolates nobody since Kubernetes 1.16. It is not looked at by other rules either.
      """
    ],
    bad: """
      apiVersion: extensions/v1beta1
      kind: NetworkPolicy
      metadata:
        name: closed
        namespace: shop
      spec:
        podSelector: {}
      """,
    good: """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: closed
        namespace: shop
      spec:
        podSelector: {}
      """
  ) { scene in
    scene.manifests.compactMap { manifest in
      guard let version = manifest.node["apiVersion"]?.string,
        let removed = RemovedVersion.all.first(where: {
          $0.version == version && $0.kinds.contains(manifest.kind)
        })
      else { return nil }
      return Notice(
        "`\(manifest.title)` is of `\(version)`, which Kubernetes \(removed.since) removed",
        hint: "write `apiVersion: \(removed.successor)`", on: manifest, at: manifest.place("apiVersion"))
    }
  }
}

/// A version of an API that is gone, for the kinds that decide about policies.
private struct RemovedVersion {
  let version: String
  let kinds: Set<String>
  let since: String
  let successor: String

  init(_ version: String, _ kinds: Set<String>, since: String, _ successor: String) {
    self.version = version
    self.kinds = kinds
    self.since = since
    self.successor = successor
  }

  /// Kubernetes' Deprecated API Migration Guide, as far as it is about kinds that are read here.
  static let all = [
    RemovedVersion("extensions/v1beta1", ["NetworkPolicy"], since: "1.16", "networking.k8s.io/v1"),
    RemovedVersion(
      "extensions/v1beta1", ["DaemonSet", "Deployment", "ReplicaSet"], since: "1.16", "apps/v1"),
    RemovedVersion("apps/v1beta1", ["Deployment", "ReplicaSet", "StatefulSet"], since: "1.16", "apps/v1"),
    RemovedVersion(
      "apps/v1beta2", ["DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"], since: "1.16", "apps/v1"),
    RemovedVersion("batch/v2alpha1", ["CronJob"], since: "1.21", "batch/v1"),
    RemovedVersion("batch/v1beta1", ["CronJob"], since: "1.25", "batch/v1"),
    RemovedVersion("discovery.k8s.io/v1beta1", ["EndpointSlice"], since: "1.25", "discovery.k8s.io/v1"),
  ]
}
