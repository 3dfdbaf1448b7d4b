import Traffic

/// Which of a rule's many peers may name somebody, found without a look at all of them.
struct PeerIndex: Sendable {
  private let pods: SelectorIndex
  private let namespaces: SelectorIndex
  private var blocks: [Prefix: [Int]] = [:]
  /// How long the prefixes of blocks are.
  private var lengths: Set<Int> = []

  /// A rule with fewer peers is looked through as quickly.
  static let worthwhile = SelectorIndex.worthwhile

  /// The index of these peers.
  init(_ peers: OneOrMore<Peer>) {
    var pods: [(place: Int, selector: LabelSelector)] = []
    var namespaces = pods
    for (place, peer) in peers.enumerated() {
      switch peer {
      case .pods(let selector): pods.append((place, selector))
      case .podsIn(let home, let selector) where selector.isEverything: namespaces.append((place, home))
      case .podsIn(_, let selector): pods.append((place, selector))
      case .namespaces(let selector): namespaces.append((place, selector))
      case .block(let prefix, _):
        blocks[prefix, default: []].append(place)
        lengths.insert(prefix.length)
      }
    }
    self.pods = SelectorIndex(pods)
    self.namespaces = SelectorIndex(namespaces)
  }

  /// The places of the peers that may name the other end of a crossing, in order.
  func candidates(for crossing: Crossing) -> [Int] {
    var found: [Int] = []
    if let pod = crossing.peer.pod {
      found += pods.candidates(for: pod.labels)
      found += namespaces.candidates(for: crossing.peer.namespaceLabels)
    }
    if !lengths.isEmpty, let address = crossing.peerAddress {
      for length in lengths {
        if let places = Prefix(address, length: length).flatMap({ blocks[$0] }) { found += places }
      }
    }
    return found.sorted()
  }
}
