import Documents
import Kubernetes

extension LintRule {
  /// What the API server refuses.
  static let invalidPolicy = LintRule(
    "invalid-policy", .error, "a NetworkPolicy that the API server refuses",
    why: [
      """
      The API server takes a policy whole or not at all, so one wrong field leaves the pods as they are. Each thing that \
      is wrong is told with the field's path, in the server's own words where it has any.
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
        - ports:
          - port: "8080"
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
        - ports:
          - port: 8080
      """
  ) { scene in
    scene.refusals.flatMap { manifest, error in
      error.causes.map { cause in
        Notice(
          "`\(error.policy)`: \(cause)", hint: cause.flaw.hint, on: manifest,
          at: cause.position.map { Origin(file: manifest.file, line: $0.line) })
      }
    }
  }
}
