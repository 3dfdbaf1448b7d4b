/// What tells one cluster from another: the identities of the namespaces that nobody can delete.
public struct ClusterIdentity: Hashable, Sendable {
  private var uids: [String: Set<String>] = [:]

  /// The API server refuses to delete these.
  private static let lasting: Set<String> = ["kube-system", "kube-public", "default"]

  /// The identity that these objects show.
  public init(_ objects: some Sequence<ClusterObject>) {
    for case .namespace(let meta) in objects where Self.lasting.contains(meta.name) && !meta.uid.isEmpty {
      uids[meta.name, default: []].insert(meta.uid)
    }
  }

  /// Whether it is known.
  public var isKnown: Bool { !uids.isEmpty }

  /// A namespace that shows that the other one is another cluster; nil where nothing shows that.
  public func contradiction(with other: ClusterIdentity) -> String? {
    uids.keys.sorted().first { name in
      guard let mine = uids[name], let others = other.uids[name] else { return false }
      return mine.isDisjoint(with: others)
    }
  }
}
