public import Documents
import Traffic

/// A second evaluator, slow and literal: it walks the objects as written, sentence by sentence of the API's text, and shares
/// neither the policy values nor the evaluator of the module under test.
public struct NaiveEvaluator {
  /// NetworkPolicy objects.
  public let policies: [Node]
  /// The labels of the Namespace objects there are.
  public let namespaces: [String: [String: String]]

  /// The evaluator of some policies among namespaces with these labels.
  public init(policies: [Node], namespaces: [String: [String: String]]) {
    self.policies = policies
    self.namespaces = namespaces
  }

  /// The policies and namespaces among some objects; other API groups have policies of the same kind.
  public init(objects: [Node]) {
    var namespaces: [String: [String: String]] = [:]
    for object in objects where object["kind"]?.string == "Namespace" {
      var labels: [String: String] = [:]
      for label in object["metadata"]?["labels"]?.mapping ?? [] { labels[label.key] = label.value.string }
      namespaces[object["metadata"]?["name"]?.string ?? ""] = labels
    }
    self.namespaces = namespaces
    policies = objects.filter { object in
      object["kind"]?.string == "NetworkPolicy"
        && object["apiVersion"]?.string?.hasPrefix("networking.k8s.io/") == true
    }
  }

  /// What the policies of one end say.
  public struct Side: Equatable {
    /// Namespace and name of the policies that isolate the end.
    public var isolatedBy: [String] = []
    /// The rules that let the connection through.
    public var opening: [String] = []
    /// Whether any of those policies has a rule.
    public var hasRule = false
    /// Whether any rule names the other end.
    public var isPeerNamed = false

    /// Whether it lets the connection through.
    public var isAllowed: Bool { isolatedBy.isEmpty || !opening.isEmpty }

    /// Why it is denied.
    public var cause: String { !hasRule ? "no rule" : isPeerNamed ? "port" : "peer" }
  }

  /// Both sides of a connection; nil for what a pod sends to itself, which nothing can block.
  public func sides(
    from source: NaiveEnd, to destination: NaiveEnd, port: Int, protocol name: String, over family: String?
  ) -> (egress: Side, ingress: Side)? {
    if source.isPod, destination.isPod, source.name == destination.name, !source.addresses.isEmpty {
      return nil
    }
    let family = family ?? Self.family(source, destination)
    let egress = side("Egress", of: source, peer: destination, destination, port, name, family)
    let ingress = side("Ingress", of: destination, peer: source, destination, port, name, family)
    return (egress, ingress)
  }

  /// Whether both ends let the connection through.
  public func allows(
    from source: NaiveEnd, to destination: NaiveEnd, port: Int, protocol name: String,
    over family: String? = nil
  ) -> Bool {
    guard
      let sides = sides(from: source, to: destination, port: port, protocol: name, over: family)
    else { return true }
    return sides.egress.isAllowed && sides.ingress.isAllowed
  }

  /// What the policies of the end that asks say (`Egress`), or those of the end that is asked (`Ingress`).
  public func side(
    _ type: String, from source: NaiveEnd, to destination: NaiveEnd, port: Int, protocol name: String
  ) -> Side {
    let family = Self.family(source, destination)
    return type == "Egress"
      ? side(type, of: source, peer: destination, destination, port, name, family)
      : side(type, of: destination, peer: source, destination, port, name, family)
  }

  /// The destination's first address that the source has a family for; nil where nothing tells.
  private static func family(_ source: NaiveEnd, _ destination: NaiveEnd) -> String? {
    let (mine, theirs) = (source.addresses.map(kind), destination.addresses.map(kind))
    if mine.isEmpty { return theirs.first }
    if theirs.isEmpty { return mine.first }
    return theirs.first { mine.contains($0) }
  }

  private static func kind(_ address: String) -> String { address.contains(":") ? "IPv6" : "IPv4" }

  private func side(
    _ type: String, of subject: NaiveEnd, peer: NaiveEnd, _ destination: NaiveEnd, _ port: Int,
    _ name: String,
    _ family: String?
  ) -> Side {
    var side = Side()
    guard subject.isPod else { return side }
    let (section, peers) = type == "Ingress" ? ("ingress", "from") : ("egress", "to")
    for policy in policies {
      let namespace = policy["metadata"]?["namespace"]?.string ?? "default"
      let spec = policy["spec"] ?? .mapping([:])
      guard namespace == subject.namespace, types(spec).contains(type),
        selects(present(spec["podSelector"]) ?? .mapping([:]), subject.labels)
      else { continue }
      let path = "\(namespace)/\(policy["metadata"]?["name"]?.string ?? "")"
      side.isolatedBy.append(path)
      for (index, rule) in list(spec, section).enumerated() {
        side.hasRule = true
        let isPeer =
          list(rule, peers).isEmpty
          || list(rule, peers).contains { names($0, peer, of: namespace, family) }
        let isPort =
          list(rule, "ports").isEmpty || list(rule, "ports").contains { names($0, destination, port, name) }
        if isPeer { side.isPeerNamed = true }
        if isPeer && isPort { side.opening.append("\(path) \(section) \(index)") }
      }
    }
    return side
  }

  /// Absent or empty means Ingress, and Egress where there are egress rules.
  private func types(_ spec: Node) -> [String] {
    let written = list(spec, "policyTypes").compactMap(\.string)
    if !written.isEmpty { return written }
    return list(spec, "egress").isEmpty ? ["Ingress"] : ["Ingress", "Egress"]
  }

  private func names(_ peer: Node, _ end: NaiveEnd, of policyNamespace: String, _ family: String?) -> Bool {
    if let block = present(peer["ipBlock"]), let cidr = block["cidr"]?.string {
      // Where the ends have no family in common, the first address stands for the peer.
      let shown =
        family.map { family in end.addresses.first { Self.kind($0) == family } } ?? end.addresses.first
      guard let shown else { return false }
      return lies(shown, in: cidr) && !list(block, "except").contains { lies(shown, in: $0.string ?? "") }
    }
    guard end.isPod, let namespace = end.namespace else { return false }
    if let namespaceSelector = present(peer["namespaceSelector"]) {
      // Every namespace has its name as a label, whatever its object says, and also without one.
      var labels = namespaces[namespace] ?? [:]
      labels["kubernetes.io/metadata.name"] = namespace
      guard selects(namespaceSelector, labels) else { return false }
    } else if namespace != policyNamespace {
      return false
    }
    return present(peer["podSelector"]).map { selects($0, end.labels) } ?? true
  }

  private func names(_ wanted: Node, _ destination: NaiveEnd, _ port: Int, _ name: String) -> Bool {
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
    guard parts.count == 2, let length = Int(parts[1]), Self.kind(address) == Self.kind(parts[0]) else {
      return false
    }
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
