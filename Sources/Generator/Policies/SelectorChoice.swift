public import Kubernetes

/// The labels that pick a workload's pods, today's and tomorrow's, and no others.
public enum SelectorChoice: Hashable, Sendable {
  /// These labels pick exactly its pods among all that are known.
  case exact(LabelSelector)
  /// The best labels there are also pick pods of these other workloads.
  case shared(LabelSelector, with: [WorkloadID])
  /// It has no label that outlives a roll-out.
  case none

  /// The selector, where it is exact.
  public var selector: LabelSelector? {
    if case .exact(let selector) = self { selector } else { nil }
  }
}
