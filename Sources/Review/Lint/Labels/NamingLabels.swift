import Kubernetes

/// Labels that say what runs in a pod, the most telling last to first by custom.
///
/// Other labels (`tier`, `team`, `app.kubernetes.io/part-of`, `may-call-payments`) name groups, so that a selector with
/// them is meant to pick several workloads.
enum NamingLabels {
  /// Whether a selector asks for what runs in the pods, and for nothing that leaves a choice.
  static func areAsked(by selector: LabelSelector) -> Bool {
    selector.isPlain && selector.wanted.contains { keys.contains($0.key) }
  }

  /// The key that names best; without one that names, the first in order.
  static func first(of candidates: some Sequence<String>) -> String? {
    let sorted = candidates.sorted()
    return keys.first(where: sorted.contains) ?? sorted.first
  }

  private static let keys = [
    "app.kubernetes.io/component", "app.kubernetes.io/name", "app.kubernetes.io/instance", "component", "app",
    "k8s-app",
    "name", "run", "service", "release",
  ]
}
