public import Generator
public import Kubernetes
import Traffic

/// An edge in a review file: what is known of it, and what people say to it.
public struct ReviewEntry: Hashable, Sendable {
  /// Which edge it is.
  public let edge: EdgeName
  /// What is known of it.
  public internal(set) var shown: Shown
  /// What people say to it.
  public internal(set) var said: Said
  /// What stands beside it as comments, each from its number sign on.
  public internal(set) var comments: [String] = []
  /// Where it was read; nil where it was not.
  public var origin: Origin?

  /// What is known of an edge, in words that are the same tomorrow.
  public struct Shown: Hashable, Sendable {
    let bin: String
    let finding: String
    let tier: String
    let names: [String]
  }

  /// What people say to an edge.
  public struct Said: Hashable, Sendable {
    /// What they decided; nil where that is open.
    public var answer: Decision.Answer?
    /// Who decided it.
    public var owner: String?
    /// Why.
    public var reason: String?
    /// The last day on which it holds.
    public var expires: Day?

    /// Nothing yet.
    static let nothing = Said()
  }
}

// What it can tell.
extension ReviewEntry {
  /// Whether people wrote anything to it, which must not be lost.
  var isFilledIn: Bool { said != .nothing || !comments.isEmpty }
}

extension ReviewEntry.Shown {
  /// What is known of an edge that is kept out, or that no rule can be written for.
  init(_ edge: Edge) {
    // Names that rotate would move the file every day; the first few tell which one it is.
    let names = Array(edge.evidence.names.sorted().prefix(5))
    self.init(
      bin: (edge.overruled == nil ? edge.bin : .quarantined).rawValue,
      finding: edge.lastingReason ?? Self.lack(edge), tier: edge.tier.name, names: names)
  }

  /// Why no rule can be written for a need.
  private static func lack(_ edge: Edge) -> String {
    if case .service = edge.server { return "nobody knows the pods behind the Service" }
    return "no label tells the pods of one end from others"
  }
}
