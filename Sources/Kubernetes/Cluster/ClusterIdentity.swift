internal import Documents

/// What tells one cluster from another: the identities of the namespaces that nobody can delete.
public struct ClusterIdentity: Hashable, Sendable {
  private var uids: [String: Set<String>] = [:]
  /// The identities of the API server's own Service, which makes it anew where somebody deletes it.
  private var servers: Set<String> = []

  /// The API server refuses to delete these.
  private static let lasting: Set<String> = ["kube-system", "kube-public", "default"]

  /// The identity that these objects show.
  public init(_ objects: some Sequence<ClusterObject>) {
    for object in objects where !object.meta.uid.isEmpty {
      switch object {
      case .namespace(let meta) where Self.lasting.contains(meta.name):
        uids[meta.name, default: []].insert(meta.uid)
      case .service(let service) where service.isAPIServer: servers.insert(service.meta.uid)
      default: break
      }
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

  /// Of these lists those that are of the cluster that has this identity.
  ///
  /// A list without namespaces is, where it has the API server's Service of one that has them; and where no namespace
  /// is known at all, as long as there is one such Service only.
  func own(_ lists: [WholeList]) -> [WholeList] {
    let named = lists.filter { $0.cluster.isKnown && $0.cluster.contradiction(with: self) == nil }
    let trusted = named.reduce(into: Set()) { $0.formUnion($1.cluster.servers) }
    return lists.filter { list in
      if list.cluster.isKnown { return list.cluster.contradiction(with: self) == nil }
      return isKnown ? !list.cluster.servers.isDisjoint(with: trusted) : servers.count <= 1
    }
  }
}

// How a store keeps that of a list.
extension ClusterIdentity {
  /// The identities as a document.
  var document: Node {
    let named = uids.sorted { $0.key < $1.key } + [(key: Self.server, value: servers)]
    return Node(
      .mapping(
        named.map { name, uids in Node.Member(name, .sequence(uids.sorted().map { .string($0) })) }))
  }

  /// The identities that a document tells; nil where it tells none.
  init?(_ document: Node?) {
    guard let members = document?.mapping else { return nil }
    for member in members {
      guard let nodes = member.value.sequence else { return nil }
      let found = Set(nodes.compactMap(\.string))
      if member.key == Self.server {
        servers = found
      } else {
        guard Self.lasting.contains(member.key), !found.isEmpty else { return nil }
        uids[member.key] = found
      }
    }
  }

  /// No namespace has this name.
  private static let server = "default/kubernetes"
}
