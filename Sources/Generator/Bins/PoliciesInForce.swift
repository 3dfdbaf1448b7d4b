import Kubernetes
import Traffic

/// The policies that the cluster has, asked about edges that were seen.
struct PoliciesInForce {
  private let set: PolicySet
  private let inventory: Inventory
  /// When each of them came to be, by namespace and name.
  private let created: [String: Instant]

  /// Those of an inventory; nil where it has none.
  init?(_ inventory: Inventory) {
    let running = inventory.policies
    guard !running.isEmpty else { return nil }
    set = PolicySet(running.map(\.policy), namespaces: inventory.namespaces)
    created = Dictionary(
      running.map { ($0.policy.path, $0.meta.created ?? .distantPast) },
      uniquingKeysWith: { first, _ in first })
    self.inventory = inventory
  }

  /// The policies that deny an edge between any of its pods, and were there when it was seen last; none where some pods
  /// may.
  func denying(_ edge: Edge) -> [String] {
    denial(of: edge).filter { created[$0, default: .distantPast] <= edge.evidence.last }
  }

  /// Whether they deny an edge between any of its pods, as they are now.
  func deny(_ edge: Edge) -> Bool { !denial(of: edge).isEmpty }

  private func denial(of edge: Edge) -> [String] {
    // Most network plugins let a machine reach its own pods under any policy.
    if case .node(let name, _) = edge.client, Synthesis.isOwnNode(name, of: edge, inventory) { return [] }
    let servers = parties(of: edge.server, edge.evidence.serverPods).map { set.standing(of: $0) }
    let clients = parties(of: edge.client, edge.evidence.clientPods).map { set.standing(of: $0) }
    var isolators: Set<String> = []
    for client in clients {
      for server in servers {
        let verdict = set.verdict(
          from: client, to: server, port: edge.port, transport: edge.transport,
          areReplicas: edge.client == edge.server)
        guard !verdict.isAllowed else { return [] }
        for case .denied(let denial) in [verdict.egress, verdict.ingress] {
          isolators.formUnion(denial.isolatedBy.map(\.policy))
        }
      }
    }
    return isolators.sorted()
  }

  /// What an end looks like to policies, each look once: the pods that were part of the edge, or else all of its pods,
  /// or its template.
  private func parties(of end: End, _ seen: Set<Int>) -> [Party] {
    guard let id = end.workload else {
      guard let address = end.address else { return [] }
      if case .node = end { return [.node(address)] }
      return [.address(address)]
    }
    let pods = (seen.isEmpty ? inventory.pods(of: id) : seen.sorted()).map { inventory.pods[$0] }.filter(
      \.areLabelsKnown)
    var looks: [PodTraits: PodAddresses] = [:]
    for pod in pods where looks[pod.traits] == nil { looks[pod.traits] = PodAddresses(pod.addresses) }
    if looks.isEmpty, let template = inventory.workloads[id] { looks[template.traits] = .unknown }
    return looks.map { .pod($0.key, addresses: $0.value) }
  }
}
