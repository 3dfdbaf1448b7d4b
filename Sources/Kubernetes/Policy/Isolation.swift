/// The two ways in which a policy can look at its pods' traffic.
public enum PolicyDirection: String, Hashable, Sendable, CaseIterable {
  /// What reaches the pods.
  case ingress
  /// What the pods ask for.
  case egress

  /// The name as `policyTypes` writes it.
  public var policyType: String {
    switch self {
    case .ingress: "Ingress"
    case .egress: "Egress"
    }
  }
}

extension PolicyDirection: Comparable {
  /// Ingress first, as `policyTypes` has it.
  public static func < (one: PolicyDirection, other: PolicyDirection) -> Bool {
    one == .ingress && other == .egress
  }
}

/// In which directions a policy isolates its pods: there, only what some rule lets through passes.
///
/// A policy that isolates in no direction cannot be stored, so it cannot be said.
public enum Isolation: Hashable, Sendable {
  /// What reaches them.
  case ingress
  /// What they ask for.
  case egress
  /// Both.
  case both

  /// Whether traffic in this direction is isolated.
  public func covers(_ direction: PolicyDirection) -> Bool {
    switch self {
    case .ingress: direction == .ingress
    case .egress: direction == .egress
    case .both: true
    }
  }

  /// The directions, ingress first.
  public var directions: [PolicyDirection] { PolicyDirection.allCases.filter(covers) }
}
