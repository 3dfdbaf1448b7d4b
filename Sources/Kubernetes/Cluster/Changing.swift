public import Traffic

/// Something of the cluster that is changed under one uid, and then means something else than before.
public protocol Changing: Hashable, Sendable {
  /// Name, labels and times.
  var meta: ObjectMeta { get set }
  /// The moment of the first list that told it so, of those that show theirs.
  var toldSince: Instant? { get set }
  /// What it meant before it was changed, by version.
  var past: [Self] { get set }
  /// Whether what it meant before is worth being known.
  var isRemembered: Bool { get }
  /// What it means, as text: tellings of one text mean the same.
  var look: String { get }
}

extension Changing {
  /// This telling, which is the newer one, with what another one knows of what it meant before.
  ///
  /// Without numbers nobody knows which of two tellings is the newer one, so neither makes the other an earlier one.
  func remembering(_ other: Self) -> Self {
    guard isRemembered, isNumbered, other.meta.version > 0 else { return self }
    var newest = self
    newest.past = []
    var all = [newest]
    for var earlier in past + [other] + other.past {
      earlier.past = []
      if let place = all.firstIndex(where: { $0.look == earlier.look }) {
        all[place].note(earlier)
      } else {
        all.append(earlier)
      }
    }
    newest = all.removeFirst()
    newest.past = all.sorted { ($0.meta.version, $0.look) < ($1.meta.version, $1.look) }
    return newest
  }

  /// What it may have meant at a moment, each as it was told then: several where nothing tells when it was changed.
  ///
  /// A list shows what something means when the list is made, and its moment is minutes before that at most.
  public func meanings(at moment: Instant) -> [Self] {
    guard !past.isEmpty else { return [self] }
    let all = past + [self]
    let possible = all.indices.filter { place in
      all.indices.allSatisfy {
        $0 == place || !Self.rulesOut(all[place], all[$0], isNewer: $0 > place, at: moment)
      }
    }
    return possible.isEmpty ? all : possible.map { all[$0] }
  }

  /// The moments at which the answer to `meanings` may change.
  public var changesOfMeaning: [Instant] {
    guard !past.isEmpty else { return [] }
    return (past + [self]).flatMap { meaning in
      [meaning.meta.told, meaning.meta.told.map(Self.surely), meaning.toldSince.map(Self.surely)].compactMap(
        \.self)
    }
  }

  /// The tellings that a store keeps of it, so that what it meant stays known: itself, and one for each earlier meaning.
  public var looks: [(look: String, telling: Self)] {
    guard isRemembered, isNumbered else { return [("", self)] }
    return ([self] + past).map { meaning in
      var bare = meaning
      bare.past = []
      return (bare.look, bare)
    }
  }
}

// How it works.
extension Changing {
  /// Whether tellings of it can be put in order.
  private var isNumbered: Bool { meta.version > 0 && !meta.uid.isEmpty }

  /// Notes another telling that means the same.
  private mutating func note(_ other: Self) {
    meta.version = max(meta.version, other.meta.version)
    meta.told = [meta.told, other.meta.told].compactMap(\.self).max()
    toldSince = [toldSince, other.toldSince].compactMap(\.self).min()
  }

  /// Whether what is known of one meaning shows that it was not another one at a moment.
  private static func rulesOut(_ meaning: Self, _ other: Self, isNewer: Bool, at moment: Instant) -> Bool {
    let (older, newer) = isNewer ? (meaning, other) : (other, meaning)
    // Of something that was changed back the newer meaning was there before, and may have been until the older one was
    // told for the first time.
    if let first = newer.toldSince, let last = older.meta.told, first <= last {
      guard isNewer, let told = newer.meta.told, told > last else { return false }
      return moment >= surely(told)
    }
    if isNewer { return newer.toldSince.map { moment >= surely($0) } ?? false }
    return older.meta.told.map { moment < $0 } ?? false
  }

  /// When a list that has this moment was made, at the latest.
  private static func surely(_ moment: Instant) -> Instant { moment.advanced(bySeconds: 300) }
}
