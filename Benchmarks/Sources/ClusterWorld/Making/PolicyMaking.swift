import Kubernetes
import Support
import Traffic

/// The policies of a cluster: what a team gives its namespace first, then one workload after the other.
struct PolicyMaking {
  private let plan: ClusterWorld.Plan
  private let names: NamespaceMaking
  private let workloads: [WorldWorkload]
  private let neighbours: [String: [Int]]
  private var policies: [NetworkPolicy] = []

  init(_ plan: ClusterWorld.Plan, _ names: NamespaceMaking, _ workloads: [WorldWorkload]) {
    self.plan = plan
    self.names = names
    self.workloads = workloads
    neighbours = Dictionary(grouping: workloads.indices) { workloads[$0].namespace }
  }

  /// As many policies as are planned.
  mutating func make(_ random: inout SeededRandom) -> [NetworkPolicy] {
    for (index, namespace) in names.teams.enumerated()
    where index % 5 < 3 && policies.count * 4 < plan.policies {
      policies += Self.basics(of: namespace)
    }
    policies = Array(policies.prefix(plan.policies))
    let ownLine = workloads.indices.dropFirst(3)
    var round = 0
    while policies.count < plan.policies, !ownLine.isEmpty {
      for place in ownLine where policies.count < plan.policies {
        let name = round == 0 ? workloads[place].name : "\(workloads[place].name)-\(round)"
        policies.append(policy(for: workloads[place], named: name, &random))
      }
      round += 1
    }
    return policies
  }

  /// A closed door, names, and monitoring.
  private static func basics(of namespace: String) -> [NetworkPolicy] {
    [
      NetworkPolicy(namespace: namespace, name: "default-deny", subject: .everything, isolates: .both),
      NetworkPolicy(
        namespace: namespace, name: "allow-dns", subject: .everything, isolates: .egress,
        egress: [
          Rule(
            .only(
              .podsIn(
                namespaces: .namespace(NamespaceMaking.system), pods: LabelSelector(["k8s-app": "kube-dns"]))),
            .only(.range(.udp, PortSpan.dns), .range(.tcp, PortSpan.dns)))
        ]),
      NetworkPolicy(
        namespace: namespace, name: "allow-monitoring", subject: .everything, isolates: .ingress,
        ingress: [
          Rule(.only(.namespaces(.namespace(NamespaceMaking.monitoring))), .only(.named(.tcp, "metrics")))
        ]),
    ]
  }

  private func policy(
    for workload: WorldWorkload, named name: String, _ random: inout SeededRandom
  ) -> NetworkPolicy {
    let isolates: Isolation =
      switch Int.random(in: 0..<20, using: &random) {
      case 0..<10: .ingress
      case 10..<17: .both
      default: .egress
      }
    var ingress: [Rule] = []
    var egress: [Rule] = []
    if isolates.covers(.ingress) {
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let peers = PeerMaking(in: workload.namespace, workloads, neighbours, plan.manner).peers(&random)
        ingress.append(Rule(peers, PortSpan.ports(of: workload, plan.manner, &random)))
      }
    }
    if isolates.covers(.egress) {
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let peers = PeerMaking(in: workload.namespace, workloads, neighbours, plan.manner).peers(&random)
        let target = workloads[Int.random(in: 0..<workloads.count, using: &random)]
        egress.append(Rule(peers, PortSpan.ports(of: target, plan.manner, &random)))
      }
    }
    return NetworkPolicy(
      namespace: workload.namespace, name: name, labels: workload.labels,
      annotations: [
        "meta.helm.sh/release-name": "\(workload.name)-release",
        "meta.helm.sh/release-namespace": workload.namespace,
      ],
      subject: subject(workload, &random), isolates: isolates, ingress: ingress, egress: egress)
  }

  private func subject(_ workload: WorldWorkload, _ random: inout SeededRandom) -> LabelSelector {
    switch Int.random(in: 0..<20, using: &random) {
    case 0, 1: LabelSelector([WorldWorkload.componentLabel: workload.component])
    case 2:
      LabelSelector(
        [:], [LabelRequirement(WorldWorkload.componentLabel, .isOneOf(OneOrMore("web", workload.component)))])
    default: workload.identity
    }
  }
}
