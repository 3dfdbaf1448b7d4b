public import Kubernetes

/// One way in which an end shows itself to policies.
public struct Look: Hashable, Sendable {
  /// What policies see.
  public let party: Party
  /// Whose look it is.
  public let age: Age
  /// Whether its labels were told; who has only a table of addresses knows none, which is not to have none.
  let areLabelsKnown: Bool

  /// Who looks so.
  public enum Age: Hashable, Sendable {
    /// Somebody who is there.
    case today
    /// A pod that may come.
    case tomorrow
    /// A pod that is gone, by its place in the inventory.
    case past(Int)
  }

  /// The look of somebody.
  init(_ party: Party, _ age: Age = .today, areLabelsKnown: Bool = true) {
    self.party = party
    self.age = age
    self.areLabelsKnown = areLabelsKnown
  }
}
