public import Traffic

/// The other end that a rule lets through.
///
/// "Pods of these namespaces" (one element with both selectors) and "these pods, or those namespaces" (two elements)
/// look almost alike in YAML; here they are different cases.
public enum Peer: Hashable, Sendable {
  /// Pods of the policy's own namespace.
  case pods(LabelSelector)
  /// Every pod of these namespaces.
  case namespaces(LabelSelector)
  /// Those pods of these namespaces that match both.
  case podsIn(namespaces: LabelSelector, pods: LabelSelector)
  /// Addresses of a block, but for those in the blocks cut out of it.
  case block(Prefix, except: [Prefix])
}

/// Whom a rule lets through.
public enum Peers: Hashable, Sendable {
  /// Everybody, addresses outside the cluster included; an absent or empty list in a manifest.
  case anyone
  /// These and no others.
  case only(OneOrMore<Peer>)

  /// These peers and no others.
  public static func only(_ first: Peer, _ more: Peer...) -> Peers {
    .only(OneOrMore(first, then: more))
  }
}

extension Peer: CustomStringConvertible {
  /// Its selectors or its block, in words.
  public var description: String {
    switch self {
    case .pods(let pods): "pods \(pods)"
    case .namespaces(let namespaces): "namespaces \(namespaces)"
    case .podsIn(let namespaces, let pods): "pods \(pods) in namespaces \(namespaces)"
    case .block(let prefix, let except) where except.isEmpty: "\(prefix)"
    case .block(let prefix, let except):
      "\(prefix) except \(except.map(\.description).joined(separator: ", "))"
    }
  }
}

extension Peers: CustomStringConvertible {
  /// The peers with semicolons between, or `anyone`.
  public var description: String {
    switch self {
    case .anyone: "anyone"
    case .only(let peers): peers.map(\.description).joined(separator: "; ")
    }
  }
}
