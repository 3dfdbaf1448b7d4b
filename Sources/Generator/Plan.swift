/// The policies of some namespaces, and all that is known of them before they are written.
public struct Plan: Sendable {
  /// The policies, in the order in which they should be applied.
  public let policies: [PlannedPolicy]
  /// What other namespaces lack, for those who look after them; no part of the policies.
  public let companions: [Companion]
  /// Needs that no rule could be written for; with any of them there is nothing to hand out.
  public let obstacles: [Obstacle]
  /// The edges that would be cut because of them.
  public let unwritable: [Edge]
  /// The edges that no rule can be written for and that are cut, because people decided that they may be.
  public let borne: [Edge]
  /// What was proven of the policies.
  public let proof: Proof
  /// How much of what could be reached stays reachable.
  public let exposure: Exposure
  /// How many rules name machines of the cluster by their addresses: network plugins differ on whether that works.
  public let machineRules: Int
  /// What people must know before they apply them.
  public let concerns: [Concern]
}
