import Traffic

// How an object looks when it is gone for good, as a watch tells it.
extension ClusterObject {
  /// Whether it is there still, though a watch tells it as deleted: a watch of `-l app=x` does so where labels change.
  ///
  /// Every pod is told to go before it goes, also where nobody waits for it, and by no other kind is that so.
  var onlyLeftTheWatch: Bool {
    guard case .pod(let pod) = self else { return false }
    return pod.meta.deleted == nil && !pod.isOver
  }

  /// The object as one that is gone; `moment` is when it was known to be there for the last time.
  ///
  /// A telling carries no clock. An object that went at once doesn't say when, and is known only until that moment.
  func gone(noEarlierThan moment: Instant?) -> ClusterObject {
    let end = meta.deleted ?? moment ?? meta.created
    guard case .pod(let pod) = self else { return altered { $0.deleted = end } }
    return .pod(pod.gone(by: end))
  }

  /// The latest moment that the object shows to have passed.
  ///
  /// The time of its deletion is none: as long as a pod is there, that lies ahead by its grace.
  var latestMoment: Instant? {
    guard case .pod(let pod) = self else { return meta.created }
    return [meta.created, pod.started, pod.finished].compactMap(\.self).max()
  }
}

extension Pod {
  /// A pod that is gone is over, since its last container ended.
  ///
  /// The node's agent takes the grace back when it is done: the time of the deletion is then that of the request, and
  /// containers ran on after it.
  fileprivate func gone(by end: Instant?) -> Pod {
    var pod = self
    pod.meta.deleted = end
    // Its address was free before it went, and stays so.
    guard !isOver else { return pod }
    pod.isOver = true
    pod.finished = [finished, end].compactMap(\.self).max()
    return pod
  }
}
