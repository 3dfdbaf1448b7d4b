import Kubernetes
import Support
import Traffic

/// Workloads and their pods.
struct WorkloadMaking {
  private(set) var workloads: [WorldWorkload] = []
  private(set) var pods: [WorldPod] = []

  /// The places, among a cluster's workloads, of those that every cluster has.
  static let (dns, prometheus, door) = (0, 1, 2)

  init(_ plan: ClusterWorld.Plan, in names: NamespaceMaking, _ random: inout SeededRandom) {
    add(Self.ofEveryCluster, plan, &random)
    while pods.count < plan.pods {
      let team = names.teams[workloads.count % names.teams.count]
      add([Self.workload(workloads.count, in: team, &random)], plan, &random)
    }
  }

  private mutating func add(
    _ made: [WorldWorkload], _ plan: ClusterWorld.Plan, _ random: inout SeededRandom
  ) {
    for workload in made where pods.count < plan.pods {
      let replicas = min(Int.random(in: plan.replicas, using: &random), plan.pods - pods.count)
      for replica in 0..<replicas {
        pods.append(Self.pod(pods.count, replica, of: workload, at: workloads.count))
      }
      workloads.append(workload)
    }
  }

  private static func pod(_ index: Int, _ replica: Int, of workload: WorldWorkload, at place: Int) -> WorldPod
  {
    var labels = workload.labels
    let hash = String(UInt32(truncatingIfNeeded: place) &* 2_654_435_761, radix: 36)
    let name: String
    if workload.isStateful {
      name = "\(workload.name)-\(replica)"
      labels["apps.kubernetes.io/pod-index"] = "\(replica)"
      labels["statefulset.kubernetes.io/pod-name"] = name
    } else {
      name = "\(workload.name)-\(hash)-\(String(index, radix: 36))"
      labels["pod-template-hash"] = hash
    }
    let traits = PodTraits(namespace: workload.namespace, labels: labels, ports: workload.ports)
    return WorldPod(index, of: place, name: name, traits: traits)
  }

  private static let ofEveryCluster = [
    WorldWorkload(
      namespace: NamespaceMaking.system, name: "coredns", component: "dns", isStateful: false,
      labels: ["k8s-app": "kube-dns"],
      ports: [
        ContainerPort(name: "dns", number: 53, transport: .udp), ContainerPort(name: "dns-tcp", number: 53),
        ContainerPort(name: "metrics", number: 9153),
      ]),
    WorldWorkload(
      namespace: NamespaceMaking.monitoring, name: "prometheus", component: "monitoring", isStateful: true,
      labels: [WorldWorkload.nameLabel: "prometheus"], ports: [ContainerPort(name: "web", number: 9090)]),
    WorldWorkload(
      namespace: NamespaceMaking.ingress, name: "controller", component: "door", isStateful: false,
      labels: [WorldWorkload.nameLabel: "controller"],
      ports: [ContainerPort(name: "https", number: 8443), ContainerPort(name: "metrics", number: 10254)]),
  ]

  private static func workload(_ index: Int, in namespace: String, _ random: inout SeededRandom)
    -> WorldWorkload
  {
    let component = components[Int.random(in: 0..<components.count, using: &random)]
    let name = "\(component)\(index)"
    var labels = [
      WorldWorkload.nameLabel: name, WorldWorkload.componentLabel: component,
      "app.kubernetes.io/managed-by": "Helm", "helm.sh/chart": "\(component)-1.\(index % 40).0",
    ]
    if Bool.random(using: &random) { labels["app.kubernetes.io/part-of"] = "product\(index % 12)" }
    return WorldWorkload(
      namespace: namespace, name: name, component: component,
      isStateful: component == "database" || component == "cache" && Bool.random(using: &random),
      labels: labels, ports: ports(of: component, &random))
  }

  /// As often as they are listed.
  private static let components = [
    "web", "web", "web", "api", "api", "api", "api", "worker", "worker", "cache", "database",
  ]

  /// One name may mean another number in another pod, as it does where teams choose for themselves.
  private static func ports(of component: String, _ random: inout SeededRandom) -> [ContainerPort] {
    let http = ContainerPort(
      name: "http", number: [8080, 8080, 8000, 3000].randomElement(using: &random) ?? 8080)
    let metrics = ContainerPort(name: "metrics", number: [9090, 9102].randomElement(using: &random) ?? 9090)
    switch component {
    case "web": return [http, metrics]
    case "api": return [http, ContainerPort(name: "grpc", number: 9000), metrics]
    case "cache": return [ContainerPort(name: "redis", number: 6379), metrics]
    case "database": return [ContainerPort(name: "postgresql", number: 5432), metrics]
    default: return [ContainerPort(name: "statsd", number: 8125, transport: .udp), metrics]
    }
  }
}
