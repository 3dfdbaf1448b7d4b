public import Kubernetes
public import Traffic

/// A pod that runs.
public struct WorldPod: Hashable, Sendable {
  /// The place of its workload among the cluster's.
  public let workload: Int
  /// Its name.
  public let name: String
  /// What policies see of it.
  public let traits: PodTraits
  /// The node that it runs on, by number.
  public let node: Int
  /// Its address.
  public let address: Address

  /// A node's share of the addresses is a /24, and 110 pods is what a node takes by default.
  static let podsOfNode = 110

  init(_ index: Int, of workload: Int, name: String, traits: PodTraits) {
    self.workload = workload
    self.name = name
    self.traits = traits
    node = index / Self.podsOfNode
    address = Address(
      v4: 10 << 24 | UInt32(truncatingIfNeeded: node) << 8
        | UInt32(truncatingIfNeeded: index % Self.podsOfNode + 2))
  }

  /// The pod as policies see it.
  public var party: Party { .pod(traits, address: address) }
}
