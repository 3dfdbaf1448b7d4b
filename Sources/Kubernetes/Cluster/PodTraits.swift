public import Traffic

/// Labels by name, as Kubernetes keeps them.
public typealias Labels = [String: String]

/// All that a NetworkPolicy can see of a pod; pods with equal traits are treated alike.
public struct PodTraits: Hashable, Sendable {
  /// The pod's namespace.
  public let namespace: String
  /// The pod's labels.
  public let labels: Labels
  /// The ports its containers declare.
  public let ports: [ContainerPort]
  /// Whether it lives in its node's network, where no policy reaches it.
  public let usesHostNetwork: Bool

  /// A pod as a policy sees it.
  public init(namespace: String, labels: Labels, ports: [ContainerPort] = [], usesHostNetwork: Bool = false) {
    self.namespace = namespace
    self.labels = labels
    self.ports = ports
    self.usesHostNetwork = usesHostNetwork
  }
}

/// A port that a container declares.
public struct ContainerPort: Hashable, Sendable {
  /// The name that policies and Services may use for it.
  public let name: String?
  /// The number.
  public let number: UInt16
  /// The protocol.
  public let transport: Transport

  /// A declared port.
  public init(name: String? = nil, number: UInt16, transport: Transport = .tcp) {
    self.name = name
    self.number = number
    self.transport = transport
  }
}
