import Documents
import Kubernetes

extension LintRule {
  /// Words without quotes that are not everywhere what they look like.
  static let yamlTrap = LintRule(
    "yaml-trap", .warning,
    "a label, name or selector without quotes that not every reader takes for the same text",
    why: [
      """
      `kubectl`, Kustomize, Helm, Ansible and whatever else touches a manifest on its way do not agree on what a word \
      without quotes is: for YAML 1.1 `2026-01-31` is a date and `1:30` is ninety, for YAML 1.2 both are text. A label \
      that passes through two of them may come out as another, and a selector then picks nobody.
      """,
      """
      Two more are told. A label that is named `on`, `yes` or `no` is named `true` or `false` for `kubectl`. And a label \
      with nothing behind the colon has the empty value: as a selector, it asks for that.
      """,
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
            release: 2026-01-31
      """,
    good: """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: api
        namespace: shop
      spec:
        podSelector:
          matchLabels:
            release: "2026-01-31"
      """
  ) { scene in
    scene.manifests.flatMap { manifest in
      manifest.labelMappings.flatMap { $0.trappedMembers(of: manifest) }
        + manifest.texts.compactMap { $0.trap(of: manifest) }
    }
  }
}

extension TextField {
  /// What is wrong with the labels of a mapping.
  fileprivate func trappedMembers(of manifest: Manifest) -> [Notice] {
    (node.mapping ?? []).flatMap { member -> [Notice] in
      let place = Origin(file: manifest.file, line: member.position?.line ?? node.position?.line)
      var notices: [Notice] = []
      if let spelling = member.spelling {
        let reading =
          spelling == member.key ? "not text for every YAML reader" : "the name `\(member.key)` for `kubectl`"
        notices.append(
          Notice(
            "`\(manifest.title)`: the label `\(spelling)` at `\(path)` stands without quotes, and is \(reading)",
            hint: "put quotes around it", on: manifest, at: place))
      }
      if member.value.isNull {
        notices.append(
          Notice(
            "`\(manifest.title)`: the label `\(member.key)` at `\(path)` has nothing behind the colon, and so the empty value",
            hint: "write `\"\"` if that is meant", on: manifest, at: place))
      }
      return notices
        + [TextField(path: "\(path).\(member.key)", node: member.value).trap(of: manifest)].compactMap(\.self)
    }
  }

  /// What is wrong with one text.
  fileprivate func trap(of manifest: Manifest) -> Notice? {
    guard let misreading = node.misreading, let text = node.string else { return nil }
    return Notice(
      "`\(manifest.title)`: `\(text)` at `\(path)` stands without quotes, and some YAML readers take it for \(misreading.rawValue)",
      hint: "put quotes around it", on: manifest,
      at: Origin(file: manifest.file, line: node.position?.line))
  }
}
