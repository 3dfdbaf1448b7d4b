public import Traffic

/// The first of several whole lists that lack an object: then it was gone.
///
/// Whatever was told of it counts, and every list, in no order.
struct Endings {
  /// The lists, by their moments.
  private let lists: [WholeList]
  /// Of each kind, after each of the lists the newest version that one up to it knew.
  private let reached: [String: [Int64]]

  /// The ends that lists show of these objects; a list of another cluster shows none.
  init(_ lists: [WholeList], of objects: [ClusterObject]) {
    // Of lists of one moment each ends what the others do, at that moment.
    let sorted =
      lists.isEmpty ? [] : ClusterIdentity(objects).own(lists).sorted { $0.moment < $1.moment }
    var reached: [String: [Int64]] = [:]
    for kind in Set(sorted.flatMap(\.versions.keys)) {
      var newest: Int64 = 0
      reached[kind] = sorted.map { list in
        newest = max(newest, list.versions[kind] ?? 0)
        return newest
      }
    }
    self.lists = sorted
    self.reached = reached
  }

  /// The object as one that is gone, where a list lacks it; nil where that isn't so, or its end is known.
  ///
  /// Nobody says when it went. Until the list's moment it may have been there, and after it is known no longer.
  func ended(_ object: ClusterObject) -> ClusterObject? {
    guard !object.isEnded, let reached = reached[object.kind] else { return nil }
    let (version, told) = (object.meta.version, object.lastTold)
    // No list before the first that is of a later moment, or knew a newer version, lacks it.
    var (low, high) = (0, lists.count)
    while low < high {
      let middle = (low + high) / 2
      let isLater = told.map { lists[middle].moment > $0 } ?? (reached[middle] > version)
      if isLater { high = middle } else { low = middle + 1 }
    }
    return lists[low...].first { $0.lacks(object) }.map { object.gone(by: $0.moment) }
  }
}

extension Collection<ClusterObject> {
  /// Of each kind the newest version that an object shows.
  var latestVersions: [String: Int64] {
    Dictionary(map { ($0.kind, $0.meta.version) }, uniquingKeysWith: Swift.max)
  }
}

extension RandomAccessCollection<ClusterObject> {
  /// The objects that are missing from a newer list that is whole, as objects that are gone.
  ///
  /// A newer telling of one of them, from another list or a watch, counts for more.
  public func ended(by lists: [WholeList]) -> [ClusterObject] {
    guard !lists.isEmpty else { return [] }
    let objects = newest
    let endings = Endings(lists, of: objects)
    return objects.compactMap { endings.ended($0) }
  }

  /// Of each object the newest telling, with the end that a list shows.
  public func settled(by lists: [WholeList]) -> [ClusterObject] {
    guard !lists.isEmpty else { return newest }
    let objects = newest
    let endings = Endings(lists, of: objects)
    return objects.map { endings.ended($0) ?? $0 }
  }
}

extension ClusterObject {
  /// Whether its end is known.
  var isEnded: Bool {
    if case .pod(let pod) = self { pod.held.until != .distantFuture } else { meta.deleted != nil }
  }

  /// The moment of the newest list that told it, whatever it was then.
  var lastTold: Instant? {
    guard case .service(let service) = self else { return meta.told }
    return ([meta.told] + service.past.map(\.meta.told)).compactMap(\.self).max()
  }

  /// The object as lists that show their moments told it, the newest of them at this one; a Service as it is now since
  /// the other one.
  public func told(at moment: Instant?, since first: Instant? = nil) -> ClusterObject {
    guard case .service(var service) = self else { return altered { $0.told = moment } }
    service.meta.told = moment
    service.toldSince = first
    return .service(service)
  }

  /// The object as one of which it is known that it was gone by a moment.
  fileprivate func gone(by moment: Instant) -> ClusterObject {
    guard case .pod(var pod) = self else { return altered { $0.deleted = moment } }
    pod.goneBy = moment
    return .pod(pod)
  }
}
