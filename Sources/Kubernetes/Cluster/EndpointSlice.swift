import Documents
public import Traffic

/// Backends of a Service, by address.
public struct EndpointSlice: Hashable, Sendable {
  /// Name, labels and times.
  public var meta: ObjectMeta
  /// The addresses that answer.
  public var addresses: [Address]
  /// The ports they answer on.
  public var ports: [Port]

  /// A port that the backends answer on.
  public struct Port: Hashable, Sendable {
    /// The name of the Service's port.
    public var name: String?
    /// The backends' number.
    public var number: UInt16
    /// The protocol.
    public var transport: Transport
  }

  /// The Service that the backends belong to.
  public var service: String? { meta.labels[Self.serviceLabel] }

  static let serviceLabel = "kubernetes.io/service-name"
}

extension EndpointSlice {
  init(_ object: Node, meta: ObjectMeta) {
    self.meta = meta
    addresses = (object["endpoints"]?.sequence ?? []).flatMap {
      ($0["addresses"]?.sequence ?? []).compactMap(\.address)
    }
    ports = (object["ports"]?.sequence ?? []).compactMap(Port.init)
  }

  var node: Node {
    Node(kept: [
      ("endpoints", addresses.map { .mapping(["addresses": .sequence([.string($0.description)])]) }.nonEmpty),
      ("kind", .string("EndpointSlice")),
      ("metadata", meta.node),
      ("ports", ports.map(\.node).nonEmpty),
    ])
  }
}

extension EndpointSlice.Port {
  init?(_ node: Node) {
    guard let number = node["port"]?.portNumber, let transport = Node.transport(node["protocol"]) else {
      return nil
    }
    let name = node["name"]?.string
    self.init(name: name?.isEmpty == true ? nil : name, number: number, transport: transport)
  }

  var node: Node {
    Node(kept: [
      ("name", name.map { .string($0) }), ("port", .integer(number)), ("protocol", .string(transport.name)),
    ])
  }
}
