import Traffic

/// What the rules of policies open, as stretches of classes.
struct RuleOpenings {
  private let compiled: CompiledPolicies
  private let classes: PartyClasses
  private let names: PortNames
  private let namespaceNumbers: [String: Int]
  /// What each class declares under names that rules ask for.
  private let namings: [Int]
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
    namespaceNumbers = Dictionary(
      classes.namespaces.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// All that the policies of a key open, in no order and with overlaps.
  mutating func all(
    of key: Standpoints.Key, _ direction: PolicyDirection, _ peers: inout PeerSets, _ table: inout PortTable
  ) -> [ReachRows.Stretch] {
    var openings: [ReachRows.Stretch] = []
    for number in key.policies {
      let policy = compiled.policies[Int(number)]
      guard let namespace = namespaceNumbers[policy.namespace] else { continue }
      for rule in policy.rules(direction) {
        let isByDestination = direction == .egress && names.hasNames[rule.ports]
        let ports = isByDestination ? PortTable.none : meaning(of: rule.ports, key.naming, &table)
        if !isByDestination, ports == PortTable.none { continue }
        for range in Self.ranges(of: rule, namespace, key, direction, &peers, classes) {
          if isByDestination {
            add(range, ofNamed: rule.ports, to: &openings, &table)
          } else {
            openings.append(ReachRows.Stretch(classes: range, ports: ports))
          }
        }
      }
    }
    return openings
  }

  private static func ranges(
    of rule: CompiledPolicies.Rule, _ namespace: Int, _ key: Standpoints.Key, _ direction: PolicyDirection,
    _ peers: inout PeerSets, _ classes: PartyClasses
  ) -> [Range<UInt32>] {
    guard let named = rule.peers else { return ClassSet(0..<UInt32(classes.all.count)).ranges }
    func ranges(_ peer: CompiledPolicies.Peer, _ peers: inout PeerSets) -> [Range<UInt32>] {
      switch peer {
      case .pods(let pods): peers.classes(of: .pods(namespace: namespace, selector: pods)).ranges
      case .namespaces(let selector): peers.classes(of: .namespaces(selector)).ranges
      case .podsIn(let selector, let pods):
        peers.classes(of: .podsIn(namespaces: selector, selector: pods)).ranges
      case .block(let block): peers.classes(of: .block(block, families: key.families, direction)).ranges
      }
    }
    if named.count == 1 { return ranges(named[0], &peers) }
    return named.flatMap { ranges($0, &peers) }
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
    let key = Meaning(ports: ports, naming: names.hasNames[ports] ? naming : 0)
    if let known = resolved[key] { return known }
    // The one who knows what a rule's ports are on a destination is the evaluator.
    let declared = names.declared[key.naming]
    let traits = PodTraits(namespace: "", labels: [:], ports: declared)
    let destination = Standing(
      party: .pod(traits, addresses: .unknown), pod: nil, namespaceLabels: [:], ingress: [], egress: [])
    let crossing = Crossing(.ingress, from: destination, to: destination)
    let number = table.number(of: crossing.resolve(names.lists[ports]))
    resolved[key] = number
    return number
  }
}
