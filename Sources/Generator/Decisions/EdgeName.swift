import Kubernetes
public import Traffic

/// What people call an edge in a review file: enough to tell it from others, and the same from one run to the next.
public struct EdgeName: Hashable, Sendable {
  /// The end that asks.
  public let client: String
  /// The end that is asked.
  public let server: String
  /// The server's own port.
  public let port: UInt16
  /// The transport protocol.
  public let transport: Transport
  /// Whether anybody can tell which end asked.
  public let isDirected: Bool

  /// The edge between ends that are called so.
  public init(client: String, server: String, port: UInt16, transport: Transport, isDirected: Bool) {
    self.client = client
    self.server = server
    self.port = port
    self.transport = transport
    self.isDirected = isDirected
  }

  /// The name of an edge.
  public init(_ edge: Edge) {
    self.init(
      client: edge.client.fullName, server: edge.server.fullName, port: edge.port,
      transport: edge.transport, isDirected: edge.key.isDirected)
  }
}

extension EdgeName: Comparable {
  /// By client, server, transport and port.
  public static func < (one: EdgeName, other: EdgeName) -> Bool {
    if one.client != other.client { return one.client < other.client }
    if one.server != other.server { return one.server < other.server }
    if one.transport != other.transport { return one.transport < other.transport }
    if one.port != other.port { return one.port < other.port }
    return one.isDirected && !other.isDirected
  }
}

extension EdgeName: CustomStringConvertible {
  /// Both ends, the port and the protocol.
  public var description: String { "\(client) → \(server) \(port)/\(transport)" }
}

extension End {
  /// The kind and the name, and of what is no workload the address, so that no two ends that differ for long are alike.
  ///
  /// Of an address that nobody can be named for the doubt may be another tomorrow, and the address is the same.
  var fullName: String {
    switch self {
    case .workload(let id): "\(id.kind) \(id)"
    case .service(let name, let address): "Service \(name) \(address)"
    case .node(let name, let address): "Node \(name) \(address)"
    case .apiServer(let address): "API server \(address)"
    case .external(let address), .ambiguous(let address, _), .unknown(let address, _): "address \(address)"
    }
  }
}
