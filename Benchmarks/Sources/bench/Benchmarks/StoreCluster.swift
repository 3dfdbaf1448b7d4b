import Kubernetes
import Support
import Traffic

/// A cluster of twenty nodes, made by chance: its workloads' pods, and who asks whom how often.
///
/// A workload has one to eight pods and asks one to six others through their Services, and each of its pods asks DNS, is
/// asked for metrics, and may ask something outside. A sixth of these ways is used less than once an hour, another one
/// five times a minute.
struct StoreCluster {
  /// The pods of each workload; the first one answers for names, the second one asks for metrics.
  let workloads: [[Pod]]
  /// Who asks whom.
  let ways: [Way]

  /// A workload for every 500 rows.
  init(rows: Int, _ random: inout SeededRandom) {
    self.init(workloads: max(20, rows / 500), pods: 0, &random)
  }

  /// So many pods, or a few more.
  init(pods: Int, _ random: inout SeededRandom) { self.init(workloads: 20, pods: pods, &random) }

  private init(workloads least: Int, pods leastPods: Int, _ random: inout SeededRandom) {
    var workloads: [[Pod]] = []
    var count: UInt32 = 0
    while workloads.count < least || count < leastPods {
      var pods: [Pod] = []
      repeat {
        pods.append(Pod(address: Address(v4: 0x0AF4_0001 + count), &random))
        count += 1
      } while pods.count < 8 && Double.random(in: 0..<1, using: &random) < 0.6
      workloads.append(pods)
    }
    self.workloads = workloads
    ways = Self.ways(among: workloads, &random)
  }

  /// A pod, where it runs and behind which interface of its node.
  struct Pod {
    let address: Address
    let node: Int
    let interface: UInt32

    fileprivate init(address: Address, _ random: inout SeededRandom) {
      self.address = address
      node = Int.random(in: nodes, using: &random)
      interface = UInt32.random(in: 3..<260, using: &random)
    }
  }

  /// The numbers of the nodes.
  static let nodes = 1...20
}

// Who is who.
extension StoreCluster {
  /// The workload that answers for names, and the one that asks for metrics.
  static let (names, metrics) = (0, 1)

  /// Where every other workload tells its metrics.
  static let metricsPort: UInt16 = 9_090

  /// Where a workload's Service listens, and where its pods do.
  static func ports(of workload: Int) -> (service: UInt16, pods: UInt16) {
    workload == names ? (53, 53) : ports[workload % ports.count]
  }

  private static let ports: [(UInt16, UInt16)] = [
    (80, 8_080), (80, 80), (443, 8_443), (5_432, 5_432), (6_379, 6_379), (8_080, 8_080), (9_000, 9_000),
  ]

  /// The address of a workload's Service.
  static func service(of workload: Int) -> Address {
    Address(v4: 0x0A60_0000 + (workload == names ? 10 : UInt32(workload)))
  }
}

// Who asks whom.
extension StoreCluster {
  /// Somebody who asks somebody else, so many times an hour.
  struct Way {
    let key: Fact.Key
    let rate: Double

    /// What is seen of it in an hour; nil for nothing.
    func fact(in hour: Int64, _ random: inout SeededRandom) -> Fact? {
      var activity: Activity?
      var count: UInt64 = 0
      for minute in 0..<60 {
        var expected = rate / 60
        while expected > 0, Double.random(in: 0..<1, using: &random) < expected {
          let moment = StoreCluster.moment(in: hour, minute, &random)
          if activity?.note(moment) == nil { activity = Activity(at: moment) }
          count += 1
          expected -= 1
        }
      }
      return activity.flatMap { Fact(key: key.moved(to: hour), conversations: count, activity: $0) }
    }
  }

  /// Any moment of a minute.
  static func moment(in hour: Int64, _ minute: Int, _ random: inout SeededRandom) -> Instant {
    let within = Int64.random(in: 0..<60_000_000, using: &random) * 1_000
    return Instant(nanoseconds: (hour * 60 + Int64(minute)) * 60_000_000_000 + within)
  }

  private static func ways(among workloads: [[Pod]], _ random: inout SeededRandom) -> [Way] {
    var ways: [Way] = []
    for place in 2..<workloads.count {
      let targets = Set(
        (0...Int.random(in: 0..<6, using: &random)).map { _ in
          2 + Int(Double(workloads.count - 2) * square(Double.random(in: 0..<1, using: &random)))
        })
      for target in targets.sorted() where target != place {
        let rate = rates[Int.random(in: rates.indices, using: &random)]
        let (dialled, port) = ports(of: target)
        let service = Socket(service(of: target), dialled)
        for client in workloads[place] {
          for server in workloads[target] {
            ways.append(
              Way(
                key: client.key(to: server.address, port, through: service),
                rate: rate / Double(workloads[target].count)))
          }
        }
      }
      let isOutgoing = Double.random(in: 0..<1, using: &random) < 0.3
      let outside = Address(v4: 0xC633_6400 + UInt32.random(in: 0..<800, using: &random))
      for pod in workloads[place] {
        for server in workloads[names] {
          let dns = Socket(service(of: names), 53)
          ways.append(Way(key: pod.key(to: server.address, 53, .udp, through: dns), rate: 20))
        }
        ways.append(Way(key: workloads[metrics][0].key(to: pod.address, metricsPort), rate: 120))
        if isOutgoing { ways.append(Way(key: pod.key(to: outside, 443), rate: 3)) }
      }
    }
    return ways
  }

  /// Conversations an hour that a pod asks for.
  private static let rates: [Double] = [0.4, 1, 2, 5, 30, 300]

  private static func square(_ number: Double) -> Double { number * number }
}

extension StoreCluster.Pod {
  fileprivate func key(
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
