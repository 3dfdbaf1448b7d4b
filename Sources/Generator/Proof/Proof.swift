public import Kubernetes

/// What is known for certain of a set of policies before a byte of them is written.
public struct Proof: Hashable, Sendable {
  /// How many needed edges pass, for today's pods and for tomorrow's replicas.
  public var passing = 0
  /// Needed edges that no policy rules: a machine and its own pods.
  public var exempt = 0
  /// How many quarantined edges stay closed.
  public var closed = 0
  /// Quarantined edges that a broad or baseline rule lets through, or one that is another workload's as well.
  public var openByDesign: [Edge] = []
  /// How many quarantined edges are on a side that is left open, so that they are as they were.
  public var leftOpen = 0
  /// How many rules are needed by some edge, each for itself.
  public var neededRules = 0
  /// How many rules are there by design, whether or not an edge was seen.
  public var baselineRules = 0
  /// Needed edges that pass only where a block of addresses holds machines of the cluster.
  public var byMachineBlock: [Edge] = []
  /// Needed edges that are cut because addresses outside were not to be written.
  public var cutByChoice: [Edge] = []
  /// What does not hold.
  public var failures: [Failure] = []

  /// Whether everything holds.
  public var holds: Bool { failures.isEmpty }

  /// Something that does not hold.
  public enum Failure: Hashable, Sendable {
    /// A needed edge would be cut.
    case cut(Edge, verdict: Verdict)
    /// Nobody knows what one of a needed edge's ends looks like, so nothing can be said of it.
    case faceless(Edge)
    /// A quarantined edge would be opened by exactly these rules.
    case opened(Edge, by: [Citation])
    /// No edge needs this rule, or this part of it.
    case needless(policy: String, direction: PolicyDirection, rule: Int, part: String?)
    /// Two policies have one name: only one of them would be left.
    case sameName(policy: String)
    /// What was written does not read back as what was meant.
    case unfaithful(policy: String)

    /// The words for people.
    public var message: String {
      switch self {
      case .cut(let edge, _):
        "`\(edge.client)` needs `\(edge.server)` on \(edge.port)/\(edge.transport), and the policies would cut it"
      case .faceless(let edge):
        "nobody knows what `\(edge.client)` and `\(edge.server)` look like to a policy"
      case .opened(let edge, let citations):
        "`\(edge.client)` to `\(edge.server)` on \(edge.port)/\(edge.transport) is quarantined, and \(citations.map(\.description).joined(separator: ", ")) would open it"
      case .needless(let policy, let direction, let rule, let part):
        "\(part.map { "\($0) in " } ?? "")\(direction.rawValue) rule \(rule) of `\(policy)` is needed by nothing that was seen"
      case .sameName(let policy):
        "two policies are called `\(policy)`"
      case .unfaithful(let policy):
        "the manifest of `\(policy)` does not read back as the policy that was meant"
      }
    }
  }
}
