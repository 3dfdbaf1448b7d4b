public import Traffic

/// Ports that a rule lets through, always the pod's own and never the Service's.
public enum PolicyPort: Hashable, Sendable {
  /// Every port of a protocol.
  case all(Transport)
  /// Ports by number.
  case range(Transport, PortRange)
  /// The ports that the destination pod's containers declare under this name, for this protocol.
  case named(Transport, String)

  /// The protocol.
  public var transport: Transport {
    switch self {
    case .all(let transport), .range(let transport, _), .named(let transport, _): transport
    }
  }
}

/// Which ports a rule lets through.
public enum Ports: Hashable, Sendable {
  /// Every port of every protocol; an absent or empty list in a manifest.
  case every
  /// These and no others.
  case only(OneOrMore<PolicyPort>)

  /// These ports and no others.
  public static func only(_ first: PolicyPort, _ more: PolicyPort...) -> Ports {
    .only(OneOrMore(first, then: more))
  }
}

extension PolicyPort: CustomStringConvertible {
  /// The protocol, a slash, and the number, the range, the name or `all`.
  public var description: String {
    switch self {
    case .all(let transport): "\(transport)/all"
    case .range(let transport, let range): "\(transport)/\(range)"
    case .named(let transport, let name): "\(transport)/\(name)"
    }
  }
}

extension PolicyPort: Comparable {
  /// By protocol; within one all ports first, then numbers, then names.
  public static func < (one: PolicyPort, other: PolicyPort) -> Bool {
    if one.transport != other.transport { return one.transport < other.transport }
    switch (one, other) {
    case (.all, _): return other != one
    case (_, .all): return false
    case (.range(_, let mine), .range(_, let theirs)): return mine < theirs
    case (.range, .named): return true
    case (.named, .range): return false
    case (.named(_, let mine), .named(_, let theirs)): return mine < theirs
    }
  }
}

extension Ports: CustomStringConvertible {
  /// The ports with commas between, or `all`.
  public var description: String {
    switch self {
    case .every: "all"
    case .only(let ports): ports.map(\.description).joined(separator: ", ")
    }
  }
}
