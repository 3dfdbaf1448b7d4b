import Traffic

/// One direction of a connection: the end whose policies decide, and the end they look at.
struct Crossing {
  let direction: PolicyDirection
  let subject: Standing
  let peer: Standing
  /// The family that is asked about; nil for the one that the ends would take by themselves.
  private let family: Family?

  init(
    _ direction: PolicyDirection, from source: Standing, to destination: Standing, over family: Family? = nil
  ) {
    self.direction = direction
    self.family = family
    switch direction {
    case .ingress: (subject, peer) = (destination, source)
    case .egress: (subject, peer) = (source, destination)
    }
  }

  /// Numbers and names of ports are always those of the end that is asked.
  private var destination: Party {
    switch direction {
    case .ingress: subject.party
    case .egress: peer.party
    }
  }

  /// The address that the peer shows on this connection.
  ///
  /// Where the ends have no family in common there can be no connection, and its preferred address stands for it.
  var peerAddress: Address? {
    let addresses = peer.party.addresses
    if let family { return addresses[family] }
    let common =
      switch direction {
      case .ingress: peer.party.family(to: subject.party)
      case .egress: subject.party.family(to: peer.party)
      }
    return common.map { addresses[$0] } ?? addresses.primary
  }

  /// Whether nothing is known of the peer's addresses, so that no block can be asked about it.
  var lacksAddress: Bool { peer.party.addresses.isEmpty }

  /// How a rule's peers see the peer.
  enum Match: Comparable {
    case none
    /// Only through a block of addresses, although the peer is of the cluster; network plugins differ there.
    case insiderByBlock
    case full
  }

  func match(_ peers: Peers, in namespace: String) -> Match {
    guard case .only(let peers) = peers else { return .full }
    var best = Match.none
    for peer in peers {
      best = max(best, match(peer, in: namespace))
      if best == .full { break }
    }
    return best
  }

  /// How one peer of a rule sees the peer.
  func match(_ wanted: Peer, in namespace: String) -> Match {
    if case .block(let prefix, let except) = wanted {
      guard let address = peerAddress, prefix.contains(address),
        !except.contains(where: { $0.contains(address) })
      else { return .none }
      if case .address = peer.party { return .full }
      return .insiderByBlock
    }
    guard let pod = peer.pod else { return .none }
    let isChosen =
      switch wanted {
      case .pods(let pods): pod.namespace == namespace && pods.matches(pod.labels)
      case .namespaces(let namespaces): namespaces.matches(peer.namespaceLabels)
      case .podsIn(let namespaces, let pods):
        namespaces.matches(peer.namespaceLabels) && pods.matches(pod.labels)
      case .block: false
      }
    return isChosen ? .full : .none
  }

  /// Whether a rule's ports hold one port of the destination.
  func covers(_ ports: Ports, _ port: UInt16, _ transport: Transport) -> Bool {
    guard case .only(let ports) = ports else { return true }
    return ports.contains { covers($0, port, transport) }
  }

  /// Whether one of a rule's ports is, or holds, a port of the destination.
  func covers(_ wanted: PolicyPort, _ port: UInt16, _ transport: Transport) -> Bool {
    switch wanted {
    case .all(transport): true
    case .range(transport, let range): range.contains(port)
    case .named(transport, let name): destination.ports(named: name, transport).contains(port)
    case .all, .range, .named: false
    }
  }

  /// All ports of the destination that a rule's ports hold.
  func resolve(_ ports: Ports) -> PortSet {
    guard case .only(let ports) = ports else { return .all }
    return PortSet(
      ports.flatMap { wanted -> [(Transport, PortRange)] in
        switch wanted {
        case .all(let transport): [(transport, .whole)]
        case .range(let transport, let range): [(transport, range)]
        case .named(let transport, let name):
          destination.ports(named: name, transport).compactMap { PortRange($0) }.map { (transport, $0) }
        }
      })
  }
}
