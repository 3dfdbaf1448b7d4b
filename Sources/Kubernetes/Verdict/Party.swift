public import Traffic

/// One end of a connection, as policies see it.
public enum Party: Hashable, Sendable {
  /// A pod, and its addresses as far as they are known.
  case pod(PodTraits, addresses: PodAddresses)
  /// A machine of the cluster, by the address that it shows.
  case node(Address)
  /// Anything else that is known by its address alone: something outside the cluster.
  case address(Address)

  /// A pod, and its one address where that is known.
  public static func pod(_ traits: PodTraits, address: Address?) -> Party {
    .pod(traits, addresses: PodAddresses(address))
  }

  /// Its addresses, as far as they are known.
  public var addresses: PodAddresses {
    switch self {
    case .pod(_, let addresses): addresses
    case .node(let address), .address(let address): PodAddresses(address)
    }
  }

  /// The traits of a pod that selectors can pick.
  ///
  /// A pod in its node's network shows the node's address; no selector sees it and no policy reaches it.
  public var selectable: PodTraits? {
    guard case .pod(let traits, _) = self, !traits.usesHostNetwork else { return nil }
    return traits
  }

  /// Whether it is a pod in its node's network.
  var isOnHostNetwork: Bool {
    if case .pod(let traits, _) = self { traits.usesHostNetwork } else { false }
  }

  /// Whether what others see of it is a machine's address.
  var showsNode: Bool {
    if case .node = self { true } else { isOnHostNetwork }
  }

  /// The ports that it declares under a name.
  func ports(named name: String, _ transport: Transport) -> some Sequence<UInt16> {
    (selectable?.ports ?? []).lazy.filter { $0.name == name && $0.transport == transport }.map(\.number)
  }
}

extension Pod {
  /// The pod as policies see it; nil for one that is over, because its addresses may be others' by now.
  public var party: Party? { isOver ? nil : .pod(traits, addresses: PodAddresses(addresses)) }
}
