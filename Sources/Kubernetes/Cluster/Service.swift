import Documents
public import Traffic

/// A Service: addresses that stand for pods, and the ports behind them.
public struct Service: Hashable, Sendable {
  /// Name, labels and times.
  public var meta: ObjectMeta
  /// The labels of its backends; empty where something else names them.
  public var selector: Labels
  /// Its addresses from the cluster's own range of Services.
  public var clusterAddresses: [Address]
  /// Its other addresses, of load balancers and from outside, which may be a machine's too.
  public var otherAddresses: [Address]
  /// Its ports.
  public var ports: [ServicePort]
  /// The name in DNS that it stands for, where it stands for something else than addresses.
  public var externalName: String?
  /// The names in DNS of its load balancers, of those that have one.
  public var balancerNames: [String] = []
  /// Whether a machine leads guests to its own pods only, so that they keep their addresses.
  public var keepsGuests = false
  /// The moment of the first list that told it so, of those that show theirs.
  public var toldSince: Instant?
  /// What it meant before it was changed, by version: the selector and the ports of then.
  public var past: [Service] = []

  /// Every address that is folded into the backends.
  public var addresses: [Address] { clusterAddresses + otherAddresses }

  /// The Service's name with its namespace.
  public var name: String { "\(meta.namespace)/\(meta.name)" }

  /// Whether any machine hands guests on to any pod behind a port, and puts its own address in the place of theirs.
  public func handsOn(_ port: ServicePort) -> Bool {
    meta.deleted == nil && !keepsGuests && (port.nodePort != nil || !otherAddresses.isEmpty)
  }

  /// Whether a pod is behind it: one of its namespace that its selector asks for; without a selector it asks for none.
  public func picks(_ pod: PodTraits) -> Bool {
    !selector.isEmpty && pod.namespace == meta.namespace
      && selector.allSatisfy { pod.labels[$0.key] == $0.value }
  }
}

/// A port of a Service.
public struct ServicePort: Hashable, Sendable {
  /// The name, where there are several.
  public var name: String?
  /// The port that clients dial.
  public var port: UInt16
  /// The pods' port behind it.
  public var target: Target
  /// The protocol.
  public var transport: Transport
  /// The port on every node that leads to the same pods.
  public var nodePort: UInt16?

  /// How the pods' port is told.
  public enum Target: Hashable, Sendable {
    /// By number.
    case number(UInt16)
    /// By the name that each pod gives it; the number may differ from pod to pod.
    case name(String)

    /// The number on a pod with these ports; nil where the pod knows no such name.
    public func number(on ports: [ContainerPort], transport: Transport) -> UInt16? {
      switch self {
      case .number(let number): number
      case .name(let name): ports.first { $0.name == name && $0.transport == transport }?.number
      }
    }
  }
}

extension Service {
  init(_ object: Node, meta: ObjectMeta) {
    let spec = object["spec"]
    self.meta = meta
    selector = spec?["selector"]?.labels ?? [:]
    let cluster = spec?["clusterIPs"]?.sequence ?? [spec?["clusterIP"]].compactMap(\.self)
    let external = spec?["externalIPs"]?.sequence ?? []
    let balancers = object[["status", "loadBalancer", "ingress"]]?.sequence ?? []
    let balanced = balancers.compactMap { $0["ip"] }
    // `None` of a headless Service is no address and falls away here.
    clusterAddresses = cluster.compactMap(\.address)
    otherAddresses = (external + balanced).compactMap(\.address)
    ports = (spec?["ports"]?.sequence ?? []).compactMap { ServicePort($0) }
    externalName = spec?["externalName"]?.string.flatMap(Self.dnsName)
    keepsGuests = spec?["externalTrafficPolicy"]?.string == Self.local
    balancerNames = balancers.compactMap { $0["hostname"]?.string.flatMap(Self.dnsName) }
  }

  private static let local = "Local"

  /// A text that is a name in DNS; nil for others.
  private static func dnsName(_ text: String) -> String? {
    let name = text.lowercased()
    let bare = name.hasSuffix(".") ? String(name.dropLast()) : name
    return Syntax.subdomain(bare).isEmpty ? bare : nil
  }

  var node: Node {
    let names = balancerNames.map { Node.mapping(["hostname": .string($0)]) }.nonEmpty
    let balanced = names.map { Node.mapping(["loadBalancer": .mapping(["ingress": $0])]) }
    return Node(kept: [
      ("kind", .string("Service")),
      ("metadata", meta.node),
      (
        "spec",
        Node(kept: [
          ("clusterIPs", clusterAddresses.map { .string($0.description) }.nonEmpty),
          ("externalIPs", otherAddresses.map { .string($0.description) }.nonEmpty),
          ("externalName", externalName.map { .string($0) }),
          ("externalTrafficPolicy", keepsGuests ? .string(Self.local) : nil),
          ("ports", ports.map(\.node).nonEmpty),
          ("selector", selector.isEmpty ? nil : Node(labels: selector)),
        ])
      ),
      ("status", balanced),
    ])
  }
}

extension ServicePort {
  init?(_ node: Node) {
    guard let port = node["port"]?.portNumber, let transport = Node.transport(node["protocol"]) else {
      return nil
    }
    self.port = port
    self.transport = transport
    name = node["name"]?.string
    nodePort = node["nodePort"]?.portNumber
    // Where no target is said it is the port itself.
    target =
      node["targetPort"]?.string.map { .name($0) } ?? .number(node["targetPort"]?.portNumber ?? port)
  }

  var node: Node {
    let written: Node =
      switch target {
      case .number(let number): .integer(number)
      case .name(let name): .string(name)
      }
    return Node(kept: [
      ("name", name.map { .string($0) }), ("nodePort", nodePort.map { .integer($0) }),
      ("port", .integer(port)), ("protocol", .string(transport.name)), ("targetPort", written),
    ])
  }
}
