import Traffic

/// A list that shows by itself that nothing was left out of it, and until when it had not been made.
///
/// kubectl prints nothing about how it was asked, and `-l app=x` leaves a list that looks like any other. One call
/// selects all its kinds alike, though: where the namespace `kube-system` or the API server's own Service came along, no
/// labels were asked for. And machines tell every few minutes that they live, so a list with them has a clock.
public struct WholeList: Sendable {
  /// A moment before the list was made, minutes at most.
  let moment: Instant
  /// Of each kind in it a version of the cluster that the list knew.
  private let versions: [String: Int64]
  private let members: Set<Member>
  /// The namespaces that it tells objects of.
  private let namespaces: Set<String>
  /// The namespaces that were there; nil where it doesn't tell.
  private let living: Set<String>?

  private struct Member: Hashable {
    let kind: String
    let uid: String
  }

  /// The list of these objects; nil where it doesn't show that it is whole, or when it was made.
  init?(_ objects: some Collection<ClusterObject>, heartbeat: Instant?) {
    guard let heartbeat, objects.contains(where: Self.isProof) else { return nil }
    moment = objects.compactMap(\.latestMoment).reduce(heartbeat) { max($0, $1) }
    versions = objects.latestVersions
    members = Set(objects.map { Member(kind: $0.kind, uid: $0.meta.uid) })
    namespaces = Set(objects.map(\.meta.namespace).filter { !$0.isEmpty })
    let living = objects.compactMap { object -> String? in
      if case .namespace(let meta) = object { meta.name } else { nil }
    }
    self.living = living.isEmpty ? nil : Set(living)
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
  /// The object as one that is gone, where it is missing though it would have been told; nil where that isn't so.
  ///
  /// Nobody says when it went. Until the list's moment it may have been there, and after it is known no longer.
  func ended(_ object: ClusterObject) -> ClusterObject? {
    let meta = object.meta
    guard let version = versions[object.kind], meta.version > 0, meta.version < version, !meta.uid.isEmpty,
      !object.isEnded, !members.contains(Member(kind: object.kind, uid: meta.uid)),
      object.isClusterWide || isAbout(meta.namespace)
    else { return nil }
    return object.gone(noEarlierThan: moment).altered { $0.version = version }
  }

  /// Whether objects of a namespace would be in it: others of it are, or the namespace itself is gone.
  private func isAbout(_ namespace: String) -> Bool {
    namespaces.contains(namespace) || living.map { !$0.contains(namespace) } ?? false
  }
}

extension Collection<ClusterObject> {
  /// Of each kind the newest version that an object shows.
  var latestVersions: [String: Int64] {
    Dictionary(map { ($0.kind, $0.meta.version) }, uniquingKeysWith: Swift.max)
  }

  /// The objects that are missing from a newer list that is whole, as objects that are gone.
  ///
  /// A newer telling of one of them, from another list or a watch, counts for more.
  public func ended(by lists: [WholeList]) -> [ClusterObject] {
    guard !lists.isEmpty else { return [] }
    let ordered = lists.sorted { $0.moment < $1.moment }
    return newest.compactMap { object in ordered.lazy.compactMap { $0.ended(object) }.first }
  }
}

extension ClusterObject {
  /// Whether its end is known.
  var isEnded: Bool {
    if case .pod(let pod) = self { pod.held.until != .distantFuture } else { meta.deleted != nil }
  }
}
