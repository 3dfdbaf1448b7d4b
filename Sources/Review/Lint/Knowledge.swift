import Kubernetes

extension Scene {
  /// What a rule may need to know of the cluster.
  public enum Knowledge: String, Hashable, Sendable, CaseIterable {
    /// Pods, or workloads that make them.
    case pods
    /// Namespaces as objects, with their labels.
    case namespaces
    /// All namespaces, so that one that is not known is none.
    case allNamespaces
    /// Services.
    case services
  }

  /// What is known of the cluster.
  public var knowledge: Set<Knowledge> {
    var known: Set<Knowledge> = []
    if !looks.isEmpty { known.insert(.pods) }
    if !inventory.namespaces.isEmpty { known.insert(.namespaces) }
    if knowsAllNamespaces { known.insert(.allNamespaces) }
    if !inventory.services.isEmpty { known.insert(.services) }
    return known
  }

  /// What these rules need and nobody told, in words that `are known` can follow; nil where they lack nothing.
  public func lack(of rules: [LintRule]) -> String? {
    var missing = Set(rules.flatMap(\.needs)).subtracting(knowledge)
    // Where none is known, that not all are goes without saying.
    if missing.contains(.namespaces) { missing.remove(.allNamespaces) }
    let words = Knowledge.allCases.filter(missing.contains).map(\.lack)
    return words.isEmpty ? nil : words.joined(separator: " and ")
  }
}

extension Scene.Knowledge {
  /// What it is called in a sentence.
  var words: String {
    switch self {
    case .pods: "pods or workloads"
    case .namespaces: "namespaces"
    case .allNamespaces: "all namespaces"
    case .services: "Services"
    }
  }

  /// That it is not known, in words that `are known` can follow.
  fileprivate var lack: String {
    switch self {
    case .pods, .namespaces, .services: "no \(words)"
    case .allNamespaces: "not \(words)"
    }
  }
}
