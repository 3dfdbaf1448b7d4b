// One object is told many times: by lists, and by every event of a watch.
extension Collection<ClusterObject> {
  /// Of each object the newest telling, by namespace, name and kind.
  ///
  /// Events come late, twice and out of order, so it is the object's version that counts. Where nobody numbered a
  /// telling, or two have one number, the later one counts.
  public var newest: [ClusterObject] {
    let newest = Dictionary(map { (Identity($0), $0) }) { earlier, later in earlier.united(with: later) }
    return newest.sorted { $0.key < $1.key }.map(\.value)
  }
}

extension ClusterObject {
  /// What this telling and a later one say together: the newer version, with the addresses that a pod had before.
  public func united(with later: ClusterObject) -> ClusterObject {
    let isNewer = later.meta.version == 0 || meta.version <= later.meta.version
    var newer = isNewer ? later : self
    let older = isNewer ? self : later
    if let told = older.meta.told, newer.meta.told.map({ $0 < told }) ?? true {
      newer = newer.altered { $0.told = told }
    }
    guard case .pod(let pod) = newer, case .pod(let other) = older else { return newer }
    return .pod(pod.remembering(other))
  }

  /// Whether another telling is one of this object.
  public func isSame(as other: ClusterObject) -> Bool { Identity(self) == Identity(other) }

  /// Whether this object stands before another one in the order of `newest`.
  public func isBefore(_ other: ClusterObject) -> Bool { Identity(self) < Identity(other) }
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
