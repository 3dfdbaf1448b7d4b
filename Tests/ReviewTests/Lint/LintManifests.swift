@testable import Review

/// Manifests that tests of lint put together, one line each where it can be.
enum Manifests {
  /// The namespaces that every API server makes, as a listing shows them, and the DNS pods.
  static let wholeCluster =
    ["default", "kube-node-lease", "kube-public", "kube-system"].map { namespace($0) }
    + [pod("coredns-1", in: "kube-system", "k8s-app: kube-dns")]

  static func namespace(_ name: String, _ labels: String = "") -> String {
    "kind: Namespace\nmetadata: {name: \(name), labels: {\(labels)}}"
  }

  static func pod(
    _ name: String, in namespace: String, _ labels: String, host: Bool = false, phase: String = "Running"
  ) -> String {
    """
    kind: Pod
    metadata: {name: \(name), namespace: \(namespace), labels: {\(labels)}}
    spec: {hostNetwork: \(host)}
    status: {phase: \(phase)}
    """
  }

  /// A workload; without a selector where none is given.
  static func workload(
    _ kind: String, _ name: String, in namespace: String, _ labels: String, selector: String? = nil,
    own: String = ""
  ) -> String {
    let selector = selector.map { "selector: {matchLabels: {\($0)}}, " } ?? ""
    return """
      kind: \(kind)
      metadata: {name: \(name), namespace: \(namespace), labels: {\(own)}}
      spec: {\(selector)template: {metadata: {labels: {\(labels)}}}}
      """
  }

  /// A policy; its lines are counted from 1 where it stands first.
  static func policy(_ spec: String, _ name: String = "p", in namespace: String = "shop") -> String {
    "kind: NetworkPolicy\nmetadata: {name: \(name), namespace: \(namespace)}\nspec:\n"
      + spec.split(separator: "\n").map { "  \($0)\n" }.joined()
  }

  /// A policy for all pods of a namespace, with one ingress rule whose peers begin in line 7.
  static func peers(_ peers: String, in namespace: String = "shop") -> String {
    let elements = peers.split(separator: "\n").map { "  \($0)\n" }.joined()
    return policy("podSelector: {}\ningress:\n- from:\n\(elements)", in: namespace)
  }

  /// One text of them all.
  static func file(_ documents: [String]...) -> String {
    documents.flatMap(\.self).joined(separator: "\n---\n")
  }
}

extension LintScene {
  /// The hints of the findings, in order.
  var hints: [String?] { lint.findings.map(\.hint) }
}
