/// One rule of a policy: these peers, on these ports, pass.
public struct Rule: Hashable, Sendable {
  /// Who may be at the other end.
  public var peers: Peers
  /// On which ports.
  public var ports: Ports
  /// What the manifest says above it, for people; one line each.
  public var note: [String]
  /// Where it was read; nil for a rule that was made.
  public var origin: Origin?

  /// A rule with these peers and ports.
  public init(_ peers: Peers, _ ports: Ports, note: [String] = [], origin: Origin? = nil) {
    self.peers = peers
    self.ports = ports
    self.note = note
    self.origin = origin
  }
}

extension Rule: CustomStringConvertible {
  /// Peers and ports in words.
  public var description: String { "\(peers) on \(ports)" }
}
