import Generator
public import Kubernetes

/// How far recorded edges need a rule.
public struct RuleUse: Sendable {
  /// The rule.
  public let citation: Citation
  /// What it says.
  public let rule: Rule
  /// Whether its policy isolates in its direction; else it means nothing.
  public let hasEffect: Bool
  /// What it waits for where nothing recorded needs it, and what each of its peers does; nil where nobody knows.
  let standby: Standby?
  let peerStandbys: [Standby?]
  /// The needed edges that it lets through on its side, whatever the other side says.
  public internal(set) var needed = Amount()
  /// The quarantined edges that it lets through on its side.
  public internal(set) var quarantined = Amount()
  /// Whether it lets names be asked for over one of UDP and TCP by somebody who was seen to ask over the other.
  var isKeptForNames = false
  /// How many needed edges may pass by it that could not be asked about, and by which peers and ports.
  var unasked = 0
  var unaskedPeers: Set<Int> = []
  var unaskedPorts: Set<Int> = []
  /// Whether a machine's way to its own pods passes by it, where nobody knows if policies rule that, and by which peers.
  var isForOwnMachine = false
  var ownMachinePeers: Set<Int> = []
  /// For each of its peers, and each of its ports, whether a needed edge passes by it.
  var usedPeers: Set<Int> = []
  var usedPorts: Set<Int> = []

  /// So many edges, and their conversations.
  public struct Amount: Hashable, Sendable {
    /// How many edges.
    public internal(set) var edges = 0
    /// How many conversations.
    public internal(set) var conversations: UInt64 = 0
  }
}

/// A rule, or a part of one, that nothing recorded needs.
public struct UnusedPart: Hashable, Sendable {
  /// The rule.
  public let rule: Citation
  /// What of it.
  public let part: Part
  /// What should be known before it is taken away; nil where nothing is.
  public let remark: String?

  /// What of a rule nothing needs.
  public enum Part: Hashable, Sendable {
    /// All of it.
    case rule(String)
    /// One of its peers; others are needed.
    case peer(String)
    /// One of its ports; others are needed.
    case port(String)

    /// The kind in tables and JSON.
    public var kind: String {
      switch self {
      case .rule: "rule"
      case .peer: "peer"
      case .port: "port"
      }
    }

    /// What it says.
    public var words: String {
      switch self {
      case .rule(let words), .peer(let words), .port(let words): words
      }
    }
  }
}

extension RuleUse {
  /// What of the rule nothing recorded needs.
  public var unused: [UnusedPart] {
    func part(_ part: UnusedPart.Part, _ remark: String? = nil) -> UnusedPart {
      UnusedPart(rule: citation, part: part, remark: remark)
    }
    guard hasEffect else {
      return [
        part(.rule("\(rule)"), "it has no effect: `policyTypes` do not name \(citation.direction.policyType)")
      ]
    }
    guard needed.edges > 0 || isKeptForNames else {
      return [part(.rule("\(rule)"), remark)]
    }
    var parts: [UnusedPart] = []
    if case .only(let peers) = rule.peers {
      parts += peers.enumerated().filter { !usedPeers.contains($0.offset) }.map {
        part(.peer("\($0.element)"), peerRemark($0.offset))
      }
    }
    if case .only(let ports) = rule.ports {
      parts += ports.enumerated().filter { !usedPorts.contains($0.offset) }.map {
        part(.port("\($0.element)"), unaskedPorts.contains($0.offset) ? Self.unasked(unasked) : nil)
      }
    }
    return parts
  }
}

// What should be known of it before it is taken away.
extension RuleUse {
  private var remark: String? {
    if unasked > 0 { return Self.unasked(unasked) }
    if isForOwnMachine { return Self.ownMachine }
    return quarantined.edges > 0 ? "only quarantined edges pass by it" : standby?.rawValue
  }

  private func peerRemark(_ place: Int) -> String? {
    if unaskedPeers.contains(place) { return Self.unasked(unasked) }
    return ownMachinePeers.contains(place) ? Self.ownMachine : peerStandbys[place]?.rawValue
  }

  private static func unasked(_ count: Int) -> String {
    "\(count) needed edge\(count == 1 ? "" : "s") that could not be asked may pass by it"
  }

  private static let ownMachine =
    "what a machine asks its own pods passes by it, and some network plugins rule that"
}
