import Traffic

// One name is borne by several objects, one after the other.
extension ObjectMeta {
  /// Whether this object came after another one of its name.
  ///
  /// A manifest tells no creation; of two that tell none the later telling counts.
  func isLater(than other: ObjectMeta) -> Bool {
    guard let created else { return other.created == nil }
    return other.created.map { ($0, other.version) <= (created, version) } ?? true
  }
}

extension [Pod] {
  /// The pods, each over at the latest when the next one of its name was created that has the same maker.
  ///
  /// No name is given away before who had it is gone, as the pods of StatefulSets show: so this is no guess. But pods of
  /// another cluster may have it too; one maker makes them pods of one cluster. Rows of an address table have names in
  /// common and no versions.
  var endedBySuccessors: [Pod] {
    var pods = self
    let made = indices.filter {
      let meta = self[$0].meta
      return meta.version > 0 && !meta.uid.isEmpty && meta.owner?.uid.isEmpty == false
    }
    let named = Dictionary(grouping: made) {
      let meta = self[$0].meta
      return Named(namespace: meta.namespace, name: meta.name, maker: meta.owner?.uid ?? "")
    }
    for places in named.values where places.count > 1 {
      let life = places.sorted {
        (self[$0].meta.created ?? .distantPast, self[$0].meta.uid)
          < (self[$1].meta.created ?? .distantPast, self[$1].meta.uid)
      }
      for (place, next) in zip(life, life.dropFirst()) where !pods[place].hasKnownEnd {
        // What a list shows may be hours later.
        pods[place].goneBy = [pods[place].goneBy, self[next].meta.created].compactMap(\.self).min()
      }
    }
    return pods
  }
}

/// A name that one maker's pods bear one after the other.
private struct Named: Hashable {
  let namespace: String
  let name: String
  let maker: String
}

extension [Endpoints] {
  /// The backends that no slice tells of; clusters that have slices tell of every Service by both.
  func unsliced(beside slices: [EndpointSlice]) -> [EndpointSlice] {
    let told = Set(slices.compactMap { slice in slice.service.map { "\(slice.meta.namespace)/\($0)" } })
    return filter { !told.contains("\($0.meta.namespace)/\($0.meta.name)") }.flatMap(\.subsets)
  }
}
