import Traffic

/// One connection or exchange: who, whom, what was dialled, and what both said.
struct Talk {
  let start: Instant
  let client: Spot
  let server: Spot
  /// The client's own end.
  let own: Socket
  /// What it dialled.
  let dialled: Socket
  /// The server's own end.
  let real: Socket
  /// The port that a machine puts in the place of the client's, where it hides the client.
  let hiddenPort: UInt16
  let steps: [Step]
  /// Whether recorders keep all of it, as they do with DNS.
  let isWhole: Bool
  /// How many conversations it counts as.
  let conversations: Int
  /// Whether no machine puts its own address in the place of a guest's.
  var keepsAddress = false
  /// On how many edges it counts: a guest who is handed on is also the machine that does it.
  var edges = 1

  /// Where an end stands.
  enum Spot: Hashable {
    /// A pod, behind this interface of this machine.
    case pod(node: Int, interface: UInt32)
    /// A machine itself.
    case node(Int)
    /// Somewhere outside; what comes from there comes in at this machine.
    case outside(by: Int)

    /// The machine that it is on, or comes in by.
    var node: Int {
      switch self {
      case .pod(let node, _), .node(let node), .outside(let node): node
      }
    }
  }

  /// One packet, before any path shows it.
  struct Step {
    enum Packet {
      case plain(Dialogue.Packet)
      case association(SCTPPacket)
    }

    let isFromClient: Bool
    let packet: Packet
    /// The wait before it, beyond the path's latency, in nanoseconds.
    var pause: Int64 = 0
  }

  /// What one interface shows of it.
  struct View {
    let node: Int
    let interface: UInt32
    /// Whether what the client sends goes out here; what the server sends then comes in.
    let isOutward: Bool
    let client: Socket
    let server: Socket
    /// The routers that what the client sends has passed.
    let hops: UInt8
    /// The machines between which it is carried in other packets here.
    var carried: (from: Int, to: Int)?
  }
}

// How a talk passes the machines.
extension Talk {
  private static let uplink: UInt32 = 2
  private static let bridge: UInt32 = 3
  private static let tunnel: UInt32 = 4

  /// The views in the order in which what the client sends passes them.
  func views(in cluster: MadeWorld.Cluster) -> [View] {
    var views: [View] = []
    var shown = own
    var asked = dialled
    var hops: UInt8 = 0
    func show(_ node: Int, _ interface: UInt32, isOutward: Bool, carried: (from: Int, to: Int)? = nil) {
      views.append(
        View(
          node: node, interface: interface, isOutward: isOutward, client: shown, server: asked, hops: hops,
          carried: carried))
    }
    let here = client.node
    let there = server.node
    let isNextDoor = isBetweenPods && here == there && dialled == real && cluster.nodes[here].hasBridge
    switch client {
    case .pod(_, let interface):
      show(here, interface, isOutward: false)
      // A bridge hands frames of neighbours on, and shows them nowhere else.
      if cluster.nodes[here].hasBridge, !isNextDoor { show(here, Self.bridge, isOutward: false) }
      if !isNextDoor { hops += 1 }
      asked = isTakenOff ? dialled : real
    case .node: asked = real
    case .outside:
      hops = 11
      show(here, Self.uplink, isOutward: false)
      guard case .pod = server else { return views }
      hops += 1
      asked = real
      if crosses || cluster.hidesGuests, !keepsAddress {
        shown = Socket(handing(to: there, in: cluster), hiddenPort)
      }
    }
    // A pod that reaches itself must not see its own address there.
    if client == server { shown = Socket(bridge(of: here, in: cluster), hiddenPort) }
    if isTakenOff { return views }
    if crosses {
      if hides(in: cluster) { shown = Socket(address(of: here, in: cluster), hiddenPort) }
      let isCarried = isBetweenPodRanges && cluster.carrier != nil
      let carried = isCarried ? (from: here, to: there) : nil
      if isCarried, cluster.nodes[here].showsTunnel { show(here, Self.tunnel, isOutward: true) }
      show(here, Self.uplink, isOutward: true, carried: carried)
      if case .outside = server { return views }
      show(there, Self.uplink, isOutward: false, carried: carried)
      if isCarried, cluster.nodes[there].showsTunnel { show(there, Self.tunnel, isOutward: false) }
      hops += 1
    }
    if case .pod(_, let interface) = server {
      if cluster.nodes[there].hasBridge, !isNextDoor { show(there, Self.bridge, isOutward: true) }
      show(there, interface, isOutward: true)
    }
    return views
  }

  private var isBetweenPods: Bool {
    if case .pod = client, case .pod = server { true } else { false }
  }

  /// Whether the client's own machine is asked: what a pod sends it shows on no further interface.
  private var isTakenOff: Bool {
    if case .pod = client, case .node(let node) = server { node == client.node } else { false }
  }

  /// Whether it leaves the client's machine.
  private var crosses: Bool {
    if case .outside(let entry) = client, case .pod(let node, _) = server { return entry != node }
    if case .outside = client { return false }
    if case .outside = server { return true }
    return client.node != server.node
  }

  /// Whether an overlay carries it: to or from pods, and never from one machine's own network to another's.
  private var isBetweenPodRanges: Bool {
    if case .pod = server { true } else { false }
  }

  private func hides(in cluster: MadeWorld.Cluster) -> Bool {
    guard case .pod = client else { return false }
    switch server {
    case .pod: return false
    case .node: return dialled == real ? cluster.hidesPods : cluster.hidesPodsBehindServices
    case .outside: return true
    }
  }

  /// What the machine that a guest came in by shows a pod of another machine in the place of him.
  func handing(to other: Int, in cluster: MadeWorld.Cluster) -> Address {
    let here = client.node
    guard cluster.carrier != nil, here != other else { return address(of: here, in: cluster) }
    return cluster.nodes[here].tunnel.first { $0.isV4 == own.address.isV4 } ?? address(of: here, in: cluster)
  }

  private func bridge(of node: Int, in cluster: MadeWorld.Cluster) -> Address {
    let addresses = cluster.nodes[node].bridge
    return addresses.first { $0.isV4 == own.address.isV4 } ?? addresses[0]
  }

  private func address(of node: Int, in cluster: MadeWorld.Cluster) -> Address {
    let addresses = cluster.nodes[node].addresses
    return addresses.first { $0.isV4 == own.address.isV4 } ?? addresses[0]
  }
}
