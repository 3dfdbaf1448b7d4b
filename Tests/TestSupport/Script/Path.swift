import Traffic

/// Where the packets of one conversation show up on the recording node, from the client's side to the server's.
struct Path {
  /// One interface's view: the ends as it sees them.
  struct View {
    let interface: UInt32
    /// Whether what the client sends goes out here; what the server sends then comes in.
    let isOutward: Bool
    let client: Socket
    let server: Socket
    /// The hardware addresses on this link, at the client's side and at the server's.
    let near: HardwareAddress
    let far: HardwareAddress
    /// The node that a packet is wrapped for here, or comes wrapped from; nil where it travels bare.
    var wrappedFor: Address?
    /// Routers passed on the way here.
    var hopsFromClient: UInt8 = 0
    var hopsFromServer: UInt8 = 0
  }

  private(set) var views: [View] = []
  /// The time that a packet takes from one end to the other, in nanoseconds.
  let latency: Int64

  /// The path from a client to a server, of which the client saw what it dialled; nil when nothing passes this node.
  init?(
    from client: Party, at clientPort: UInt16, to server: Party, at serverPort: UInt16, dialled asked: Socket,
    masqueradedAs hiddenPort: UInt16, on node: RecordingNode
  ) {
    let real = Socket(server.address, serverPort)
    let own = Socket(client.address, clientPort)
    // The client's own node translates, so that only a client here and one outside the cluster show what they dialled.
    let isBridged = asked == real || client.place == .host
    let afar: Int64 = client.place == .outside || server.place == .outside ? 6_000_000 : 150_000
    latency = client.isHere && server.isHere ? 40_000 : afar

    switch client.place {
    case .pod(let interface):
      let far = isBridged && server.isPodHere ? server.hardware : node.gatewayHardware
      views.append(
        View(
          interface: interface, isOutward: false, client: own, server: asked, near: client.hardware, far: far)
      )
    case .host:
      views.append(
        View(
          interface: RecordingNode.bridge, isOutward: true, client: own, server: real,
          near: node.gatewayHardware, far: server.hardware))
    case .elsewhere, .outside:
      let arriving = View(
        interface: RecordingNode.uplink, isOutward: false, client: own,
        server: client.place == .outside ? asked : real, near: client.hardware, far: node.hardware)
      views += Self.wrapped(arriving, from: client, on: node)
    }

    switch server.place {
    case .pod(let interface):
      let near = isBridged && client.isPodHere ? client.hardware : node.gatewayHardware
      views.append(
        View(
          interface: interface, isOutward: true, client: own, server: real, near: near, far: server.hardware))
    case .host:
      // The node takes it off the first interface; the translated packet shows on none.
      guard client.isPodHere else { return nil }
    case .elsewhere, .outside:
      guard client.isPodHere else { return nil }
      let shown =
        server.place == .outside ? Socket(node.address(like: client.address), hiddenPort) : own
      let leaving = View(
        interface: RecordingNode.uplink, isOutward: true, client: shown, server: real, near: node.hardware,
        far: server.hardware)
      views += Self.wrapped(leaving, from: server, on: node).reversed()
    }
    let isRouted = !(isBridged && client.isHere && server.isHere)
    for index in views.indices {
      let passed = isRouted ? UInt8(index) : 0
      let ahead = isRouted ? UInt8(views.count - 1 - index) : 0
      views[index].hopsFromClient = client.hopsAway + passed
      views[index].hopsFromServer = server.hopsAway + ahead
    }
  }

  /// What is seen of a packet between this node and a party on another: where the network is an overlay, wrapped on the
  /// node's own interface and bare on the overlay's.
  private static func wrapped(_ view: View, from party: Party, on node: RecordingNode) -> [View] {
    guard node.carrier != nil, let home = party.home else { return [view] }
    var wrapped = view
    wrapped.wrappedFor = home
    let bare = View(
      interface: RecordingNode.tunnel, isOutward: view.isOutward, client: view.client, server: view.server,
      near: view.near, far: view.far)
    return [wrapped, bare]
  }
}

/// One end of a conversation as the recording node stands to it.
struct Party {
  enum Place: Hashable {
    /// A pod here, behind this interface.
    case pod(interface: UInt32)
    /// The recording node itself.
    case host
    /// A pod, or an address of a pod range, on another node.
    case elsewhere
    /// Beyond the nodes and their pods.
    case outside
  }

  let address: Address
  let place: Place
  /// The next hardware address on the way to it.
  let hardware: HardwareAddress
  /// The address of its node, where that is another one than the recording node.
  var home: Address?

  var isPodHere: Bool {
    if case .pod = place { return true }
    return false
  }

  var isHere: Bool { isPodHere || place == .host }

  /// Routers between it and the recording node.
  var hopsAway: UInt8 {
    switch place {
    case .pod, .host: 0
    case .elsewhere: 1
    case .outside: 11
    }
  }
}
