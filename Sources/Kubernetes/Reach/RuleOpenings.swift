import Traffic

/// What the rules of policies open, as stretches of classes.
struct RuleOpenings {
  private let compiled: CompiledPolicies
  private let classes: PartyClasses
  private let names: PortNames
  private let namespaceNumbers: [String: Int]
  /// What each class declares under names that rules ask for.
  private let namings: [Int]
  /// What ports without names are, the same everywhere.
  private var plain: [UInt32?]
  private var resolved: [Meaning: UInt32] = [:]
  private var named: [Int: [ReachRows.Stretch]] = [:]

  /// The ports of a rule for destinations of one naming.
  private struct Meaning: Hashable {
    let ports: Int
    let naming: Int
  }

  init(_ compiled: CompiledPolicies, _ classes: PartyClasses, _ names: PortNames) {
    self.compiled = compiled
    self.classes = classes
    self.names = names
    namings = classes.all.map(\.naming)
    plain = Array(repeating: nil, count: names.lists.count)
    namespaceNumbers = Dictionary(
      classes.namespaces.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Puts all that the policies of a key open into `openings`, in no order and with overlaps.
  mutating func all(
    of key: Standpoints.Key, _ direction: PolicyDirection, _ peers: inout PeerSets, _ table: inout PortTable,
    into openings: inout [ReachRows.Stretch]
  ) {
    openings.removeAll(keepingCapacity: true)
    for number in key.policies {
      let policy = compiled.policies[Int(number)]
      guard let namespace = namespaceNumbers[policy.namespace] else { continue }
      for place in policy.rules(direction) {
        let rule = compiled.rules[place]
        let isByDestination = direction == .egress && names.hasNames[rule.ports]
        let ports = isByDestination ? PortTable.none : meaning(of: rule.ports, key.naming, &table)
        if !isByDestination, ports == PortTable.none { continue }
        guard let named = rule.peers else {
          let everybody = 0..<UInt32(classes.all.count)
          guard !everybody.isEmpty else { continue }
          add(everybody, rule.ports, ports, isByDestination, to: &openings, &table)
          continue
        }
        for peer in named {
          let peer = Self.key(of: compiled.peers[peer], namespace, key, direction)
          for range in peers.classes(of: peer).ranges {
            add(range, rule.ports, ports, isByDestination, to: &openings, &table)
          }
        }
      }
    }
  }

  private static func key(
    of peer: CompiledPolicies.Peer, _ namespace: Int, _ key: Standpoints.Key, _ direction: PolicyDirection
  ) -> PeerSets.Key {
    switch peer {
    case .pods(let pods): .pods(namespace: namespace, selector: pods)
    case .namespaces(let selector): .namespaces(selector)
    case .podsIn(let selector, let pods): .podsIn(namespaces: selector, selector: pods)
    case .block(let block): .block(block, families: key.families, direction)
    }
  }

  private mutating func add(
    _ range: Range<UInt32>, _ written: Int, _ ports: UInt32, _ isByDestination: Bool,
    to openings: inout [ReachRows.Stretch], _ table: inout PortTable
  ) {
    if isByDestination {
      add(range, ofNamed: written, to: &openings, &table)
    } else {
      openings.append(ReachRows.Stretch(classes: range, ports: ports))
    }
  }

  /// Adds what named ports are on each class of a range.
  private mutating func add(
    _ range: Range<UInt32>, ofNamed ports: Int, to openings: inout [ReachRows.Stretch],
    _ table: inout PortTable
  ) {
    let everywhere = named[ports] ?? meanings(of: ports, &table)
    named[ports] = everywhere
    var (low, high) = (0, everywhere.count)
    while low < high {
      let middle = (low + high) / 2
      if everywhere[middle].classes.upperBound <= range.lowerBound { low = middle + 1 } else { high = middle }
    }
    while low < everywhere.count, everywhere[low].classes.lowerBound < range.upperBound {
      let common = everywhere[low].classes.clamped(to: range)
      openings.append(ReachRows.Stretch(classes: common, ports: everywhere[low].ports))
      low += 1
    }
  }

  /// What the ports of a rule are on each class, where they are any.
  private mutating func meanings(of ports: Int, _ table: inout PortTable) -> [ReachRows.Stretch] {
    let meanings = names.declared.indices.map { meaning(of: ports, $0, &table) }
    var found: [ReachRows.Stretch] = []
    for (number, naming) in namings.enumerated() where meanings[naming] != PortTable.none {
      let (place, meaning) = (UInt32(number), meanings[naming])
      if let last = found.last, last.ports == meaning, last.classes.upperBound == place {
        found[found.count - 1] = ReachRows.Stretch(
          classes: last.classes.lowerBound..<place + 1, ports: meaning)
      } else {
        found.append(ReachRows.Stretch(classes: place..<place + 1, ports: meaning))
      }
    }
    return found
  }

  private mutating func meaning(of ports: Int, _ naming: Int, _ table: inout PortTable) -> UInt32 {
    let hasNames = names.hasNames[ports]
    if !hasNames, let known = plain[ports] { return known }
    let key = Meaning(ports: ports, naming: hasNames ? naming : 0)
    if let known = resolved[key] { return known }
    // The one who knows what a rule's ports are on a destination is the evaluator.
    let declared = names.declared[key.naming]
    let traits = PodTraits(namespace: "", labels: [:], ports: declared)
    let destination = Standing(
      party: .pod(traits, addresses: .unknown), pod: nil, namespaceLabels: [:], ingress: [], egress: [])
    let crossing = Crossing(.ingress, from: destination, to: destination)
    let number = table.number(of: crossing.resolve(names.lists[ports]))
    if hasNames { resolved[key] = number } else { plain[ports] = number }
    return number
  }
}
