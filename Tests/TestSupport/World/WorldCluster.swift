public import Traffic

extension MadeWorld {
  /// A machine of the cluster, which records what passes it.
  public struct Node: Sendable {
    /// Its name.
    public let name: String
    /// Its own addresses, IPv4 first.
    public let addresses: [Address]
    /// The blocks of its pods' addresses, IPv4 first.
    let podRanges: [Prefix]
    /// Whether it tells those blocks; the others have no bridge either.
    let tellsRanges: Bool
    /// Whether its pods hang on a bridge, which shows what is routed once more.
    let hasBridge: Bool
    /// Whether a recording shows the overlay's own device beside what leaves the machine.
    let showsTunnel: Bool
    /// Whether it records what passes.
    var isRecorded = true
    /// How much its clock is ahead, in nanoseconds.
    let skew: Int64

    /// What its agent asks its pods from: the bridge, which has the first address of each block, or the machine.
    var bridge: [Address] { tellsRanges ? podRanges.map { Address(bits: $0.base.bits + 1) } : addresses }
    /// The addresses of the overlay's device: the base of each block.
    var tunnel: [Address] { podRanges.map(\.base) }
    /// Every address that is its own: of the machine, of its bridge and of the overlay's device.
    public var everyAddress: [Address] { addresses + (tellsRanges ? bridge + tunnel : []) }
  }

  /// A port that a pod declares.
  public struct Port: Hashable, Sendable {
    /// The name, where it has one.
    public let name: String?
    /// The number.
    public let number: UInt16
    /// The protocol.
    public let transport: Transport
    /// Whether the machine's agent asks there for the pod's health.
    let isProbed: Bool

    init(_ number: UInt16, _ transport: Transport = .tcp, name: String? = nil, isProbed: Bool = false) {
      self.number = number
      self.transport = transport
      self.name = name
      self.isProbed = isProbed
    }
  }

  /// A pod.
  public struct Pod: Sendable {
    /// Its name.
    public let name: String
    /// All its labels.
    public let labels: [String: String]
    /// The ports it declares.
    public let ports: [Port]
    /// The place of its machine.
    let node: Int
    /// The index of its interface on the machine.
    let interface: UInt32
    /// Its addresses, IPv4 first.
    public let addresses: [Address]
    /// When it got them.
    let from: Instant
    /// When it gave them back; nil when it kept them.
    var until: Instant?
    /// Whether anybody tells when it gave them back.
    var tellsEnd = true
    /// The kind and the name of what made it; nil for a bare pod.
    let owner: (kind: String, name: String)?
  }

  /// Something that makes pods, or a bare pod.
  public struct Workload: Sendable {

    /// The namespace.
    public let namespace: String
    /// The kind: that of an unknown owner too, and `Pod` for a bare pod.
    public let kind: String
    /// The name.
    public let name: String
    /// The labels of tomorrow's pods, without those that change with every roll-out.
    public let template: [String: String]
    /// The owner's own selector; nil where it has none that lasts.
    let selector: [String: String]?
    /// The ports that tomorrow's pods declare.
    public let ports: [Port]
    /// Whether its pods live in their machines' network.
    public let usesHostNetwork: Bool
    /// Whether nothing of it is left that could be listed.
    var isGone = false
    /// Its pods.
    public internal(set) var pods: [Pod] = []

    /// How edges call it.
    public var title: String { "\(kind) \(namespace)/\(name)" }
    /// Whether the inventory holds the object itself, and not only its pods.
    var isListed: Bool { kind != "Pod" && kind != Self.strangerKind }

    /// A kind that nobody taught the program.
    static let strangerKind = "GameServerSet"
  }

  /// A Service.
  struct Service: Sendable {
    let namespace: String
    let name: String
    /// Its addresses, IPv4 first; none for a headless one.
    let addresses: [Address]
    /// Addresses of load balancers.
    var balancers: [Address] = []
    let selector: [String: String]
    let ports: [ServicePort]
    /// The place of the workload behind it; nil for the API server's.
    let workload: Int?
    /// Whether it leads guests to pods of the machine that they came in by only.
    var keepsGuests = false
  }

  /// A port of a Service.
  struct ServicePort: Sendable {
    let name: String
    let number: UInt16
    let transport: Transport
    /// The pods' port as the Service says it: a number, or a name in quotes.
    let target: String
    var nodePort: UInt16?
    /// Whether a pod's port is the one behind this.
    func leads(to port: Port) -> Bool {
      port.transport == transport && (target == "\(port.number)" || port.name.map { "\"\($0)\"" } == target)
    }
  }

  /// Everything that stands still in a world.
  struct Cluster: Sendable {
    let nodes: [Node]
    var workloads: [Workload]
    var services: [Service]
    /// How packets travel between machines; nil where they are routed as they are.
    let carrier: Carrier?
    /// Whether what pods ask of other machines shows their own machine's address there.
    let hidesPods: Bool
    /// The same for what they ask through a Service.
    let hidesPodsBehindServices: Bool
    /// Whether the inventory lists what stands between a Deployment and its pods.
    let listsReplicaSets: Bool
    /// Whether machines hide the guests that they let in.
    let hidesGuests: Bool
    /// The place of the workload that answers for names.
    let dns: Int
    /// Where a cache on each machine answers for it.
    let nameCache: Address?
  }
}
