import Traffic

/// What decides where a peer stands among others: selectors in words, which take a while to make.
public struct PeerOrder: Comparable, Sendable {
  private let block: Prefix?
  private let holes: [Prefix]
  private let namespaces: String?
  private let pods: String?

  /// What decides it for this peer.
  public init(_ peer: Peer) {
    let selectors: (namespaces: LabelSelector?, pods: LabelSelector?)
    switch peer {
    case .pods(let pods): selectors = (nil, pods)
    case .namespaces(let namespaces): selectors = (namespaces, nil)
    case .podsIn(let namespaces, let pods): selectors = (namespaces, pods)
    case .block: selectors = (nil, nil)
    }
    namespaces = selectors.namespaces.map(Self.words)
    pods = selectors.pods.map(Self.words)
    if case .block(let prefix, let except) = peer {
      (block, holes) = (prefix, except)
    } else {
      (block, holes) = (nil, [])
    }
  }

  /// Who asks for nothing comes first.
  private static func words(_ selector: LabelSelector) -> String {
    selector.isEverything ? "" : selector.description
  }

  /// Pods nearby, then pods elsewhere by namespace, then addresses in numeric order.
  public static func < (one: PeerOrder, other: PeerOrder) -> Bool {
    switch (one.block, other.block) {
    case (let mine?, let theirs?):
      return mine == theirs ? one.holes.lexicographicallyPrecedes(other.holes) : mine < theirs
    case (_?, nil): return false
    case (nil, _?): return true
    case (nil, nil):
      guard one.namespaces == other.namespaces else { return precedes(one.namespaces, other.namespaces) }
      return precedes(one.pods, other.pods)
    }
  }

  private static func precedes(_ one: String?, _ other: String?) -> Bool {
    guard let other else { return false }
    return one.map { $0 < other } ?? true
  }
}

extension Peer: Comparable {
  /// Pods nearby, then pods elsewhere by namespace, then addresses in numeric order.
  public static func < (one: Peer, other: Peer) -> Bool { PeerOrder(one) < PeerOrder(other) }
}

extension Sequence<Peer> {
  /// The peers in their order; of many, each is put in words once.
  public var inOrder: [Peer] {
    let all = Array(self)
    guard all.count > 1 else { return all }
    return all.map { (peer: $0, order: PeerOrder($0)) }.sorted { $0.order < $1.order }.map(\.peer)
  }
}
