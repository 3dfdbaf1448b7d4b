public import Traffic

/// Addresses that a pod had before others, which it got when its sandbox was made anew.
public struct Tenure: Hashable, Sendable {
  /// The addresses.
  public let addresses: [Address]
  /// The newest version of the pod that shows them.
  public let version: Int64
  /// Between which moments it is known to have had them; nil where nothing tells.
  public let known: ClosedRange<Instant>?

  /// The addresses that a telling of a pod shows.
  init(_ pod: Pod) {
    addresses = pod.addresses
    version = pod.meta.version
    known = pod.known
  }
}

// A pod keeps its uid when a machine starts anew or its sandbox fails, and gets other addresses.
extension Pod {
  /// This telling of the pod, which is the newer one, with what another one knows of its addresses.
  ///
  /// Without numbers nobody knows which of two tellings is the newer one, so neither makes the other's addresses earlier
  /// ones.
  func remembering(_ other: Pod) -> Pod {
    guard meta.version > 0, other.meta.version > 0, !meta.uid.isEmpty else { return self }
    var pod = self
    if addresses == other.addresses, let mine = known, let others = other.known,
      mine.lowerBound == others.lowerBound
    {
      // Of one sandbox both are true, and lists of a quiet cluster have one version.
      pod.known = mine.lowerBound...max(mine.upperBound, others.upperBound)
    }
    guard !other.past.isEmpty || other.addresses != addresses && !other.addresses.isEmpty else { return pod }
    let all = past + other.past + (other.addresses.isEmpty ? [] : [Tenure(other)])
    // Of tellings of the same addresses the newest counts.
    let newest = Dictionary(grouping: all.filter { $0.addresses != addresses }, by: \.addresses)
      .compactMap { $0.value.max(by: Tenure.isEarlier) }
    pod.past = newest.sorted(by: Tenure.isEarlier)
    return pod
  }

  /// The addresses that it has, and those that it had before.
  public var everyAddress: [Address] { addresses + past.flatMap(\.addresses) }

  /// Its addresses in no order, each with the stretch in which the pod could hold it.
  ///
  /// Of a pod that never had others these are the ones it tells, from its start to its end. One that had others is known
  /// to hold each only while it tells so: when one went and the next came, nobody says, and between them an address may
  /// be anybody's.
  public var holdings: [(address: Address, from: Instant, until: Instant)] {
    let held = held
    let addresses = Set(addresses)
    guard !past.isEmpty else { return addresses.map { ($0, held.from, held.until) } }
    var found: [(address: Address, from: Instant, until: Instant)] = []
    // Once it had the next ones, it had no longer those before.
    var next = known?.lowerBound ?? .distantFuture
    if let known { found = addresses.map { ($0, known.lowerBound, max(known.lowerBound, held.until)) } }
    for tenure in past.reversed() {
      guard let known = tenure.known, known.lowerBound < next else { continue }
      let until = min(known.upperBound, next)
      found += Set(tenure.addresses).map { ($0, known.lowerBound, until) }
      next = known.lowerBound
    }
    return found
  }

  /// The tellings that a store keeps of it, so that each of its addresses stays known: itself, and one for each set
  /// that it had before.
  public var looks: [(look: String, pod: Pod)] {
    var bare = self
    bare.past = []
    var all = [(Self.look(addresses), bare)]
    for tenure in past {
      var earlier = bare
      earlier.addresses = tenure.addresses
      earlier.meta.version = tenure.version
      earlier.meta.told = nil
      earlier.known = tenure.known
      // Its end is the newer telling's word.
      (earlier.meta.deleted, earlier.finished, earlier.isOver) = (nil, nil, false)
      all.append((Self.look(tenure.addresses), earlier))
    }
    return all
  }

  private static func look(_ addresses: [Address]) -> String {
    addresses.map(\.description).joined(separator: ",")
  }
}

extension Tenure {
  /// The order in which a pod had its addresses; the rest only makes it the same order wherever it is asked.
  fileprivate static func isEarlier(_ one: Tenure, _ other: Tenure) -> Bool {
    if one.version != other.version { return one.version < other.version }
    let (mine, theirs) = (one.known, other.known)
    if mine != theirs {
      return (mine?.upperBound ?? .distantPast, mine?.lowerBound ?? .distantPast)
        < (theirs?.upperBound ?? .distantPast, theirs?.lowerBound ?? .distantPast)
    }
    return one.addresses.lexicographicallyPrecedes(other.addresses)
  }
}
