import Kubernetes
import Traffic

/// Writes the policies of one namespace from its edges.
struct Synthesis {
  let attribution: Attribution
  let selectors: Selectors
  let dns: ClusterDNS
  let webhooks: Webhooks
  let mesh: Mesh
  let options: Options
  let internet: PublicInternet
  let plugin: NetworkPlugin
  let machines: EveryMachine
  /// Where the machines' caches of names ask from.
  let cacheBlocks: [Prefix]

  var inventory: Inventory { attribution.inventory }
  var outside: OutsideDoors { OutsideDoors(attribution: attribution) }

  /// The policies of a namespace in the order they should be applied: names first, the closed door last.
  func policies(for namespace: String, from edges: [Edge]) -> [PlannedPolicy] {
    let planned = plainPolicies(for: namespace, from: edges)
    return options.isKustomizeSafe ? planned.map(\.kustomizeSafe) : planned
  }

  private func plainPolicies(for namespace: String, from edges: [Edge]) -> [PlannedPolicy] {
    var planned: [PlannedPolicy] = []
    if options.isolation.covers(.egress) { planned.append(allowDNS(namespace)) }
    let subjects = inventory.topmost.filter { $0.namespace == namespace && selectors.face(of: $0) == $0 }
    let called = Dictionary(uniqueKeysWithValues: subjects.map { ($0, selectors.called($0)) })
    let names = PolicyNames(for: Array(called.values), besides: [Self.defaultDeny, Self.allowDNS])
    let needed = edges.filter(\.bin.isNeeded)
    let asked = Dictionary(grouping: needed) { $0.server.workload.map(selectors.face) }
    let asking = Dictionary(grouping: needed) { $0.client.workload.map(selectors.face) }
    for subject in subjects {
      guard let selector = selectors.choice(for: subject).selector else { continue }
      let (guests, needs) = (asked[subject, default: []], asking[subject, default: []])
      let doors = entries(
        .ingress, guests,
        besides: naming(of: subject) + caches(of: subject) + admission(of: subject)
          + meshIngress(of: subject, guests) + handedGuests(of: subject, guests))
      let ways = entries(
        .egress, needs, besides: meshEgress(of: subject, needs) + resolving(of: subject, needs))
      guard !doors.isEmpty || !ways.isEmpty else { continue }
      let policy = NetworkPolicy(
        namespace: namespace, name: names[called[subject] ?? subject], labels: Self.ours, subject: selector,
        isolates: options.isolation, ingress: doors.map(\.rule), egress: ways.map(\.rule))
      planned.append(
        PlannedPolicy(
          policy: policy, role: .workload(subject),
          breadths: [.ingress: doors.map(\.breadth), .egress: ways.map(\.breadth)],
          accepted: [.ingress: Self.accepted(doors), .egress: Self.accepted(ways)]))
    }
    let deny = NetworkPolicy(
      namespace: namespace, name: Self.defaultDeny, labels: Self.ours, subject: .everything,
      isolates: options.isolation)
    return planned + [PlannedPolicy(policy: deny, role: .defaultDeny, breadths: [:])]
  }

  /// What lets these edges through on the side of somebody of another namespace; nil where nothing can.
  ///
  /// It isolates all pods of the subject: whoever asks must know that they are isolated in these directions already.
  func companion(
    of subject: WorkloadID, named name: String, asked: [Edge], asking: [Edge]
  ) -> NetworkPolicy? {
    // Nothing there opens by design what our own policies do.
    let doors = RuleBook.entries(
      for: asked.flatMap { ingress($0, isElsewhere: true) } + tunnelDoors(of: subject, asked)
    ).map(\.rule)
    let ways = RuleBook.entries(
      for: asking.flatMap { egress($0, isElsewhere: true) } + tunnelWays(of: subject, asking)
    ).map(\.rule)
    guard let selector = selectors.choice(for: subject).selector, !doors.isEmpty || !ways.isEmpty else {
      return nil
    }
    let policy = NetworkPolicy(
      namespace: subject.namespace, name: name, labels: Self.ours, subject: selector,
      isolates: ways.isEmpty ? .ingress : doors.isEmpty ? .egress : .both, ingress: doors, egress: ways)
    return options.isKustomizeSafe ? policy.kustomizeSafe : policy
  }

  /// The rules of one workload's policy in one direction.
  private func entries(
    _ direction: PolicyDirection, _ edges: [Edge], besides baseline: [Need] = []
  ) -> [RuleBook.Entry] {
    guard options.isolation.covers(direction) else { return [] }
    return RuleBook.entries(
      for: baseline + edges.flatMap { direction == .ingress ? ingress($0) : egress($0) })
  }

  private static func accepted(_ entries: [RuleBook.Entry]) -> Set<Int> {
    Set(entries.indices.filter { entries[$0].isAccepted })
  }

  func policyPort(_ edge: Edge) -> PolicyPort? {
    PortRange(edge.port).map { .range(edge.transport, $0) }
  }

  /// How the server calls the port, where it calls it anything but its own name.
  func portName(_ edge: Edge) -> String? {
    edge.server.workload.flatMap { portName(of: $0, edge.port, edge.transport) }
  }

  func portName(of server: WorkloadID, _ port: UInt16, _ transport: Transport) -> String? {
    let declared = selectors.replicas(of: server).lazy.flatMap(\.ports)
      .first { $0.number == port && $0.transport == transport }
    return declared?.name.flatMap { $0 == server.name ? nil : $0 }
  }

  func peer(_ id: WorkloadID, seenFrom subject: WorkloadID) -> Peer? {
    selectors.choice(for: id).selector.map { peer($0, in: id.namespace, seenFrom: subject.namespace) }
  }

  /// Pods of the same namespace are named by their labels alone, so that the files can be moved to another namespace.
  func peer(_ selector: LabelSelector, in namespace: String, seenFrom subject: String) -> Peer {
    namespace == subject ? .pods(selector) : .podsIn(namespaces: .namespace(namespace), pods: selector)
  }

  func called(_ id: WorkloadID, seenFrom subject: WorkloadID) -> String {
    let name = selectors.called(id).name
    return id.namespace == subject.namespace ? name : "\(name) in \(id.namespace)"
  }

  static let defaultDeny = "default-deny"
  static let allowDNS = "allow-dns"
  static let ours = ["app.kubernetes.io/managed-by": "netpol-learn"]
}
