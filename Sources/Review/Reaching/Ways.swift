public import Documents
public import Kubernetes
import Traffic

/// All allowed ways between workloads, and between them and the outside.
public struct Ways: Sendable {
  /// One way: a pair of ends, and the ports that are open.
  public struct Way: Hashable, Sendable {
    /// The end that asks.
    public let from: String
    /// The end that is asked.
    public let to: String
    /// Its ports that are open.
    public let ports: PortSet
  }

  /// The ways on which anything passes, in order of their ends.
  public private(set) var all: [Way] = []
  /// What else one should know of them.
  public private(set) var notes: [String] = []
  /// All ends that can be asked, in order.
  private var askedNames: [String] = []

  /// The ways of a population, those of one end where one is given, and those that begin or end in one of the
  /// namespaces where some are given.
  public init(_ population: Population, from: String? = nil, to: String? = nil, namespaces: Set<String> = [])
  {
    let ends = population.wayEnds
    let sources = from.map(population.wayEnds) ?? ends
    let destinations = to.map(population.wayEnds) ?? ends
    askedNames = destinations.map(\.name)
    var apart: [(way: Way, family: Family)] = []
    for source in sources {
      for destination in destinations {
        guard source.namespace != nil || destination.namespace != nil else { continue }
        guard source.name != destination.name || destination.other != nil else { continue }
        if !namespaces.isEmpty {
          guard
            [source.namespace, destination.namespace].contains(where: { $0.map(namespaces.contains) ?? false }
            )
          else { continue }
        }
        let open = population.open(source, destination)
        if let family = population.family(apartFrom: open, source, destination) {
          apart.append((Way(from: source.name, to: destination.name, ports: open), family))
        }
        if !open.isEmpty { all.append(Way(from: source.name, to: destination.name, ports: open)) }
      }
    }
    if let (way, family) = apart.first {
      let more = apart.count > 1 ? ", and so are \(apart.count - 1) more" : ""
      notes.append(
        "\(way.from) → \(way.to) is another answer over \(family)\(more): ask with an address of it")
    }
    notes += population.unreadNotes(of: Set((sources + destinations).compactMap(\.namespace)))
  }
}

// How it is told.
extension Ways {
  /// One line of the table: every source reaches every destination on these ports.
  public struct Line: Sendable {
    /// Who asks.
    public let sources: [String]
    /// Who is asked.
    public let destinations: [String]
    /// On which ports.
    public let ports: PortSet

    /// The sources in words.
    public var from: String { ChangeWords.names(sources) }
    /// The destinations in words.
    public var to: String { ChangeWords.names(destinations) }
    /// The ports in words.
    public var on: String { ChangeWords.ports(ports) }
  }

  /// A line for each way.
  public var each: [Line] {
    all.map { Line(sources: [$0.from], destinations: [$0.to], ports: $0.ports) }
  }

  /// As few lines as sources with the same ways, and destinations with the same ports, allow.
  public var grouped: [Line] {
    struct Target: Hashable {
      let ports: PortSet
      let destinations: [String]
    }
    var order: [Target] = []
    var sources: [Target: [String]] = [:]
    var start = 0
    while start < all.count {
      let from = all[start].from
      var end = start
      while end < all.count, all[end].from == from { end += 1 }
      var ports: [PortSet] = []
      var destinations: [PortSet: [String]] = [:]
      for way in all[start..<end] {
        if destinations[way.ports] == nil { ports.append(way.ports) }
        destinations[way.ports, default: []].append(way.to)
      }
      for set in ports {
        let target = Target(ports: set, destinations: destinations[set, default: []])
        if sources[target] == nil { order.append(target) }
        sources[target, default: []].append(from)
      }
      start = end
    }
    return order.map {
      Line(sources: sources[$0, default: []], destinations: $0.destinations, ports: $0.ports)
    }
  }

  /// A way as JSON.
  public static func node(_ way: Way) -> Node {
    .mapping([
      "from": .string(way.from), "to": .string(way.to),
      "ports": .sequence(way.ports.terms.map { .string($0) }),
    ])
  }
}

/// One end of ways: parties that no policy tells apart, of one workload.
struct WayEnd {
  let name: String
  /// The namespace; nil outside the cluster.
  let namespace: String?
  let standing: Standing
  /// Another pod of the same kind, for what they say to each other.
  let other: Standing?
  /// The class in `Population.reach`; nil for what is not in it.
  let number: Int?
}

extension Population {
  /// Every workload, once for each of its looks that policies tell apart, and every stretch of outside addresses.
  var wayEnds: [WayEnd] {
    let workloads = placesOfWorkload.keys.sorted().flatMap { wayEnds(of: $0) }
    let outside = members.indices.filter { members[$0].workload == nil }.map { place in
      wayEnd(members[place].name, nil, place, nil)
    }
    return workloads + outside
  }

  /// The ends that a text means.
  func wayEnds(_ text: String) -> [WayEnd] {
    if let workloads = workloadsByName[text], podPlaces[text] == nil {
      return workloads.flatMap { wayEnds(of: $0) }
    }
    let found = resolve(text)
    // A Service stands for the pods behind it.
    if let service = found.service {
      return looks(placesBehind(inventory.services[service])).map { look in
        wayEnd(
          members[look.first].name, inventory.services[service].meta.namespace, look.first, look.other)
      }
    }
    return found.ends.map { end in
      WayEnd(
        name: end.name, namespace: end.standing.party.selectable?.namespace, standing: end.standing,
        other: nil,
        number: nil)
    }
  }

  private func wayEnds(of workload: WorkloadID) -> [WayEnd] {
    let looks = looks(placesOfWorkload[workload, default: []])
    let parties = looks.map { members[$0.first].party }
    return looks.enumerated().map { number, look in
      var name = "\(workload)"
      if number > 0 {
        let apart = NamedParty.looks(of: name, [parties[0], parties[number]])
        // Looks that differ in no lasting label differ in their addresses.
        name = apart.count > 1 ? apart[1].name : "\(name) (\(members[look.first].name))"
      }
      if case .pod(let traits, _) = parties[number], traits.usesHostNetwork { name += " (host network)" }
      // A workload that makes pods may have more than one, whatever there are now.
      let isAlone = workload.kind == "Pod"
      return wayEnd(name, workload.namespace, look.first, look.other ?? (isAlone ? nil : look.first))
    }
  }

  private func wayEnd(_ name: String, _ namespace: String?, _ place: Int, _ other: Int?) -> WayEnd {
    let policies = reach.policies
    return WayEnd(
      name: name, namespace: namespace, standing: policies.standing(of: members[place].party),
      other: other.map { policies.standing(of: members[$0].party) }, number: reach.classOfParty(place))
  }

  /// The ports open between two ends, as between different pods.
  func open(_ source: WayEnd, _ destination: WayEnd) -> PortSet {
    if let from = source.number, let to = destination.number {
      return reach.open(fromClass: from, toClass: to)
    }
    return reach.policies.open(from: source.standing, to: destination.standing, areReplicas: true)
  }

  /// The other family that two ends have in common, where what is open over it is not `open`.
  func family(apartFrom open: PortSet, _ source: WayEnd, _ destination: WayEnd) -> Family? {
    let (asking, asked) = (source.standing, destination.standing)
    // Only a block can tell two addresses of one pod apart.
    guard asking.party.addresses.secondary != nil, asked.party.addresses.secondary != nil else { return nil }
    return asking.party.families(to: asked.party).dropFirst().first { family in
      reach.policies.open(from: asking, to: asked, over: family, areReplicas: true) != open
    }
  }
}
