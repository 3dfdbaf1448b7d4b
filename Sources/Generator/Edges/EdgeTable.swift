import Kubernetes
import Traffic

/// Adds conversations up to edges.
struct EdgeTable {
  private let conversations: Conversations
  private let attribution: Attribution
  private let names: Names
  private var ends: Ends
  private var ways: Ways
  private var places: [Place] = []
  private var numbers = KeyNumbering()
  private var partakers: Partakers
  private var tally: Tally
  private var unanswered: [UInt32: UnansweredMinutes] = [:]

  /// An edge whose ends are numbers.
  private struct Place {
    let client: UInt32
    let server: UInt32
    let port: UInt16
    let transport: Transport
    let nature: Edge.Nature

    /// Both ends as one word, and all else as another.
    var ends: UInt64 { UInt64(client) << 32 | UInt64(server) }
    var rest: UInt64 { UInt64(transport.rawValue) << 24 | UInt64(port) << 8 | UInt64(nature.rawValue) }
  }

  /// What a row shows of an edge.
  private struct Part {
    let place: Place
    let clientAddress: UInt32
    let serverAddress: UInt32
    let clientPod: Int?
    let serverPod: Int?
    let isThroughService: Bool
  }

  /// The table of these conversations, of recorders that missed this much and tell so when they recorded.
  init(_ conversations: Conversations, _ losses: [Loss], attribution: Attribution, names: Names) {
    self.conversations = conversations
    // Most rows say the same as those of other hours. What grows is moved again and again; room that nobody uses costs
    // what it takes to fill slots with zeros, and of lists nothing.
    let expected = conversations.count / 4
    tally = Tally(RecordingTurns(losses, of: conversations.recorders), expecting: expected)
    partakers = Partakers(expecting: expected)
    self.attribution = attribution
    self.names = names
    ends = Ends(conversations.addresses, attribution)
    ways = Ways(conversations.addresses, attribution, expecting: expected)
    var hour: Activity?
    for portion in conversations.portions {
      for row in portion {
        if let hour, hour.first <= row.activity.first, row.activity.first <= hour.last {
          add(row)
          continue
        }
        if let hour { tally.settle(hour) }
        let whole = row.activity.whole
        ways.enter(whole)
        hour = whole
        add(row)
      }
    }
    if let hour { tally.settle(hour) }
  }

  /// The edges, in order.
  mutating func edges() -> [Edge] {
    var evidence = Array(repeating: Evidence.none, count: places.count)
    for place in evidence.indices {
      partakers.tell(&evidence[place], of: place, addresses: conversations.addresses)
    }
    for lane in tally.lanes {
      let place = Int(lane.edge)
      evidence[place].tier = max(evidence[place].tier, lane.tier)
      evidence[place].first = min(evidence[place].first, lane.first)
      evidence[place].last = max(evidence[place].last, lane.last)
    }
    for (place, total) in tally.totals.enumerated() {
      evidence[place].conversations = total.counts.all
      evidence[place].established = total.counts.established
      evidence[place].hours = total.hours
      evidence[place].lastSeen = max(evidence[place].last, total.lastSeen)
      evidence[place].held = total.held
    }
    for (number, place) in places.enumerated() where ends.areOutside[Int(place.server)] {
      guard case .external(let address) = ends.all[Int(place.server)] else { continue }
      evidence[number].names = names.known(to: ends.all[Int(place.client)], for: address)
    }
    for (place, minutes) in unanswered {
      evidence[Int(place)].unrefusedMinutes = minutes.unrefused
      evidence[Int(place)].refusedMinutes = minutes.refused
    }
    return order.map { place in Edge(key: key(of: places[place]), evidence: evidence[place]) }
  }
}

// How it works.
extension EdgeTable {
  private mutating func add(_ row: Conversations.Row) {
    guard let shape = ways.shape(of: row) else {
      addParts(of: row)
      return
    }
    let range = ways.range(of: shape) ?? targets(of: shape, begunBy: row)
    for target in range {
      count(
        row.conversations, of: row, from: row.activity.first, to: row.activity.last, on: ways.targets[target])
    }
  }

  private mutating func count(
    _ conversations: UInt64, of row: Conversations.Row, from first: Instant, to last: Instant, on lane: UInt32
  ) {
    // What ended before others of its row began may have gone to another holder, and so did what went on.
    let lastSeen = last == row.activity.last ? row.lastSeen : last
    // Of what nobody saw opened a row tells both ports, and so is about one connection.
    tally.add(
      conversations, row.tier, from: first, to: last, seen: lastSeen, areOne: row.isUndirected, on: lane)
    guard UnansweredMinutes.concern(row) else { return }
    let lane = tally.lanes[Int(lane)]
    unanswered[lane.edge, default: UnansweredMinutes()].add(
      row, from: first, to: last, client: lane.client, server: lane.server)
  }

