import Support
import Traffic

/// What recorders of twenty nodes learn about a cluster, hour by hour: a workload for every 500 rows.
///
/// A workload has one to eight pods and asks one to six others through their Services, and each of its pods asks DNS, is
/// asked for metrics, and may ask something outside. A sixth of these ways is used less than once an hour, another one
/// five times a minute. Which moments those are is chance, and they are whole microseconds, as in the captures of tcpdump.
struct StoreWorld {
  /// The rows of each hour, and as many that come for the same keys later.
  private(set) var hours: [(first: [Fact], again: [Fact])] = []

  init(rows: Int) {
    var random = SeededRandom(seed: 8)
    let ways = Self.ways(among: max(20, rows / 500), &random)
    var left = rows
    var hour: Int64 = 498_656
    while left > 0 {
      let first = Array(ways.compactMap { $0.fact(in: hour, &random) }.prefix(left))
      let again = first.map { fact in Self.more(of: fact, &random) }
      hours.append((first, again.compactMap(\.self)))
      left -= first.count
      hour += 1
    }
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

  /// Somebody who asks somebody else, so many times an hour.
  private struct Way {
    let key: Fact.Key
    let rate: Double

    func fact(in hour: Int64, _ random: inout SeededRandom) -> Fact? {
      var activity: Activity?
      var count: UInt64 = 0
      for minute in 0..<60 {
        var expected = rate / 60
        while expected > 0, Double.random(in: 0..<1, using: &random) < expected {
          let moment = StoreWorld.moment(in: hour, minute, &random)
          if activity?.note(moment) == nil { activity = Activity(at: moment) }
          count += 1
          expected -= 1
        }
      }
      return activity.flatMap { Fact(key: key.moved(to: hour), conversations: count, activity: $0) }
    }
  }

  private static func more(of fact: Fact, _ random: inout SeededRandom) -> Fact? {
    let way = Way(key: fact.key, rate: Double(fact.conversations))
    let moment = moment(in: fact.key.hour, Int.random(in: 0..<60, using: &random), &random)
    return way.fact(in: fact.key.hour, &random)
      ?? Fact(key: fact.key, conversations: 1, activity: Activity(at: moment))
  }

  private static func moment(in hour: Int64, _ minute: Int, _ random: inout SeededRandom) -> Instant {
    let within = Int64.random(in: 0..<60_000_000, using: &random) * 1_000
    return Instant(nanoseconds: (hour * 60 + Int64(minute)) * 60_000_000_000 + within)
  }

  private static func ways(among workloads: Int, _ random: inout SeededRandom) -> [Way] {
    var next: UInt32 = 0x0AF4_0001
    let pods = (0..<workloads).map { _ in
      var pods: [Pod] = []
      repeat {
        pods.append(Pod(address: Address(v4: next), &random))
        next += 1
      } while pods.count < 8 && Double.random(in: 0..<1, using: &random) < 0.6
      return pods
    }
    var ways: [Way] = []
    for place in 2..<workloads {
      let targets = Set(
        (0...Int.random(in: 0..<6, using: &random)).map { _ in
          2 + Int(Double(workloads - 2) * square(Double.random(in: 0..<1, using: &random)))
        })
      for target in targets.sorted() where target != place {
        let rate = rates[Int.random(in: rates.indices, using: &random)]
        let (dialled, port) = ports[target % ports.count]
        let service = Socket(Address(v4: 0x0A60_0000 + UInt32(target)), dialled)
        for client in pods[place] {
          for server in pods[target] {
            ways.append(
              Way(
                key: client.key(to: server.address, port, through: service),
                rate: rate / Double(pods[target].count)))
          }
        }
      }
      let isOutgoing = Double.random(in: 0..<1, using: &random) < 0.3
      let outside = Address(v4: 0xC633_6400 + UInt32.random(in: 0..<800, using: &random))
      for pod in pods[place] {
        for server in pods[0] {
          let dns = Socket(Address(v4: 0x0A60_000A), 53)
          ways.append(Way(key: pod.key(to: server.address, 53, .udp, through: dns), rate: 20))
        }
        ways.append(Way(key: pods[1][0].key(to: pod.address, 9_090), rate: 120))
        if isOutgoing { ways.append(Way(key: pod.key(to: outside, 443), rate: 3)) }
      }
    }
    return ways
  }

  /// Where a Service listens, and where its pods do.
  private static let ports: [(UInt16, UInt16)] = [
    (80, 8_080), (80, 80), (443, 8_443), (5_432, 5_432), (6_379, 6_379), (8_080, 8_080), (9_000, 9_000),
  ]

  /// Conversations an hour that a pod asks for.
  private static let rates: [Double] = [0.4, 1, 2, 5, 30, 300]

  private static func square(_ number: Double) -> Double { number * number }
}

/// A pod, where it runs and behind which interface of its node.
private struct Pod {
  let address: Address
  let node: Int
  let interface: UInt32

  init(address: Address, _ random: inout SeededRandom) {
    self.address = address
    node = Int.random(in: 1...20, using: &random)
    interface = UInt32.random(in: 3..<260, using: &random)
  }

  func key(
    to server: Address, _ port: UInt16, _ transport: Transport = .tcp, through service: Socket? = nil
  ) -> Fact.Key {
    Fact.Key(
      hour: 0, recorder: "node-\(node)", client: address, server: server, port: port, transport: transport,
      tier: transport == .udp ? .replied : .used, direction: transport == .udp ? .firstSender : .opening,
      dialled: service, interface: interface)
  }
}

extension Fact.Key {
  fileprivate func moved(to hour: Int64) -> Fact.Key {
    Fact.Key(
      hour: hour, recorder: recorder, client: client, server: server, port: port, transport: transport,
      tier: tier, direction: direction, dialled: dialled, interface: interface, part: part)
  }
}
