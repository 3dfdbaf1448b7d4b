import Documents
import Kubernetes

/// A mapping of texts in an object, or a single text, and the path that leads to it.
struct TextField {
  /// The path, as messages write it: `spec.selector`.
  let path: String
  /// What stands there.
  let node: Node
}

extension Manifest {
  /// Mappings that the API wants to be of text alone: labels, annotations and plain selectors.
  var textMappings: [TextField] {
    guard isObject else { return [] }
    var fields = [field("metadata", "labels"), field("metadata", "annotations")]
    if Self.templateKinds.contains(kind) {
      let spec = kind == "CronJob" ? ["spec", "jobTemplate", "spec"] : ["spec"]
      fields += [
        field(spec + ["template", "metadata", "labels"]),
        field(spec + ["template", "metadata", "annotations"]),
        field(spec + (kind == "ReplicationController" ? ["selector"] : ["selector", "matchLabels"])),
      ]
    }
    if kind == "Service", group.isEmpty { fields.append(field("spec", "selector")) }
    return fields.compactMap(\.self)
  }

  /// The mappings that policies look at: labels and what selectors ask of them.
  var labelMappings: [TextField] {
    let selectors = isNetworkPolicy ? policySelectors.compactMap { $0.child("matchLabels") } : []
    return textMappings.filter { !$0.path.hasSuffix("annotations") } + selectors
  }

  /// The single texts that policies look at: names, what requirements ask of labels, and names of ports.
  var texts: [TextField] {
    guard isObject else { return [] }
    let names = [field("metadata", "name"), field("metadata", "namespace")].compactMap(\.self)
    guard isNetworkPolicy else { return names }
    let requirements = policySelectors.flatMap { $0.child("matchExpressions")?.elements ?? [] }
    return names
      + requirements.flatMap { [$0.child("key")].compactMap(\.self) + ($0.child("values")?.elements ?? []) }
      + policyRules.flatMap { $0.child("ports")?.elements ?? [] }.compactMap { $0.child("port") }
  }

  /// Whether it is an object of Kubernetes, and not the settings of some tool.
  private var isObject: Bool { !kind.isEmpty && node["apiVersion"]?.string != nil || isNetworkPolicy }

  private static let templateKinds: Set<String> = [
    "CronJob", "DaemonSet", "Deployment", "Job", "ReplicaSet", "ReplicationController", "Rollout",
    "StatefulSet",
  ]

  private var policyRules: [TextField] {
    ["ingress", "egress"].flatMap { field("spec", $0)?.elements ?? [] }
  }

  private var policySelectors: [TextField] {
    let peers = policyRules.flatMap { rule in
      ["from", "to"].flatMap { rule.child($0)?.elements ?? [] }
    }
    let selectors = peers.flatMap { peer in
      ["namespaceSelector", "podSelector"].compactMap { peer.child($0) }
    }
    return [field("spec", "podSelector")].compactMap(\.self) + selectors
  }

  private func field(_ names: String...) -> TextField? { field(names) }

  private func field(_ names: [String]) -> TextField? {
    node[names].map { TextField(path: names.joined(separator: "."), node: $0) }
  }
}

extension TextField {
  /// A member, by its name.
  func child(_ name: String) -> TextField? {
    node[name].map { TextField(path: "\(path).\(name)", node: $0) }
  }

  /// The elements of a list; none where it is no list.
  var elements: [TextField] {
    (node.sequence ?? []).enumerated().map { TextField(path: "\(path)[\($0.offset)]", node: $0.element) }
  }
}
