import Kubernetes
import Traffic

/// Adds facts up to edges.
struct EdgeTable {
  private let attribution: Attribution
  private let names: Names
  private var places: [Edge.Key: Int] = [:]
  private var keys: [Edge.Key] = []
  private var evidence: [Evidence] = []
  private var growth: [Growth] = []
  private var tally = Tally()
  private var ways: Ways
  private var recorders = Numbering<String>()
  private var lastRecorder: (name: String, number: UInt32)?

  /// What every fact may change of an edge.
  private struct Growth {
    var tier: Tier
    var first: Instant
    var last: Instant
    var hours = 0
    var lastHour: Int64?
    var unanswered = UnansweredMinutes()
  }

  /// The table of these facts, in any order.
  init(_ facts: [Fact], attribution: Attribution, names: Names) {
    self.attribution = attribution
    self.names = names
    ways = Ways(attribution)
    var hour: Int64?
    let facts = Self.byHour(facts)
    for place in facts.indices {
      if hour != facts[place].key.hour { tally.settle() }
      hour = facts[place].key.hour
      add(facts[place])
    }
    tally.settle()
  }

  /// The edges, in order.
  func edges() -> [Edge] {
    // Numbers are sorted, not edges: these are large.
    keys.indices.sorted { keys[$0] < keys[$1] }.map { place in
      var evidence = evidence[place]
      evidence.tier = growth[place].tier
      evidence.first = growth[place].first
      evidence.last = growth[place].last
      evidence.hours = growth[place].hours
      evidence.conversations = tally.totals[place].all
      evidence.established = tally.totals[place].established
      evidence.unrefusedMinutes = growth[place].unanswered.unrefused
      evidence.refusedMinutes = growth[place].unanswered.refused
      evidence.names.sort()
      return Edge(key: keys[place], evidence: evidence)
    }
  }
}

// How it works.
extension EdgeTable {
  /// The facts hour by hour, as a store keeps them.
  private static func byHour(_ facts: [Fact]) -> [Fact] {
    let isInOrder = facts.indices.dropFirst().allSatisfy { facts[$0 - 1].key.hour <= facts[$0].key.hour }
    return isInOrder ? facts : facts.sorted { $0.key.hour < $1.key.hour }
  }

  private mutating func add(_ fact: Fact) {
    let recorder = number(of: fact.key.recorder)
    guard let shape = ways.shape(of: fact) else {
      for part in attribution.parts(of: fact) {
        let target = target(of: part, of: fact)
        count(part.conversations, of: fact, in: target, by: recorder, from: part.first, to: part.last)
      }
      return
    }
    let places: Range<Int>
    if let known = ways.places(of: shape) {
      places = known
    } else {
      let first = ways.targets.count
      let targets = attribution.parts(of: fact).map { target(of: $0, of: fact) }
      ways.keep(targets, for: shape)
      places = first..<first + targets.count
    }
    let activity = fact.activity
    for place in places {
      count(
        fact.conversations, of: fact, in: ways.targets[place], by: recorder, from: activity.first,
        to: activity.last)
    }
  }

  private mutating func number(of recorder: String) -> UInt32 {
    if let lastRecorder, lastRecorder.name == recorder { return lastRecorder.number }
    let number = recorders.number(of: recorder)
    lastRecorder = (recorder, number)
    return number
  }

  private mutating func count(
    _ conversations: UInt64, of fact: Fact, in target: Ways.Target, by recorder: UInt32,
    from first: Instant, to last: Instant
  ) {
    let (tier, hour) = (fact.key.tier, fact.key.hour)
    growth[target.edge].tier = max(growth[target.edge].tier, tier)
    growth[target.edge].first = min(growth[target.edge].first, first)
    growth[target.edge].last = max(growth[target.edge].last, last)
    if growth[target.edge].lastHour != hour {
      growth[target.edge].lastHour = hour
      growth[target.edge].hours += 1
    }
    growth[target.edge].unanswered.add(
      fact, from: first, to: last, client: target.client, server: target.server)
    tally.add(
      Tally.Counts(all: conversations, established: tier.isEstablished ? conversations : 0),
      edge: target.edge, client: target.client, server: target.server, recorder: recorder,
      isThroughService: target.isThroughService)
  }

  /// The edge that a part belongs to, which then knows who was part of it.
  private mutating func target(of part: Attribution.Part, of fact: Fact) -> Ways.Target {
    let key = Edge.Key(
      client: part.client, server: part.server, port: part.port, transport: fact.key.transport,
      nature: part.nature)
    let place = place(of: key, beginningWith: part, of: fact)
    evidence[place].note(part, of: fact)
    if case .external(let address) = part.server {
      for name in names.known(to: part.client, for: address) where !evidence[place].names.contains(name) {
        evidence[place].names.append(name)
      }
    }
    return Ways.Target(
      edge: place, client: ways.number(of: part.clientAddress), server: ways.number(of: part.serverAddress),
      isThroughService: part.isThroughService)
  }

  private mutating func place(
    of key: Edge.Key, beginningWith part: Attribution.Part, of fact: Fact
  ) -> Int {
    if let known = places[key] { return known }
    places[key] = keys.count
    keys.append(key)
    growth.append(Growth(tier: fact.key.tier, first: part.first, last: part.last))
    evidence.append(
      Evidence(
        tier: fact.key.tier, conversations: 0, established: 0, unrefusedMinutes: 0, refusedMinutes: 0,
        first: part.first, last: part.last, hours: 0, clientAddresses: [], serverAddresses: [],
        clientPods: [], serverPods: [], dialled: [], directions: [], names: []))
    return keys.count - 1
  }
}

extension Evidence {
  /// Notes who and what was part of it.
  fileprivate mutating func note(_ part: Attribution.Part, of fact: Fact) {
    clientAddresses.insert(part.clientAddress)
    serverAddresses.insert(part.serverAddress)
    if let pod = part.clientPod { clientPods.insert(pod) }
    if let pod = part.serverPod { serverPods.insert(pod) }
    directions.insert(fact.key.direction)
    if fact.key.direction != .unknown, let dialled = fact.key.dialled { self.dialled.insert(dialled) }
    if part.isThroughService { dialled.insert(Socket(part.serverAddress, fact.key.port)) }
  }
}
