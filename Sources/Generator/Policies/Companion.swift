public import Kubernetes

/// A policy that another namespace lacks: what stands there would cut something that is needed here.
///
/// It is for those who look after that namespace. Nothing is ever written among their policies.
public struct Companion: Hashable, Sendable {
  /// The policy.
  public let policy: NetworkPolicy
  /// What would be cut, and by which policies, in words.
  public let needs: [String]

  /// The name of its file.
  public var fileName: String { "companion-\(policy.namespace)-\(policy.name).yaml" }
}
