import Support
import Traffic

/// What recorders of twenty nodes learn about a cluster, hour by hour: a workload for every 500 rows.
///
/// Which moments somebody asks at is chance, and they are whole microseconds, as in the captures of tcpdump.
struct StoreWorld {
  /// Who is there.
  let cluster: StoreCluster
  /// The rows of each hour, and as many that come for the same keys later.
  private(set) var hours: [(first: [Fact], again: [Fact])] = []

  init(rows: Int) {
    var random = SeededRandom(seed: 8)
    cluster = StoreCluster(rows: rows, &random)
    var left = rows
    var hour: Int64 = 498_656
    while left > 0 {
      let first = Array(cluster.ways.compactMap { $0.fact(in: hour, &random) }.prefix(left))
      let again = first.map { fact in Self.more(of: fact, &random) }
      hours.append((first, again.compactMap(\.self)))
      left -= first.count
      hour += 1
    }
  }

  /// One hour of a cluster with so many pods at least.
  init(pods: Int) {
    var random = SeededRandom(seed: 8)
    cluster = StoreCluster(pods: pods, &random)
    hours = [(cluster.ways.compactMap { $0.fact(in: 498_656, &random) }, [])]
  }

  /// All rows, and what they are with those that come later.
  var whole: (first: [Fact], both: [Fact]) {
    let first = hours.flatMap(\.first)
    let both = zip(first, hours.flatMap(\.again)).map { fact, more in
      var fact = fact
      fact.merge(more)
      return fact
    }
    return (first, both)
  }

  private static func more(of fact: Fact, _ random: inout SeededRandom) -> Fact? {
    let way = StoreCluster.Way(key: fact.key, rate: Double(fact.conversations))
    let moment = StoreCluster.moment(in: fact.key.hour, Int.random(in: 0..<60, using: &random), &random)
    return way.fact(in: fact.key.hour, &random)
      ?? Fact(key: fact.key, conversations: 1, activity: Activity(at: moment))
  }
}
