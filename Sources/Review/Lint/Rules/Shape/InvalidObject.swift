import Documents
import Kubernetes

extension LintRule {
  /// Objects beside the policies that the API server refuses.
  static let invalidObject = LintRule(
    "invalid-object", .error, "a pod, workload, Service or namespace that the API server refuses",
    why: [
      """
      What policies pick is decided by labels, and labels and annotations must be text. YAML makes numbers and truth \
      values of much that is meant as text: `version: 1.10` is the number 1.1, `enabled: yes` is true. The API server \
      refuses such an object, so its pods never come, or stay as they were, and other rules know nothing of them.
      """
    ],
    bad: """
      apiVersion: v1
      kind: Pod
      metadata:
        labels:
          app: api
          version: 1.10
        name: api
        namespace: shop
      """,
    good: """
      apiVersion: v1
      kind: Pod
      metadata:
        labels:
          app: api
          version: "1.10"
        name: api
        namespace: shop
      """
  ) { scene in
    // What is wrong with a NetworkPolicy is told field by field elsewhere.
    let noText = scene.manifests.filter { !$0.isNetworkPolicy }.map { manifest in
      (manifest: manifest, notices: manifest.textMappings.flatMap { $0.membersThatAreNoText(of: manifest) })
    }.filter { !$0.notices.isEmpty }
    // The reader stops at the first of them, and all are told here.
    let told = Set(noText.map(\.manifest))
    return noText.flatMap(\.notices)
      + scene.brokenObjects.filter { !told.contains($0.manifest) }.compactMap {
        Notice($0.manifest, $0.error)
      }
  }
}

extension Notice {
  /// An object that is none; nil where it may well be one, or none of Kubernetes at all.
  fileprivate init?(_ manifest: Manifest, _ error: ObjectError) {
    switch error {
    // Rows are of tables, which are no manifests; policies are looked at by themselves.
    case .kind, .row, .policy: return nil
    case .name:
      guard manifest.node[["metadata", "generateName"]]?.string == nil else { return nil }
    case .noText, .wrongForm, .badName, .badLabels, .selector: break
    }
    self.init(
      error.message, hint: error.hint, on: manifest,
      at: error.position.map { Origin(file: manifest.file, line: $0.line) })
  }
}

extension TextField {
  fileprivate func membersThatAreNoText(of manifest: Manifest) -> [Notice] {
    (node.mapping ?? []).compactMap { member in
      let found: String
      switch member.value.value {
      // The server takes nothing for the empty text.
      case .string, .null: return nil
      case .bool(let claim): found = "\(claim)"
      case .number(let number): found = "the number \(number)"
      case .sequence: found = "a list"
      case .mapping: found = "a mapping"
      }
      let spelled = member.value.spelling.map { ", spelled `\($0)`" } ?? ""
      return Notice(
        "`\(manifest.title)`: `\(path).\(member.key)` is \(found)\(spelled), not text",
        hint: "put quotes around it", on: manifest,
        at: Origin(file: manifest.file, line: member.position?.line ?? member.value.position?.line))
    }
  }
}
