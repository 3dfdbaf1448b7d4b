public import Kubernetes
import Support

/// A cluster of any size with the policies of its teams, made by chance; the same plan makes the same cluster.
public struct ClusterWorld: Sendable {
  /// The labels of every namespace.
  public let namespaces: [String: Labels]
  /// What makes the pods, in the order they were made.
  public let workloads: [WorldWorkload]
  /// The pods, in the order of their addresses.
  public let pods: [WorldPod]
  /// The policies, in the order they were made.
  public let policies: [NetworkPolicy]

  /// How large a cluster is wanted, and of what kind.
  public struct Plan: Hashable, Sendable {
    /// How many pods.
    public var pods: Int
    /// How many policies.
    public var policies: Int
    /// How many pods a workload has.
    public var replicas: ClosedRange<Int>
    /// How far the policies go.
    public var manner: Manner
    /// What the chance begins with.
    public var seed: UInt64

    /// A plan; one workload in seven is a StatefulSet, none of whose pods is like another.
    public init(
      pods: Int, policies: Int, replicas: ClosedRange<Int> = 1...8, manner: Manner = .whole, seed: UInt64 = 1
    ) {
      self.pods = pods
      self.policies = policies
      self.replicas = replicas
      self.manner = manner
      self.seed = seed
    }
  }

  /// How far the policies go.
  public enum Manner: Hashable, Sendable {
    /// Everything that the API has and teams use, blocks of addresses that hold pods among it.
    case whole
    /// Only what every evaluator reads alike: blocks hold no pod, and ports always have a number or a name.
    case agreed
  }

  /// The cluster of a plan.
  public init(_ plan: Plan) {
    var random = SeededRandom(seed: plan.seed)
    let names = NamespaceMaking(count: 4 + plan.pods / 200, &random)
    let making = WorkloadMaking(plan, in: names, &random)
    namespaces = names.labels
    workloads = making.workloads
    pods = making.pods
    var policies = PolicyMaking(plan, names, workloads)
    self.policies = policies.make(&random)
  }
}

/// Something that makes pods.
public struct WorldWorkload: Hashable, Sendable {
  /// Where it lives.
  public let namespace: String
  /// Its name, which no other workload has.
  public let name: String
  /// What it is for: `web`, `api`, `worker`, `cache`, `database` or a part of the cluster itself.
  public let component: String
  /// Whether its pods have names of their own.
  public let isStateful: Bool
  /// The labels of its pods that all of them share.
  public let labels: Labels
  /// The ports that its pods declare.
  public let ports: [ContainerPort]

  /// Namespace and name.
  public var path: String { "\(namespace)/\(name)" }

  /// What policies see of a pod that it will make.
  public var traits: PodTraits { PodTraits(namespace: namespace, labels: labels, ports: ports) }

  /// The label that tells it from all others.
  var identity: LabelSelector { LabelSelector(labels.filter { $0.key == Self.nameLabel }) }

  static let nameLabel = "app.kubernetes.io/name"
  static let componentLabel = "app.kubernetes.io/component"
}
