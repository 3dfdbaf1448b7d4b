import Documents
import Kubernetes

extension LintRule {
  /// Files that are neither YAML nor JSON.
  public static let unreadableFile = LintRule(
    "unreadable-file", .error, "a file that is neither YAML nor JSON, or that says one thing twice",
    why: [
      """
      Nothing is known of what such a file was meant to say. A name that stands twice in one mapping is among these, \
      because `kubectl` keeps the last of the two without a word: of two `from:` lists, the first is gone.
      """
    ],
    bad: """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: api
        namespace: shop
      spec:
        podSelector: {}
        ingress:
        - from:
          - podSelector: {}
          from:
          - namespaceSelector: {}
      """,
    good: """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: api
        namespace: shop
      spec:
        podSelector: {}
        ingress:
        - from:
          - podSelector: {}
          - namespaceSelector: {}
      """
  ) { scene in
    scene.unreadable.map { unreadable in
      Notice(
        "cannot be read: \(unreadable.error.message)",
        hint: unreadable.error.hint ?? unreadable.error.wayAroundLimit, on: nil,
        at: Origin(file: unreadable.file, line: unreadable.error.position?.line))
    }
  }
}

extension DocumentError {
  /// Where what is too much for one manifest can go.
  fileprivate var wayAroundLimit: String? {
    switch reason {
    case .tooManyNodes, .tooManyBytes:
      "split the file; what a whole cluster prints is given with `--cluster`"
    default: nil
    }
  }
}
