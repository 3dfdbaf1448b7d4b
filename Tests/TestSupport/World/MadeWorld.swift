public import Traffic

/// A cluster made by chance, what was recorded in it, and what must be learned from that; a seed always makes the same.
///
/// Every machine records what passes its interfaces. Nothing here knows how the program attributes, counts or decides:
/// the truth is told by whoever made the traffic.
public struct MadeWorld: Sendable {
  /// What the chance begins with.
  public let seed: UInt64
  /// What is in this world.
  public let features: Set<Feature>
  let cluster: Cluster
  let traffic: TrafficMaking

  /// The world of a seed, with some of these features.
  public init(seed: UInt64, of allowed: Set<Feature> = mastered) {
    var random = SeededRandom(seed: seed)
    let features = allowed.sorted { $0.rawValue < $1.rawValue }.filter {
      random.chance($0.chance)
    }
    self.init(seed: seed, exactly: Set(features), &random)
  }

  /// The world of a seed, with exactly these features.
  public init(seed: UInt64, exactly features: Set<Feature>) {
    var random = SeededRandom(seed: seed)
    self.init(seed: seed, exactly: features, &random)
  }

  private init(seed: UInt64, exactly features: Set<Feature>, _ random: inout SeededRandom) {
    self.seed = seed
    self.features = features
    var making = ClusterMaking(features, random)
    cluster = making.cluster()
    var traffic = TrafficMaking(cluster, features, making.random)
    traffic.make()
    self.traffic = traffic
    random = traffic.random
  }

  /// When the recording begins: 2026-11-20T08:55:00Z, so that another hour begins in the middle of it.
  static let start = Instant(seconds: 1_795_164_900)
  /// How long the recording lasts, in seconds.
  static let length: Int64 = 600
}

// What it can tell.
extension MadeWorld {
  /// The machines.
  public var nodes: [Node] { cluster.nodes }
  /// The workloads of which anything is left.
  public var workloads: [Workload] { cluster.workloads.filter { !$0.isGone } }
  /// Whether each machine is recorded by itself.
  public var isRecordedApart: Bool { features.contains(.recordedApart) }
  /// What must become of the traffic, edge by edge, in order.
  public var truth: [ExpectedEdge] { traffic.edges.values.sorted() }
  /// The cluster's DNS: who answers, and on which ports.
  public var dns: (workload: Workload, ports: Set<UInt16>) {
    let workload = cluster.workloads[cluster.dns]
    return (workload, Set(workload.ports.filter { $0.name?.hasPrefix("dns") == true }.map(\.number)))
  }
  /// Where the API server answers, by its own address and by its Service's, where the inventory shows it.
  public var apiServer: [Socket] {
    guard features.contains(.apiServer) else { return [] }
    return [Socket(nodes[0].addresses[0], 6443), Socket(ClusterMaking.serviceAddress(1), 443)]
  }
  /// Whether something is needed that no rule can say, so that nothing may be generated.
  public var stops: Bool { traffic.stops }
  /// The edges that must be named when nothing is generated, in order.
  public var obstacles: [ExpectedEdge] {
    traffic.obstacles.compactMap { traffic.edges[$0] }.sorted()
  }
  /// How many conversations will go on tomorrow.
  public var lastingCount: Int { traffic.lastingTalks.reduce(0) { $0 + $1.conversations * $1.edges } }
  /// Where a cache on each machine answers for the cluster's DNS.
  public var nameCache: Address? { cluster.nameCache }
  /// In a few words, for the message of a law that fails.
  public var description: String {
    "seed \(seed): " + features.map(\.rawValue).sorted().joined(separator: ", ")
  }
}

extension RandomNumberGenerator {
  /// Whether something happens that happens so many times of a hundred.
  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
}
