import Documents

/// Something that the API server calls to do its work: what has to be reachable from there, or objects are not taken,
/// converted or served.
public struct APIExtension: Hashable, Sendable {
  /// Its kind, which tells what it is called for.
  public var kind: String
  /// Name, labels and times.
  public var meta: ObjectMeta
  /// The Services that are called, in order.
  public var services: [Target]
  /// How many are called by a URL, of which nothing is kept.
  public var outside: Int

  /// A Service that is called.
  public struct Target: Hashable, Sendable {
    /// The Service's namespace.
    public let namespace: String
    /// The Service's name.
    public let name: String
    /// The Service's port.
    public let port: UInt16
  }

  /// Whether whole APIs are passed on to it, and not questions about single objects.
  public var servesAPIs: Bool { kind == Self.service }
}

// How it is made.
extension APIExtension {
  /// The kinds that extensions come in.
  static let kinds = hooks.union([service, definition])

  /// Whether the API server looks at objects before it takes them, or changes them.
  private static let hooks: Set<String> = ["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"]
  /// An API that somebody else serves.
  private static let service = "APIService"
  /// A kind of objects, whose versions somebody else may convert.
  private static let definition = "CustomResourceDefinition"
  /// The port that is meant where none is told.
  private static let usualPort: UInt16 = 443

  /// What an object says; nil where it is an API or a kind that the API server does all alone, as it does most of them.
  init?(_ object: Node, kind: String, meta: ObjectMeta) {
    let asked: [Node?]
    switch kind {
    case Self.service: asked = [Self.service(of: object["spec"])].compactMap(\.self)
    case Self.definition:
      let conversion = object[["spec", "conversion"]]
      let isAsked = conversion?["strategy"]?.string == "Webhook"
      asked =
        isAsked ? [Self.service(of: conversion?[["webhook", "clientConfig"]])].compactMap(\.self) : []
    default: asked = (object["webhooks"]?.sequence ?? []).map { Self.service(of: $0["clientConfig"]) }
    }
    self.kind = kind
    self.meta = meta
    services = []
    for target in asked.lazy.compactMap(\.self).compactMap(Self.target) where !services.contains(target) {
      services.append(target)
    }
    outside = asked.count { $0 == nil }
    guard Self.hooks.contains(kind) || !services.isEmpty else { return nil }
  }

  /// The Service of those who are called; nil where there is none.
  private static func service(of client: Node?) -> Node? {
    client?["service"].flatMap { $0.isNull ? nil : $0 }
  }

  private static func target(_ service: Node) -> Target? {
    guard let namespace = service["namespace"]?.string, let name = service["name"]?.string else { return nil }
    return Target(namespace: namespace, name: name, port: service["port"]?.portNumber ?? usualPort)
  }
}

// How it is written.
extension APIExtension {
  var node: Node {
    let asked: [Node] = services.map { target in
      .mapping([
        "service": .mapping([
          "name": .string(target.name), "namespace": .string(target.namespace), "port": .integer(target.port),
        ])
      ])
    }
    let told: (String, Node?) =
      switch kind {
      case Self.service: ("spec", asked.first)
      case Self.definition:
        (
          "spec",
          asked.first.map { client in
            .mapping([
              "conversion": .mapping([
                "strategy": .string("Webhook"), "webhook": .mapping(["clientConfig": client]),
              ])
            ])
          }
        )
      default:
        (
          "webhooks",
          (asked + Array(repeating: .mapping([:]), count: outside)).map { .mapping(["clientConfig": $0]) }
            .nonEmpty
        )
      }
    return Node(kept: [("kind", .string(kind)), ("metadata", meta.node), told])
  }
}
