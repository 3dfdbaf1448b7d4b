import Documents
import Kubernetes
import Traffic

/// A second evaluator, slow and literal: it walks the objects as written, rule by rule of the specification, and shares
/// neither the policy values nor the evaluator of the module under test.
struct NaiveEvaluator {
  struct End {
    var namespace: String?
    var labels: [String: String] = [:]
    var ports: [(name: String, number: Int, protocol: String)] = []
    var address: String?
    var isHostNetwork = false

    /// Only a pod outside the host network has an identity that policies see.
    var isPod: Bool { namespace != nil && !isHostNetwork }
  }

  let policies: [Node]
  let namespaces: [String: [String: String]]

  func allows(from source: End, to destination: End, port: Int, protocol name: String) -> Bool {
    if source.isPod, destination.isPod, let address = source.address, address == destination.address,
      source.namespace == destination.namespace, source.labels == destination.labels
    {
      return true
    }
    return passes("Egress", subject: source, peer: destination, destination, port, name)
      && passes("Ingress", subject: destination, peer: source, destination, port, name)
  }

  private func passes(
    _ type: String, subject: End, peer: End, _ destination: End, _ port: Int, _ name: String
  ) -> Bool {
    guard subject.isPod else { return true }
    var isIsolated = false
    for policy in policies {
      let spec = policy["spec"] ?? .mapping([:])
      guard policy["metadata"]?["namespace"]?.string == subject.namespace,
        selects(spec["podSelector"] ?? .mapping([:]), subject.labels), types(spec).contains(type)
      else { continue }
      isIsolated = true
      let (rules, peers) = type == "Ingress" ? ("ingress", "from") : ("egress", "to")
      for rule in list(spec, rules) {
        let isPeer =
          list(rule, peers).isEmpty
          || list(rule, peers).contains { names($0, peer, policyNamespace: subject.namespace ?? "") }
        let isPort =
          list(rule, "ports").isEmpty
          || list(rule, "ports").contains { names($0, destination, port, name) }
        if isPeer && isPort { return true }
      }
    }
    return !isIsolated
  }

  /// Checklist 3: absent or empty means Ingress, and Egress where there are egress rules.
  private func types(_ spec: Node) -> [String] {
    let written = list(spec, "policyTypes").compactMap(\.string)
    if !written.isEmpty { return written }
    return list(spec, "egress").isEmpty ? ["Ingress"] : ["Ingress", "Egress"]
  }

  private func names(_ peer: Node, _ end: End, policyNamespace: String) -> Bool {
    if let block = peer["ipBlock"], let cidr = block["cidr"]?.string {
      guard let address = end.address else { return false }
      return lies(address, in: cidr)
        && !list(block, "except").contains { lies(address, in: $0.string ?? "") }
    }
    guard end.isPod, let namespace = end.namespace else { return false }
    var namespaceLabels = namespaces[namespace] ?? [:]
    namespaceLabels["kubernetes.io/metadata.name"] = namespace
    let namespaceSelector = present(peer["namespaceSelector"])
    let podSelector = present(peer["podSelector"])
    if let namespaceSelector {
      guard selects(namespaceSelector, namespaceLabels) else { return false }
    } else if namespace != policyNamespace {
      return false
    }
    return podSelector.map { selects($0, end.labels) } ?? true
  }

  private func names(_ wanted: Node, _ destination: End, _ port: Int, _ name: String) -> Bool {
    guard (present(wanted["protocol"])?.string ?? "TCP") == name else { return false }
    guard let number = present(wanted["port"]) else { return true }
    if let text = number.string {
      guard destination.isPod else { return false }
      return destination.ports.contains { $0.name == text && $0.number == port && $0.protocol == name }
    }
    let first = number.integer ?? 0
    let last = present(wanted["endPort"])?.integer ?? first
    return first <= port && port <= last
  }

  private func selects(_ selector: Node, _ labels: [String: String]) -> Bool {
    for member in present(selector["matchLabels"])?.mapping ?? [] {
      guard let value = labels[member.key], value == member.value.string else { return false }
    }
    for expression in list(selector, "matchExpressions") {
      let value = labels[expression["key"]?.string ?? ""]
      let values = list(expression, "values").compactMap(\.string)
      switch expression["operator"]?.string {
      case "In": if value == nil || !values.contains(value ?? "") { return false }
      case "NotIn": if let value, values.contains(value) { return false }
      case "Exists": if value == nil { return false }
      case "DoesNotExist": if value != nil { return false }
      default: return false
      }
    }
    return true
  }

  /// Compares bit by bit, as text of zeros and ones.
  private func lies(_ address: String, in cidr: String) -> Bool {
    let parts = cidr.split(separator: "/").map(String.init)
    guard parts.count == 2, let length = Int(parts[1]) else { return false }
    guard address.contains(":") == parts[0].contains(":") else { return false }
    return bits(address).prefix(length) == bits(parts[0]).prefix(length)
  }

  private func bits(_ address: String) -> String {
    guard let parsed = Address(address) else { return address }
    let text = String(parsed.bits, radix: 2)
    let padded = String(repeating: "0", count: 128 - text.count) + text
    return address.contains(":") ? padded : String(padded.suffix(32))
  }

  private func present(_ node: Node?) -> Node? { node?.isNull == true ? nil : node }

  private func list(_ node: Node, _ name: String) -> [Node] { node[name]?.sequence ?? [] }
}
