import Traffic

extension Peer {
  /// Whether whoever the other peer names is named by this one too, whatever pods, namespaces and addresses there may
  /// be; both are of policies of this namespace.
  ///
  /// A yes is certain. Where blocks are taken apart by more than one cut, and where only the addresses of pods could
  /// tell, the answer is no.
  public func contains(_ other: Peer, in namespace: String) -> Bool {
    if case .block(let prefix, let cuts) = self {
      guard case .block(let otherPrefix, let otherCuts) = other, prefix.contains(otherPrefix) else {
        return false
      }
      return cuts.allSatisfy { cut in
        !cut.overlaps(otherPrefix) || otherCuts.contains { $0.contains(cut) }
      }
    }
    guard let mine = selectors(in: namespace), let theirs = other.selectors(in: namespace) else {
      return false
    }
    return mine.namespaces.contains(theirs.namespaces) && mine.pods.contains(theirs.pods)
  }

  /// The namespaces and the pods in them; nil for a block.
  private func selectors(in namespace: String) -> (namespaces: LabelSelector, pods: LabelSelector)? {
    switch self {
    case .pods(let pods): (.namespace(namespace), pods)
    case .namespaces(let namespaces): (namespaces, .everything)
    case .podsIn(let namespaces, let pods): (namespaces, pods)
    case .block: nil
    }
  }
}

extension Prefix {
  /// Whether the blocks have an address in common: then one of them holds the other.
  fileprivate func overlaps(_ other: Prefix) -> Bool { contains(other) || other.contains(self) }
}

extension Peers {
  /// The peers one by one; nil where everybody is meant.
  var each: [Peer]? {
    switch self {
    case .anyone: nil
    case .only(let peers): Array(peers)
    }
  }
}