  /// What rows of a new shape lead to.
  private mutating func targets(of shape: Ways.Shape, begunBy row: Conversations.Row) -> Range<Int> {
    let first = ways.targets.count
    let asker = ends.asker(in: row, of: shape)
    for number in ends.answerers(in: row, of: shape) {
      let answerer = ends.answerers[number]
      let isElsewhere = attribution.isCounted(
        elsewhere: row.direction, by: conversations.addresses[Int(row.client)], pod: answerer.pod,
        at: row.activity.first)
      guard !isElsewhere else { continue }
      let place = Place(
        client: asker.end, server: answerer.end, port: answerer.port, transport: row.transport,
        nature: row.isLoop ? .loop : .ordinary)
      let part = Part(
        place: place, clientAddress: row.client, serverAddress: row.server, clientPod: asker.pod,
        serverPod: answerer.pod, isThroughService: answerer.isThroughService)
      ways.add(lane(of: part, of: row))
    }
    return ways.keep(first, for: shape)
  }

  /// Adds a row during which a holder changes, or of which nobody saw who asked: each part of it for itself.
  private mutating func addParts(of row: Conversations.Row) {
    let fact = conversations.fact(row)
    for part in attribution.parts(of: fact) {
      let isElsewhere = attribution.isCounted(
        elsewhere: row.direction, by: fact.key.client, pod: row.isUndirected ? nil : part.serverPod,
        at: part.first)
      guard !isElsewhere else { continue }
      let place = Place(
        client: ends.number(of: part.client), server: ends.number(of: part.server), port: part.port,
        transport: row.transport, nature: part.nature)
      let isTurned = part.clientAddress != fact.key.client
      let lane = lane(
        of: Part(
          place: place, clientAddress: isTurned ? row.server : row.client,
          serverAddress: isTurned ? row.client : row.server, clientPod: part.clientPod,
          serverPod: part.serverPod, isThroughService: part.isThroughService), of: row)
      count(part.conversations, of: row, from: part.first, to: part.last, on: lane)
    }
  }

  /// The lane that a part belongs to; its edge then knows who was part of it.
  private mutating func lane(of part: Part, of row: Conversations.Row) -> UInt32 {
    let number = numbers.number(of: part.place.ends, part.place.rest)
    let place = Int(number)
    if place == places.count { places.append(part.place) }
    note(part, of: row, in: place)
    return tally.lane(
      edge: number, client: part.clientAddress, server: part.serverAddress, recorder: row.recorder,
      isThroughService: part.isThroughService)
  }

  /// Notes who and what was part of an edge.
  private mutating func note(_ part: Part, of row: Conversations.Row, in place: Int) {
    var dialled: (UInt32, UInt16)?
    if !row.isUndirected, let address = row.dialledAddress { dialled = (address, row.dialledPort) }
    partakers.add(
      Partakers.Note(
        clientAddress: part.clientAddress, serverAddress: part.serverAddress, clientPod: part.clientPod,
        serverPod: part.serverPod, direction: row.direction, dialled: dialled,
        servicePort: part.isThroughService ? row.port : nil), to: place)
  }

  private func key(of place: Place) -> Edge.Key {
    Edge.Key(
      client: ends.all[Int(place.client)], server: ends.all[Int(place.server)], port: place.port,
      transport: place.transport, nature: place.nature)
  }

  /// The places of edges in the order of their keys; ends are compared once, and then their ranks.
  private var order: [Int] {
    let all = ends.all
    var ranks = [UInt32](repeating: 0, count: all.count)
    for (rank, place) in all.indices.sorted(by: { all[$0] < all[$1] }).enumerated() {
      ranks[place] = UInt32(rank)
    }
    let keys = places.enumerated().map { number, place in
      (
        ends: UInt64(ranks[Int(place.client)]) << 32 | UInt64(ranks[Int(place.server)]),
        rest: UInt32(place.transport.rawValue) << 24 | UInt32(place.port) << 8
          | UInt32(place.nature.rawValue),
        number: number
      )
    }
    return keys.sorted { ($0.ends, $0.rest) < ($1.ends, $1.rest) }.map(\.number)
  }
}

extension Evidence {
  /// None yet.
  fileprivate static let none = Evidence(
    tier: .attempted, conversations: 0, established: 0, unrefusedMinutes: 0, refusedMinutes: 0,
    first: .distantFuture, last: .distantPast, lastSeen: .distantPast, held: .zero, hours: 0,
    clientAddresses: [],
    serverAddresses: [],
    clientPods: [], serverPods: [], dialled: [], directions: [], names: [])
}

extension Activity {
  /// All of its hour, as far as moments go.
  fileprivate var whole: Activity {
    let begin = Instant(seconds: hour * 3600)
    let next = Instant(seconds: (hour + 1) * 3600)
    let end = next == .distantFuture ? next : Instant(nanoseconds: next.nanoseconds - 1)
    return Activity(first: min(begin, first), last: max(end, last), minutes: 1 << 60 - 1) ?? self
  }
}
