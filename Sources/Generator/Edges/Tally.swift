import Traffic

/// Counts the conversations of edges hour by hour, so that the same traffic seen twice counts once.
///
/// Rows of several recorders for one pair of addresses and one hour are the same traffic, and so are rows that show a
/// Service and rows that show its backends: an hour counts the largest, never the sum. What hours count adds up.
struct Tally {
  private var rows: [Row] = []
  private(set) var totals: [Counts] = []

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

  /// One pair of addresses as one recorder saw it; numbers stand for all of them.
  private struct Row {
    /// The edge, and who asked.
    let pair: UInt64
    /// Whether a Service stood between, who was asked, and who recorded it.
    let lane: UInt64
    let counts: Counts

    var isThroughService: Bool { lane >> 63 == 1 }
    var way: UInt64 { lane >> 32 }
  }

  /// Notes conversations of the present hour.
  mutating func add(
    _ counts: Counts, edge: Int, client: UInt32, server: UInt32, recorder: UInt32, isThroughService: Bool
  ) {
    let service: UInt64 = isThroughService ? 1 << 63 : 0
    rows.append(
      Row(
        pair: UInt64(edge) << 32 | UInt64(client),
        lane: service | UInt64(server) << 32 | UInt64(recorder), counts: counts))
  }

  /// Ends the present hour.
  mutating func settle() {
    rows.sort { ($0.pair, $0.lane) < ($1.pair, $1.lane) }
    var place = 0
    while place < rows.count {
      let pair = rows[place].pair
      var (direct, throughService) = (Counts(), Counts())
      while place < rows.count, rows[place].pair == pair {
        let isThroughService = rows[place].isThroughService
        let counts = largestOfRecorders(from: &place)
        if isThroughService { throughService.add(counts) } else { direct.add(counts) }
      }
      let edge = Int(pair >> 32)
      if totals.count <= edge { totals += Array(repeating: Counts(), count: edge + 1 - totals.count) }
      totals[edge].add(direct.orMore(throughService))
    }
    rows.removeAll(keepingCapacity: true)
  }

  /// What the recorder that saw most counted of one pair on one way; `place` moves on to the next way.
  private func largestOfRecorders(from place: inout Int) -> Counts {
    let (pair, way) = (rows[place].pair, rows[place].way)
    var largest = Counts()
    while place < rows.count, rows[place].pair == pair, rows[place].way == way {
      let lane = rows[place].lane
      var counts = Counts()
      while place < rows.count, rows[place].pair == pair, rows[place].lane == lane {
        counts.add(rows[place].counts)
        place += 1
      }
      largest = largest.orMore(counts)
    }
    return largest
  }
}
