// One object is told many times: by lists, and by every event of a watch.
extension Collection<ClusterObject> {
  /// Of each object the newest telling, by namespace, name and kind.
  ///
  /// Events come late, twice and out of order, so it is the object's version that counts. Where nobody numbered a
  /// telling, or two have one number, the later one counts.
  public var newest: [ClusterObject] {
    let newest = Dictionary(map { (Identity($0), $0) }) { earlier, later in
      later.meta.version == 0 || earlier.meta.version <= later.meta.version ? later : earlier
    }
    return newest.sorted { $0.key < $1.key }.map(\.value)
  }
}

/// What tells two objects apart.
private struct Identity: Hashable, Comparable {
  let namespace: String
  let name: String
  let kind: String
  let uid: String

  init(_ object: ClusterObject) {
    (namespace, name, kind, uid) = (object.meta.namespace, object.meta.name, object.kind, object.meta.uid)
  }

  static func < (one: Identity, other: Identity) -> Bool {
    (one.namespace, one.name, one.kind, one.uid) < (other.namespace, other.name, other.kind, other.uid)
  }
}
