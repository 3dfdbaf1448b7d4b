public import Traffic

/// One end of a connection, as policies see it.
public enum Party: Hashable, Sendable {
  /// A pod, and its address where that is known.
  case pod(PodTraits, address: Address?)
  /// Anything that is known by its address alone: a node, or something outside the cluster.
  case address(Address)

  /// Its address, where that is known.
  public var address: Address? {
    switch self {
    case .pod(_, let address): address
    case .address(let address): address
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

  /// The ports that it declares under a name.
  func ports(named name: String, _ transport: Transport) -> some Sequence<UInt16> {
    (selectable?.ports ?? []).lazy.filter { $0.name == name && $0.transport == transport }.map(\.number)
  }
}
