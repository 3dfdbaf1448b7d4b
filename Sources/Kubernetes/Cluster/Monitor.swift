import Documents

/// What asks for the metrics of pods: a ServiceMonitor, a PodMonitor, or VictoriaMetrics' kinds of the same.
public struct Monitor: Hashable, Sendable {
  /// Its kind.
  public var kind: String
  /// Name, labels and times.
  public var meta: ObjectMeta
  /// The Services, or the pods, that are meant.
  public var selector: LabelSelector
  /// Where they are looked for.
  public var namespaces: Namespaces
  /// The ports that are asked.
  public var ports: [Port]

  /// Where a monitor looks.
  public enum Namespaces: Hashable, Sendable {
    /// In its own namespace.
    case own
    /// Everywhere.
    case every
    /// In these.
    case named([String])
  }

  /// A port that a monitor asks.
  public enum Port: Hashable, Sendable {
    /// The Service's port, or the pod's, by its name.
    case named(String)
    /// The pod's own port, whatever its Service calls it.
    case target(ServicePort.Target)
  }

  /// Whether it names Services and not pods.
  public var meansServices: Bool { Self.ofServices.contains(kind) }
}

extension Monitor {
  /// The kinds that monitors come in.
  static let kinds = ofServices.union(["PodMonitor", "VMPodScrape"])
  private static let ofServices: Set<String> = ["ServiceMonitor", "VMServiceScrape"]

  init(_ object: Node, kind: String, meta: ObjectMeta) throws(ObjectError) {
    let spec = object["spec"]
    let written = spec?["selector"] ?? .mapping([:])
    guard let selector = LabelSelector(written: written) else {
      throw .selector(kind: kind, name: "\(meta.namespace)/\(meta.name)", position: written.position)
    }
    self.kind = kind
    self.meta = meta
    self.selector = selector
    let scope = spec?["namespaceSelector"]
    let names = (scope?["matchNames"]?.sequence ?? []).compactMap(\.string)
    namespaces = scope?["any"]?.bool == true ? .every : names.isEmpty ? .own : .named(names)
    ports = []
    ports = (spec?[endpoints]?.sequence ?? []).compactMap { endpoint in
      if let name = endpoint["port"]?.string, !name.isEmpty { return .named(name) }
      if let number = endpoint["portNumber"]?.portNumber { return .target(.number(number)) }
      guard let target = endpoint["targetPort"] else { return nil }
      return target.portNumber.map { .target(.number($0)) } ?? target.string.map { .target(.name($0)) }
    }
  }

  private var endpoints: String { meansServices ? "endpoints" : "podMetricsEndpoints" }

  var node: Node {
    let scope: Node? =
      switch namespaces {
      case .own: nil
      case .every: .mapping(["any": .bool(true)])
      case .named(let names): .mapping(["matchNames": .sequence(names.map { .string($0) })])
      }
    let asked: [Node] = ports.map { port in
      switch port {
      case .named(let name): .mapping(["port": .string(name)])
      case .target(.number(let number)): .mapping(["targetPort": .integer(number)])
      case .target(.name(let name)): .mapping(["targetPort": .string(name)])
      }
    }
    return Node(kept: [
      ("kind", .string(kind)),
      ("metadata", meta.node),
      (
        "spec",
        Node(kept: [
          ("namespaceSelector", scope), ("selector", selector.node), (endpoints, asked.nonEmpty),
        ])
      ),
    ])
  }
}
