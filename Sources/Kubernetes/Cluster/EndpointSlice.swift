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
  public var service: String? { meta.labels["kubernetes.io/service-name"] }
}

extension EndpointSlice {
  init(_ object: Node, meta: ObjectMeta) {
    self.meta = meta
    addresses = (object["endpoints"]?.sequence ?? []).flatMap {
      ($0["addresses"]?.sequence ?? []).compactMap(\.address)
    }
    ports = (object["ports"]?.sequence ?? []).compactMap { port in
      guard let number = port["port"]?.portNumber, let transport = Node.transport(port["protocol"]) else {
        return nil
      }
      let name = port["name"]?.string
      return Port(name: name?.isEmpty == true ? nil : name, number: number, transport: transport)
    }
  }

  var node: Node {
    Node(kept: [
      ("endpoints", addresses.map { .mapping(["addresses": .sequence([.string($0.description)])]) }.nonEmpty),
      ("kind", .string("EndpointSlice")),
      ("metadata", meta.node),
      (
        "ports",
        ports.map {
          Node(kept: [
            ("name", $0.name.map { .string($0) }), ("port", .integer($0.number)),
            ("protocol", .string($0.transport.name)),
          ])
        }.nonEmpty
      ),
    ])
  }
}
