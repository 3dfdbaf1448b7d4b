import Traffic

// No telling carries a clock, but the times in it, and in those that came before it, had passed when it was told.
extension ClusterObject {
  /// The latest moment that had passed when the object was told, as it shows by itself.
  ///
  /// The end of one that is gone is what others showed, and may be later.
  var shownMoment: Instant? {
    guard case .pod(let pod) = self, meta.deleted == nil else { return meta.created }
    return [latestMoment, pod.known?.upperBound].compactMap(\.self).max()
  }

  /// Notes that this moment had passed when the object was told, with the addresses that it shows.
  mutating func note(_ moment: Instant) {
    guard case .pod(var pod) = self, !pod.isOver, let known = pod.known, known.upperBound < moment else {
      return
    }
    pod.known = known.lowerBound...moment
    self = .pod(pod)
  }
}

extension [ClusterObject] {
  /// Notes in each telling of a watch the latest moment that had passed by its version, as all of them show.
  ///
  /// Versions count through the whole cluster, so it is no matter in what order events come.
  mutating func noteMoments() {
    var passed: [Int64: Instant] = [:]
    var latest = Instant.distantPast
    let numbered = indices.filter { self[$0].meta.version > 0 }
    for place in numbered.sorted(by: { self[$0].meta.version < self[$1].meta.version }) {
      latest = Swift.max(latest, self[place].shownMoment ?? .distantPast)
      passed[self[place].meta.version] = latest
    }
    for place in numbered {
      if let moment = passed[self[place].meta.version] { self[place].note(moment) }
    }
  }
}
