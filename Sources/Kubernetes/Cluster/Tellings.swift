// One object is told many times: by lists, and by every event of a watch.
extension RandomAccessCollection<ClusterObject> {
  /// Of each object the newest telling, by namespace, name and kind.
  ///
  /// Events come late, twice and out of order, so it is the object's version that counts. Where nobody numbered a
  /// telling, or two have one number, the later one counts.
  public var newest: [ClusterObject] {
    // A whole cluster is put in order by places: its objects are large, and are copied once.
    let identities = map { Identity($0) }
    let places = identities.indices.sorted { one, other in
      let (left, right) = (identities[one], identities[other])
      return left == right ? one < other : left < right
    }
    var newest: [ClusterObject] = []
    newest.reserveCapacity(zip(places, places.dropFirst()).count { identities[$0] != identities[$1] } + 1)
    var last: Identity?
    for place in places {
      let object = self[index(startIndex, offsetBy: place)]
      if identities[place] == last {
        newest[newest.count - 1] = newest[newest.count - 1].united(with: object)
      } else {
        newest.append(object)
        last = identities[place]
      }
    }
    return newest
  }
}

extension ClusterObject {
  /// What this telling and a later one say together: the newer version, with the addresses that a pod had before, and
  /// what a Service meant.
  public func united(with later: ClusterObject) -> ClusterObject {
    let isNewer = later.meta.version == 0 || meta.version <= later.meta.version
    let (newer, older) = isNewer ? (later, self) : (self, later)
    // A Service has a time for each of its meanings.
    if case .service(let service) = newer, case .service(let other) = older {
      return .service(service.remembering(other))
    }
    var united = newer
    if case .pod(let pod) = newer, case .pod(let other) = older { united = .pod(pod.remembering(other)) }
    guard let told = older.meta.told, newer.meta.told.map({ $0 < told }) ?? true else { return united }
    return united.altered { $0.told = told }
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
