public import Kubernetes

/// A set of policies, and where it comes from.
public struct PolicySource: Sendable {
  /// Where it comes from.
  public let kind: Kind
  /// The policies.
  public let policies: [NetworkPolicy]
  /// Why there are none, where that is not what somebody chose.
  public let hindrance: String?
  /// What else one should know of them.
  public let notes: [String]

  /// Where policies come from.
  public enum Kind: Hashable, Sendable {
    /// They were given.
    case given
    /// They would be generated for these namespaces.
    case generated([String])
    /// The inventory has them: they run.
    case running

    /// The name in JSON.
    public var name: String {
      switch self {
      case .given: "given"
      case .generated: "generated"
      case .running: "running"
      }
    }
  }

  /// These policies.
  public init(_ kind: Kind, _ policies: [NetworkPolicy], notes: [String] = []) {
    self.kind = kind
    self.policies = policies
    self.notes = notes
    hindrance = nil
  }

  /// None, for a reason.
  public init(_ kind: Kind, hindrance: String) {
    self.kind = kind
    policies = []
    notes = []
    self.hindrance = hindrance
  }

  /// Whose policies these are, in words.
  public var words: String {
    switch kind {
    case .given: "the policies given"
    case .generated(let namespaces):
      "the policies that would be generated for \(namespaces.map { "`\($0)`" }.joined(separator: " and "))"
    case .running: "the policies in the inventory"
    }
  }
}
