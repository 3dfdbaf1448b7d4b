public import Kubernetes

/// A NetworkPolicy, and the manifest that it was read from.
public struct PolicyManifest: Sendable {
  /// What it means.
  public let policy: NetworkPolicy
  /// How it is written.
  public let manifest: Manifest

  /// Its parts in one direction, in the order written.
  func rules(_ direction: PolicyDirection) -> [WrittenRule] {
    policy.rules(direction).enumerated().map { WrittenRule(of: self, direction, $0.offset, $0.element) }
  }

  /// Every rule that has an effect: those of the directions that the policy isolates.
  var effectiveRules: [WrittenRule] { policy.isolates.directions.flatMap(rules) }
}

/// A rule of a policy, and where each of its parts is written.
struct WrittenRule: Sendable {
  let owner: PolicyManifest
  let direction: PolicyDirection
  let index: Int
  let rule: Rule

  init(of owner: PolicyManifest, _ direction: PolicyDirection, _ index: Int, _ rule: Rule) {
    self.owner = owner
    self.direction = direction
    self.index = index
    self.rule = rule
  }

  /// What the list of peers is called in this direction.
  var peerField: String {
    switch direction {
    case .ingress: "from"
    case .egress: "to"
    }
  }

  /// The peers with their places in the list; none where everybody may.
  var peers: [(index: Int, peer: Peer)] {
    guard case .only(let peers) = rule.peers else { return [] }
    return peers.enumerated().map { ($0.offset, $0.element) }
  }

  /// The ports with their places in the list; none where every port is open.
  var ports: [(index: Int, port: PolicyPort)] {
    guard case .only(let ports) = rule.ports else { return [] }
    return ports.enumerated().map { ($0.offset, $0.element) }
  }

  /// How messages call it: `ingress rule 0`.
  var words: String { "\(direction.rawValue) rule \(index)" }

  /// Where it is written.
  var place: Origin { owner.manifest.place(path) }

  /// Where a peer is written, or a part of it.
  func place(ofPeer index: Int, _ part: Manifest.Step...) -> Origin {
    owner.manifest.place(path + [.member(peerField), .element(index)] + part)
  }

  /// Where a port is written.
  func place(ofPort index: Int) -> Origin {
    owner.manifest.place(path + ["ports", .element(index)])
  }

  /// The way to it in the manifest.
  var path: [Manifest.Step] { ["spec", .member(direction.rawValue), .element(index)] }
}
