public import Traffic

/// Who needs whom, on which of the server's own ports, with the evidence for it.
public struct Edge: Hashable, Sendable {
  private let facts: Facts
  /// What became of it.
  public var bin: Bin = .unattributed
  /// Why it stands in its bin; nil where the bin says enough.
  public var reason: String?
  /// What a reviewer should know of it.
  public var remarks: [Remark] = []
  /// What people decided about it; nil where nobody did.
  public internal(set) var decision: Decision?
  /// Why it would be kept out if nobody had accepted it; nil where it would not.
  public internal(set) var overruled: String?

  /// An edge that stands in no bin yet.
  init(key: Key, evidence: Evidence) { facts = Facts(key, evidence) }

  /// What never changes of an edge, held by all copies of it together: edges are handed around a lot, and half of what is
  /// known of one are sets of who had a part in it.
  private final class Facts: Hashable, Sendable {
    let key: Key
    let evidence: Evidence

    init(_ key: Key, _ evidence: Evidence) { (self.key, self.evidence) = (key, evidence) }

    static func == (one: Facts, other: Facts) -> Bool {
      one === other || one.key == other.key && one.evidence == other.evidence
    }

    func hash(into hasher: inout Hasher) { hasher.combine(key) }
  }
}

// What it can tell.
extension Edge {
  /// The two ends, the port and the transport.
  public var key: Key { facts.key }
  /// What was seen of it.
  public var evidence: Evidence { facts.evidence }
  /// The end that asks.
  public var client: End { key.client }
  /// The end that is asked.
  public var server: End { key.server }
  /// The server's own port.
  public var port: UInt16 { key.port }
  /// The transport protocol.
  public var transport: Transport { key.transport }
  /// How far it came at best.
  public var tier: Tier { evidence.tier }

  /// What kind of doubt it is that keeps it from being attributed; nil where there is none.
  public var cause: Doubt.Cause? {
    guard bin == .unattributed else { return nil }
    return (client.doubt ?? server.doubt)?.cause ?? .undirected
  }

  /// Why it is kept out, in words that are the same tomorrow: without numbers and times.
  public var lastingReason: String? {
    if let overruled { return overruled }
    return cause?.rawValue ?? reason.map { Scanners.isScan($0) ? Scanners.word : $0 }
  }

  /// Who let it through though it was kept out, empty where nobody says so; nil where nobody had to.
  var approval: String? { overruled == nil ? nil : decision?.owner ?? "" }

  /// Whether one end is an address outside the cluster.
  var isWithOutside: Bool {
    for case .external in [client, server] { return true }
    return false
  }

  /// Whether it asks the cluster's DNS for names.
  var isNaming: Bool { bin == .baseline && reason == Sorting.dnsReason }

  /// Whether a machine's agent asks its pods how they are, where that needs a rule.
  var isProbe: Bool { bin == .baseline && reason == Sorting.probeReason }

  /// Whether it collects metrics.
  var isScrape: Bool { bin == .baseline && reason == Sorting.scrapeReason }

  /// Whether a workload asks somebody for names who is neither a workload nor the cluster's DNS.
  var asksAnotherForNames: Bool {
    guard client.workload != nil, port == 53, transport != .sctp, !isNaming else { return false }
    return switch server {
    case .external, .node: true
    default: false
    }
  }

  /// Whether it asks anybody for names, over one of UDP and TCP and sooner or later over the other.
  public var asksForNames: Bool { isNaming || asksAnotherForNames }

  /// Whether a workload of one of these namespaces is an end of it; no namespaces stand for all.
  public func touches(_ namespaces: Set<String>) -> Bool { key.touches(namespaces) }
}

extension Edge {
  /// What tells one edge from another.
  public struct Key: Hashable, Sendable {
    /// The end that asks.
    public let client: End
    /// The end that is asked.
    public let server: End
    /// The server's own port.
    public let port: UInt16
    /// The transport protocol.
    public let transport: Transport
    /// Whether it is an edge like others.
    public let nature: Nature

    /// Whether somebody can tell which end asked.
    public var isDirected: Bool { nature != .undirected && nature != .mutual }

    /// Whether a workload of one of these namespaces is an end of it; no namespaces stand for all.
    public func touches(_ namespaces: Set<String>) -> Bool {
      namespaces.isEmpty || [client, server].contains { $0.namespace.map(namespaces.contains) ?? false }
    }

    /// The edges like others that it may be one of.
    var candidates: [Key] {
      func key(_ client: End, _ server: End) -> Key {
        Key(client: client, server: server, port: port, transport: transport, nature: .ordinary)
      }
      switch nature {
      case .ordinary, .loop: return [self]
      case .undirected: return [key(client, server)]
      case .mutual: return [key(client, server), key(server, client)]
      }
    }
  }

  /// What sets an edge apart from others between the same ends.
  public enum Nature: UInt8, Hashable, Sendable {
    /// Nothing.
    case ordinary
    /// A pod talking to its own address.
    case loop
    /// Nobody can tell which end asked; the likely server stands as the server.
    case undirected
    /// Nobody can tell which end asked, nor is one of them likelier: their ports are the same.
    case mutual
  }
}

extension Edge.Key: Comparable {
  /// By client, server, transport and port.
  public static func < (one: Edge.Key, other: Edge.Key) -> Bool {
    if one.client != other.client { return one.client < other.client }
    if one.server != other.server { return one.server < other.server }
    if one.transport != other.transport { return one.transport < other.transport }
    return (one.port, one.nature.rawValue) < (other.port, other.nature.rawValue)
  }
}
