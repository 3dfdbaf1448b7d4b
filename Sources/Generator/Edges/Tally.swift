import Traffic

/// Counts the conversations of edges hour by hour, so that the same traffic seen twice counts once.
///
/// Rows of several recorders for one pair of addresses and one hour are the same traffic, and so are rows that show a
/// Service and rows that show its backends: an hour counts the largest, never the sum, but of recorders that took turns.
/// What hours count adds up.
struct Tally {
  private(set) var totals: [Total] = []
  private(set) var lanes: [Lane] = []
  private var ways: [Way] = []
  private var pairs: [Pair] = []
  private var laneNumbers: Branches
  private var wayNumbers: Branches
  private var pairNumbers: KeyNumbering
  /// What the present hour counted something of.
  private var presentLanes: [UInt32] = []
  private var presentWays: [UInt32] = []
  private var presentPairs: [UInt32] = []
  private var turn: UInt32 = 1
  private var turns: RecordingTurns

  /// Nothing yet, of recorders that took these turns; with room for so many lanes.
  init(_ turns: RecordingTurns, expecting count: Int) {
    self.turns = turns
    laneNumbers = Branches(expecting: count)
    wayNumbers = Branches(expecting: count)
    pairNumbers = KeyNumbering(expecting: count)
    lanes.reserveCapacity(count)
    ways.reserveCapacity(count)
    pairs.reserveCapacity(count)
  }

  /// How many conversations, and how many of them were established.
  struct Counts {
    var all: UInt64 = 0
    var established: UInt64 = 0

    mutating func add(_ other: Counts) {
      all = all.saturatingPlus(other.all)
      established = established.saturatingPlus(other.established)
    }

    func orMore(_ other: Counts) -> Counts {
      Counts(all: max(all, other.all), established: max(established, other.established))
    }
  }

  /// What all hours counted of an edge, how many hours there were, and what was seen of it after it began.
  struct Total {
    fileprivate(set) var counts = Counts()
    fileprivate(set) var hours = 0
    /// When any was seen that went on; the distant past where none did.
    fileprivate(set) var lastSeen = Instant.distantPast
    /// For how long one of those that were established was seen open, at least.
    fileprivate(set) var held = Duration.zero
    fileprivate var turn: UInt32 = 0
  }

  /// One pair of addresses on one way as one recorder saw it; numbers stand for all of them.
  struct Lane {
    let edge: UInt32
    let client: UInt32
    let server: UInt32
    fileprivate let way: UInt32
    fileprivate let recorder: UInt32
    /// How far it came at best, and when the first and the last of all hours began.
    fileprivate(set) var tier = Tier.attempted
    fileprivate(set) var first = Instant.distantFuture
    fileprivate(set) var last = Instant.distantPast
    fileprivate var isPresent = false
    fileprivate var counts = Counts()
  }

  /// Who was asked, and whether a Service stood between.
  private struct Way {
    let pair: UInt32
    let isThroughService: Bool
    var isPresent = false
    var counts = Counts()
  }

  /// The edge, and who asked.
  private struct Pair {
    let edge: UInt32
    var isPresent = false
    var direct = Counts()
    var throughService = Counts()
  }

  /// The number of a lane.
  mutating func lane(
    edge: UInt32, client: UInt32, server: UInt32, recorder: UInt32, isThroughService: Bool
  ) -> UInt32 {
    let pair = pairNumbers.number(of: UInt64(edge) << 32 | UInt64(client))
    if pair == pairs.count { pairs.append(Pair(edge: edge)) }
    let way = wayNumbers.number(of: UInt64(server) << 1 | (isThroughService ? 1 : 0), from: pair)
    if way == ways.count { ways.append(Way(pair: pair, isThroughService: isThroughService)) }
    let lane = laneNumbers.number(of: UInt64(recorder), from: way)
    if lane == lanes.count {
      lanes.append(Lane(edge: edge, client: client, server: server, way: way, recorder: recorder))
    }
    while totals.count <= edge { totals.append(Total()) }
    return lane
  }

  /// Notes conversations that began in the present hour on a lane, and when any of them was seen last.
  ///
  /// `areOne` says that all of them were one connection, which the recorder lost sight of in between.
  mutating func add(
    _ conversations: UInt64, _ tier: Tier, from first: Instant, to last: Instant, seen lastSeen: Instant,
    areOne: Bool, on lane: UInt32
  ) {
    let place = Int(lane)
    lanes[place].counts.add(Counts(all: conversations, established: tier.isEstablished ? conversations : 0))
    if lanes[place].tier < tier { lanes[place].tier = tier }
    if first < lanes[place].first { lanes[place].first = first }
    if lanes[place].last < last { lanes[place].last = last }
    // Whichever of them was seen last began no later than the last of all did.
    let begin = areOne ? first : last
    if begin < lastSeen {
      let edge = Int(lanes[place].edge)
      totals[edge].lastSeen = max(totals[edge].lastSeen, lastSeen)
      if tier.isEstablished { totals[edge].held = max(totals[edge].held, lastSeen.time(since: begin)) }
    }
    guard !lanes[place].isPresent else { return }
    lanes[place].isPresent = true
    presentLanes.append(lane)
  }

  /// Ends the present hour, which comes after those that were ended before.
  mutating func settle(_ hour: Activity) {
    if turns.enter(hour) { takeTurns() }
    // Of the recorders that saw one way, the one that saw most.
    for lane in presentLanes {
      let way = lanes[Int(lane)].way
      ways[Int(way)].counts = ways[Int(way)].counts.orMore(lanes[Int(lane)].counts)
      lanes[Int(lane)].counts = Counts()
      lanes[Int(lane)].isPresent = false
      if !ways[Int(way)].isPresent { presentWays.append(way) }
      ways[Int(way)].isPresent = true
    }
    for number in presentWays {
      let way = ways[Int(number)]
      if way.isThroughService {
        pairs[Int(way.pair)].throughService.add(way.counts)
      } else {
        pairs[Int(way.pair)].direct.add(way.counts)
      }
      ways[Int(number)] = Way(pair: way.pair, isThroughService: way.isThroughService)
      if !pairs[Int(way.pair)].isPresent { presentPairs.append(way.pair) }
      pairs[Int(way.pair)].isPresent = true
    }
    for number in presentPairs {
      let pair = pairs[Int(number)]
      let edge = Int(pair.edge)
      totals[edge].counts.add(pair.direct.orMore(pair.throughService))
      if totals[edge].turn != turn { totals[edge].hours += 1 }
      totals[edge].turn = turn
      pairs[Int(number)] = Pair(edge: pair.edge)
    }
    presentLanes.removeAll(keepingCapacity: true)
    presentWays.removeAll(keepingCapacity: true)
    presentPairs.removeAll(keepingCapacity: true)
    turn += 1
  }

  /// Counts what recorders saw of one way one after another as the traffic of all of them.
  private mutating func takeTurns() {
    // The latest moment of a lane that is present is one of this hour.
    for lane in presentLanes { turns.note(lanes[Int(lane)].recorder, at: lanes[Int(lane)].last) }
    let order = presentLanes.sorted { lanes[Int($0)].way < lanes[Int($1)].way }
    var rest = order[...]
    while let first = rest.first {
      let way = lanes[Int(first)].way
      let seen = rest.prefix { lanes[Int($0)].way == way }
      rest = rest.dropFirst(seen.count)
      guard seen.count > 1 else { continue }
      ways[Int(way)].counts = turns.together(
        seen.map { RecordingTurns.Part(recorder: lanes[Int($0)].recorder, counts: lanes[Int($0)].counts) })
    }
  }
}
