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
    }
  }
}
