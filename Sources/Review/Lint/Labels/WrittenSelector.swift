import Documents
import Kubernetes

/// A selector for pods as a policy writes it.
struct WrittenSelector: Sendable {
  /// The policy.
  let owner: PolicyManifest
  /// What it asks.
  let selector: LabelSelector
  /// The peer that it belongs to; nil for the policy's own.
  let peer: Peer?
  /// What messages begin with: the policy, and the place in it.
  let words: String
  private let path: [Manifest.Step]

  /// Where it is written.
  var place: Origin { owner.manifest.place(path) }

  /// Whether it has a list of labels, be it empty.
  var hasLabels: Bool { owner.manifest.node(at: path + ["matchLabels"]) != nil }

  /// Where it asks for a label.
  func place(ofLabel key: String) -> Origin {
    let labels: [Manifest.Step] = path + ["matchLabels", .member(key)]
    if owner.manifest.node(at: labels) != nil { return owner.manifest.place(labels) }
    let requirements = owner.manifest.node(at: path + ["matchExpressions"])?.sequence ?? []
    guard let index = requirements.firstIndex(where: { $0["key"]?.string == key }) else { return place }
    return owner.manifest.place(path + ["matchExpressions", .element(index)])
  }

  fileprivate init(
    _ owner: PolicyManifest, _ selector: LabelSelector, _ peer: Peer?, _ words: String,
    _ path: [Manifest.Step]
  ) {
    self.owner = owner
    self.selector = selector
    self.peer = peer
    self.words = words
    self.path = path
  }
}

extension PolicyManifest {
  /// The selectors for pods that have an effect: the policy's own, and those of its peers.
  var podSelectors: [WrittenSelector] {
    let own = WrittenSelector(self, policy.subject, nil, "`\(policy.path)`", ["spec", "podSelector"])
    return [own]
      + effectiveRules.flatMap { rule in
        rule.peers.compactMap { index, peer in
          peer.pods.map {
            WrittenSelector(
              self, $0, peer, rule.words(ofPeer: index), rule.path(toPeer: index) + ["podSelector"])
          }
        }
      }
  }
}

extension WrittenRule {
  /// How messages call one of its peers: `shop/api`, ingress rule 0, peer 1.
  func words(ofPeer index: Int) -> String { "`\(owner.policy.path)`, \(words), peer \(index)" }

  /// The way to one of its peers in the manifest.
  func path(toPeer index: Int) -> [Manifest.Step] { path + [.member(peerField), .element(index)] }

  /// Where the selector for namespaces of one of its peers is written.
  func place(ofNamespacesOfPeer index: Int) -> Origin { place(ofPeer: index, "namespaceSelector") }
}

extension Scene {
  /// The places of the looks that a selector picks where it stands.
  func picked(by written: WrittenSelector) -> [Int] {
    let policy = written.owner.policy
    return written.peer.map { picked(by: $0, of: policy.namespace) } ?? picked(by: policy)
  }
}
