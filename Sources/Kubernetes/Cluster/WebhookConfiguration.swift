import Documents

/// Whom the API server asks before it takes an object: what has to be reachable from there, or nothing is created.
public struct WebhookConfiguration: Hashable, Sendable {
  /// Its kind: whether it looks at objects, or changes them.
  public var kind: String
  /// Name, labels and times.
  public var meta: ObjectMeta
  /// The Services that are asked, in order.
  public var services: [Target]
  /// How many are asked by a URL, of which nothing is kept.
  public var outside: Int

  /// A Service that is asked.
  public struct Target: Hashable, Sendable {
    /// The Service's namespace.
    public let namespace: String
    /// The Service's name.
    public let name: String
    /// The Service's port.
    public let port: UInt16
  }
}

extension WebhookConfiguration {
  /// The kinds that configurations come in.
  static let kinds: Set<String> = ["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"]
  /// The port that is meant where none is told.
  private static let usualPort: UInt16 = 443

  init(_ object: Node, kind: String, meta: ObjectMeta) {
    self.kind = kind
    self.meta = meta
    services = []
    outside = 0
    for webhook in object["webhooks"]?.sequence ?? [] {
      guard let service = webhook[["clientConfig", "service"]], !service.isNull else {
        outside += 1
        continue
      }
      guard let namespace = service["namespace"]?.string, let name = service["name"]?.string else { continue }
      let target = Target(
        namespace: namespace, name: name, port: service["port"]?.portNumber ?? Self.usualPort)
      if !services.contains(target) { services.append(target) }
    }
  }

  var node: Node {
    let asked: [Node] = services.map { target in
      .mapping([
        "clientConfig": .mapping([
          "service": .mapping([
            "name": .string(target.name), "namespace": .string(target.namespace),
            "port": .integer(target.port),
          ])
        ])
      ])
    }
    let others = Array(repeating: Node.mapping(["clientConfig": .mapping([:])]), count: outside)
    return Node(kept: [
      ("kind", .string(kind)), ("metadata", meta.node), ("webhooks", (asked + others).nonEmpty),
    ])
  }
}
