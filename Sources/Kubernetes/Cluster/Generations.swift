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
  /// The pods, each over at the latest when the next one of its name was created.
  ///
  /// No name is given away before who had it is gone, as the pods of StatefulSets show: so this is no guess. Rows of an
  /// address table have names in common and no versions.
  var endedBySuccessors: [Pod] {
    var pods = self
    let named = Dictionary(
      grouping: indices.filter { self[$0].meta.version > 0 && !self[$0].meta.uid.isEmpty }
    ) {
      WorkloadID(namespace: self[$0].meta.namespace, kind: "Pod", name: self[$0].meta.name)
    }
    for places in named.values where places.count > 1 {
      let life = places.sorted {
        (self[$0].meta.created ?? .distantPast, self[$0].meta.uid)
          < (self[$1].meta.created ?? .distantPast, self[$1].meta.uid)
      }
      for (place, next) in zip(life, life.dropFirst()) where pods[place].held.until == .distantFuture {
        pods[place].meta.deleted = self[next].meta.created
      }
    }
    return pods
  }
}

extension [Endpoints] {
  /// The backends that no slice tells of; clusters that have slices tell of every Service by both.
  func unsliced(beside slices: [EndpointSlice]) -> [EndpointSlice] {
    let told = Set(slices.compactMap { slice in slice.service.map { "\(slice.meta.namespace)/\($0)" } })
    return filter { !told.contains("\($0.meta.namespace)/\($0.meta.name)") }.flatMap(\.subsets)
  }
}
