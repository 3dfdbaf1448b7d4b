public import Traffic

extension Verdict {
  /// A remark on an answer that real clusters may not all give.
  public enum Note: Hashable, Sendable {
    /// Both ends are one pod, and no policy stands between a pod and itself.
    case toItself
    /// The source is in its node's network: its own policies have no effect, and others see the node's address.
    case sourceOnHostNetwork
    /// The destination is in its node's network: its own policies have no effect, and others see the node's address.
    case destinationOnHostNetwork
    /// Only a block of addresses lets it through, and the block is asked about a pod.
    case blockOnPod(PolicyDirection)
    /// Only a block of addresses lets it through, and the block is asked about a machine of the cluster.
    case blockOnNode(PolicyDirection)
    /// A block of addresses might let it through, but the pod's address is not known.
    case addressNotKnown(PolicyDirection)
    /// The source is a machine, and a pod's own machine reaches it whatever policies say.
    case sourceIsNode
    /// Over the other family that both ends have, the answer is another.
    case differs(over: Family, isAllowed: Bool)
    /// One end has only addresses of IPv4, and the other only of IPv6.
    case noCommonFamily
    /// One end is known to have no address of the family that was asked about.
    case noAddress(of: Family)
  }
}

extension Verdict.Note: CustomStringConvertible {
  /// The remark in words.
  public var description: String {
    switch self {
    case .toItself: "a pod always reaches itself"
    case .sourceOnHostNetwork:
      "the source is in its node's network, where the effect of policies is not defined"
    case .destinationOnHostNetwork:
      "the destination is in its node's network, where the effect of policies is not defined"
    case .blockOnPod(let direction):
      "allowed for \(direction.rawValue) only by an ipBlock that covers the pod's address; "
        + "network plugins differ on that, Cilium denies it"
    case .blockOnNode(let direction):
      "allowed for \(direction.rawValue) only by an ipBlock that covers the node's address; "
        + "network plugins differ on that, Cilium denies it unless told otherwise"
    case .addressNotKnown(let direction):
      "the \(direction == .ingress ? "source" : "destination")'s address is not known; an ipBlock that covers it "
        + "would allow \(direction.rawValue), where the network plugin matches pods by blocks"
    case .sourceIsNode: "a pod's own node always reaches it, whatever policies say"
    case .differs(let family, let isAllowed):
      "over \(family) it is \(isAllowed ? "allowed" : "denied")"
    case .noCommonFamily: "one end has only IPv4 and the other only IPv6, so nothing passes between them"
    case .noAddress(let family):
      "one end has no \(family) address, so nothing passes between them over \(family)"
    }
  }
}
