public import Traffic

// A Service is changed under one uid: other pods are behind it then, or others of their ports.
extension Service {
  /// This telling of the Service, which is the newer one, with what another one knows of what it meant before.
  ///
  /// Without numbers nobody knows which of two tellings is the newer one, so neither makes the other an earlier one.
  func remembering(_ other: Service) -> Service {
    guard meta.version > 0, other.meta.version > 0, !meta.uid.isEmpty else { return self }
    var service = self
    service.past = []
    var all = [service]
    for var earlier in past + [other] + other.past {
      earlier.past = []
      if let place = all.firstIndex(where: { $0.meansTheSame(as: earlier) }) {
        all[place].note(earlier)
      } else {
        all.append(earlier)
      }
    }
    service = all.removeFirst()
    service.past = all.sorted { ($0.meta.version, $0.look) < ($1.meta.version, $1.look) }
    return service
  }

  /// What it may have meant at a moment, each with the ports and the selector of then: several where nothing tells when
  /// it was changed.
  ///
  /// A list shows what a Service means when the list is made, and its moment is minutes before that at most.
  public func meanings(at moment: Instant) -> [Service] {
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

  /// Every port that it has or had.
  public var everyPort: [ServicePort] { ports + past.flatMap(\.ports) }

  /// The tellings that a store keeps of it, so that what it meant stays known: itself, and one for each earlier meaning.
  public var looks: [(look: String, service: Service)] {
    guard meta.version > 0, !meta.uid.isEmpty else { return [("", self)] }
    return ([self] + past).map { meaning in
      var bare = meaning
      bare.past = []
      return (bare.look, bare)
    }
  }
}

// How it works.
extension Service {
  /// What it means, as text.
  private var look: String {
    let labels = selector.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
    let doors = ports.map { port in
      let target =
        switch port.target {
        case .number(let number): "\(number)"
        case .name(let name): name
        }
      let node = port.nodePort.map { " on \($0)" } ?? ""
      let name = port.name.map { "\($0) " } ?? ""
      return "\(name)\(port.port)/\(port.transport.name) to \(target)\(node)"
    }
    return "\(labels); \(doors.joined(separator: ", "))"
  }

  private func meansTheSame(as other: Service) -> Bool { selector == other.selector && ports == other.ports }

  /// Notes another telling that means the same.
  private mutating func note(_ other: Service) {
    meta.version = max(meta.version, other.meta.version)
    meta.told = [meta.told, other.meta.told].compactMap(\.self).max()
    toldSince = [toldSince, other.toldSince].compactMap(\.self).min()
  }

  /// Whether what is known of one meaning shows that it was not another one at a moment.
  private static func rulesOut(_ meaning: Service, _ other: Service, isNewer: Bool, at moment: Instant)
    -> Bool
  {
    let (older, newer) = isNewer ? (meaning, other) : (other, meaning)
    // Of a Service that was changed back the newer meaning was there before, and may have been until the older one was
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
