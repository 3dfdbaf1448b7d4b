extension NetworkPolicy {
  /// The same policy in words that Kustomize leaves alone.
  ///
  /// `commonLabels`, and `labels` with `includeSelectors`, add labels to each `matchLabels` of pods that is there, also
  /// where pods of others are meant. `matchExpressions` they don't know.
  public var kustomizeSafe: NetworkPolicy {
    var copy = self
    copy.subject = subject.inExpressions
    copy.ingress = ingress.map(\.kustomizeSafe)
    copy.egress = egress.map(\.kustomizeSafe)
    return copy
  }
}

extension Rule {
  fileprivate var kustomizeSafe: Rule {
    guard case .only(let peers) = peers, let safe = OneOrMore(peers.map(\.kustomizeSafe)) else { return self }
    var copy = self
    copy.peers = .only(safe)
    return copy
  }
}

extension Peer {
  /// Namespaces are named as before: Kustomize adds nothing to their labels.
  fileprivate var kustomizeSafe: Peer {
    switch self {
    case .pods(let pods): .pods(pods.inExpressions)
    case .podsIn(let namespaces, let pods): .podsIn(namespaces: namespaces, pods: pods.inExpressions)
    case .namespaces, .block: self
    }
  }
}

extension LabelSelector {
  /// The selector with each label asked for as one of a single value.
  fileprivate var inExpressions: LabelSelector {
    LabelSelector([:], requirements + labels.map { LabelRequirement($0.key, .isOneOf(OneOrMore($0.value))) })
  }
}
