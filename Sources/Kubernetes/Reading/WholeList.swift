public import Documents
public import Traffic

/// A list that shows by itself that nothing was left out of it, and until when it had not been made.
///
/// kubectl prints nothing about how it was asked, and `-l app=x` leaves a list that looks like any other. One call
/// selects all its kinds alike, though: where the namespace `kube-system` or the API server's own Service came along, no
/// labels were asked for. And machines tell every few minutes that they live, so a list with them has a clock.
///
/// Who was in it need not be known: each of them was told at the list's moment, and with the newest version of its kind
/// in the list. Whoever was not told as late, or in a version as new, was not there.
public struct WholeList: Hashable, Sendable {
  /// A moment before the list was made, minutes at most.
  public let moment: Instant
  /// Of each kind in it a version of the cluster that the list knew.
  let versions: [String: Int64]
  /// The cluster that it is of, where it tells.
  let cluster: ClusterIdentity
  /// Of which namespaces it would tell what lives there.
  private let scope: Scope

  /// Of which namespaces a list would tell what lives there.
  private enum Scope: Hashable {
    /// Of those that it tells objects of.
    case only(Set<String>)
    /// Of all but these, which were there and of which it tells nothing; those that were gone have nothing in them.
    case allBut(Set<String>)
  }

  /// The list of these objects, which knew these versions; nil where it doesn't show that it is whole, or when it was
  /// made.
  init?(_ objects: some Collection<ClusterObject>, versions: [String: Int64], made moment: Instant?) {
    guard let moment, objects.contains(where: Self.isProof) else { return nil }
    self.moment = moment
    cluster = ClusterIdentity(objects)
    self.versions = versions.filter { $0.value > 0 }
    let told = Set(objects.map(\.meta.namespace).filter { !$0.isEmpty })
    let living = objects.compactMap { object -> String? in
      if case .namespace(let meta) = object { meta.name } else { nil }
    }
    scope = living.isEmpty ? .only(told) : .allBut(Set(living).subtracting(told))
  }

  private static func isProof(_ object: ClusterObject) -> Bool {
    switch object {
    case .namespace(let meta): meta.name == "kube-system"
    case .service(let service): service.isAPIServer
    default: false
    }
  }
}

// What it can tell.
extension WholeList {
  /// Whether an object is missing though it would have been told.
  func lacks(_ object: ClusterObject) -> Bool {
    let meta = object.meta
    guard let version = versions[object.kind], meta.version > 0, !meta.uid.isEmpty,
      isNewer(than: meta.version, object.lastTold, by: version)
    else { return false }
    return object.isClusterWide || isAbout(meta.namespace)
  }

  /// Whether it was made after the last telling of an object.
  ///
  /// Where the newest object of a kind goes, the next list knows an older version only: then the moments decide. A list
  /// of some machines may show one that is earlier than when it was made, but by no more than minutes.
  private func isNewer(than last: Int64, _ told: Instant?, by version: Int64) -> Bool {
    guard let told else { return last < version }
    guard told < moment else { return false }
    return last <= version || told.advanced(bySeconds: Self.doubtfulSeconds) < moment
  }

  /// Twice the five minutes in which each machine tells once that it lives.
  private static let doubtfulSeconds: Int64 = 600

  private func isAbout(_ namespace: String) -> Bool {
    switch scope {
    case .only(let namespaces): namespaces.contains(namespace)
    case .allBut(let namespaces): !namespaces.contains(namespace)
    }
  }
}

// How a store keeps it, beside its moment.
extension WholeList {
  /// All but its moment as a document.
  public var document: Node {
    func listed(_ namespaces: Set<String>) -> Node { .sequence(namespaces.sorted().map { .string($0) }) }
    let kinds = versions.sorted { $0.key < $1.key }.map { Node.Member($0.key, .string(String($0.value))) }
    let told: (String, Node) =
      switch scope {
      case .only(let namespaces): ("namespaces", listed(namespaces))
      case .allBut(let namespaces): ("otherNamespaces", listed(namespaces))
      }
    return Node(kept: [("cluster", cluster.document), ("kinds", Node(.mapping(kinds))), told])
  }

  /// The list that a document tells of; nil where it tells of none.
  public init?(_ document: Node, at moment: Instant) {
    func names(_ member: String) -> Set<String>? {
      guard let nodes = document[member]?.sequence else { return nil }
      let names = nodes.compactMap(\.string)
      return names.count == nodes.count ? Set(names) : nil
    }
    guard let cluster = ClusterIdentity(document["cluster"]) else { return nil }
    var versions: [String: Int64] = [:]
    for member in document["kinds"]?.mapping ?? [] {
      guard let version = member.value.string.flatMap({ Int64($0) }), version > 0 else { return nil }
      versions[member.key] = version
    }
    switch (names("namespaces"), names("otherNamespaces")) {
    case (let told?, nil): scope = .only(told)
    case (nil, let others?): scope = .allBut(others)
    default: return nil
    }
    self.moment = moment
    self.versions = versions
    self.cluster = cluster
  }
}
