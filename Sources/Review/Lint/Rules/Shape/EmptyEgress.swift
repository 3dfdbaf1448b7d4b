import Documents
import Kubernetes

extension LintRule {
  /// Lists without rules that look like a closed door.
  static let emptyEgress = LintRule(
    "empty-egress", .warning, "an empty list of rules that looks like \"deny all\" and closes nothing",
    why: [
      """
      `egress: []` reads like \"these pods may ask for nothing\". Without `policyTypes` it means nothing at all: the API \
      server fills in `Ingress`, and `Egress` only where there is at least one egress rule. The pods stay free to ask \
      for everything. `ingress: []` does no more where `policyTypes` name only `Egress`.
      """,
      """
      It is not found where another policy isolates the same pods in that direction.
      """,
    ],
    bad: """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: closed
        namespace: shop
      spec:
        podSelector: {}
        egress: []
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
        - Egress
      """
  ) { scene in
    scene.policies.flatMap { written -> [Notice] in
      PolicyDirection.allCases.compactMap { direction in
        let policy = written.policy
        guard written.hasEmptyList(direction), !policy.isolates.covers(direction),
          !scene.isIsolated(policy.subject, of: policy.namespace, direction)
        else { return nil }
        return Notice(
          "`\(policy.path)` has an empty `\(direction.rawValue)`, which looks closed: nothing isolates its pods for \(direction.rawValue)",
          hint: "to close it write `policyTypes` with `\(direction.policyType)`; else remove the empty list",
          on: written, at: written.manifest.place("spec", .member(direction.rawValue)))
      }
    }
  }
}

extension PolicyManifest {
  /// Whether the list of rules of a direction is written, and holds none.
  func hasEmptyList(_ direction: PolicyDirection) -> Bool {
    let member = manifest.node["spec"]?.mapping?.first { $0.key == direction.rawValue }
    return member != nil && policy.rules(direction).isEmpty
  }
}

extension Scene {
  /// Whether policies of a namespace isolate all pods that this selector may ever pick, in a direction.
  func isIsolated(_ subject: LabelSelector, of namespace: String, _ direction: PolicyDirection) -> Bool {
    policies.contains { other in
      other.policy.namespace == namespace && other.policy.isolates.covers(direction)
        && other.policy.subject.contains(subject)
    }
  }
}
