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

  var inventory: Inventory { attribution.inventory }

  /// The policies of a namespace in the order they should be applied: names first, the closed door last.
  func policies(for namespace: String, from edges: [Edge]) -> [PlannedPolicy] {
    let planned = plainPolicies(for: namespace, from: edges)
    return options.isKustomizeSafe ? planned.map(\.kustomizeSafe) : planned
  }

  private func plainPolicies(for namespace: String, from edges: [Edge]) -> [PlannedPolicy] {
    var planned: [PlannedPolicy] = []
    if options.isolation.covers(.egress) { planned.append(allowDNS(namespace)) }
    let subjects = inventory.topmost.filter { $0.namespace == namespace }
    let names = PolicyNames(for: subjects, besides: [Self.defaultDeny, Self.allowDNS])
    let needed = edges.filter(\.bin.isNeeded)
    let asked = Dictionary(grouping: needed) { $0.server.workload }
    let asking = Dictionary(grouping: needed) { $0.client.workload }
    for subject in subjects {
      guard let selector = selectors.choice(for: subject).selector else { continue }
      let (guests, needs) = (asked[subject, default: []], asking[subject, default: []])
      let doors = entries(
        .ingress, guests,
        besides: naming(of: subject) + admission(of: subject) + meshIngress(of: subject, guests))
      let ways = entries(.egress, needs, besides: meshEgress(of: subject, needs))
      guard !doors.isEmpty || !ways.isEmpty else { continue }
      let policy = NetworkPolicy(
        namespace: namespace, name: names[subject], labels: Self.ours, subject: selector,
        isolates: options.isolation, ingress: doors.map(\.rule), egress: ways.map(\.rule))
      planned.append(
        PlannedPolicy(
          policy: policy, role: .workload(subject),
          breadths: [.ingress: doors.map(\.breadth), .egress: ways.map(\.breadth)]))
    }
    let deny = NetworkPolicy(
      namespace: namespace, name: Self.defaultDeny, labels: Self.ours, subject: .everything,
      isolates: options.isolation)
    return planned + [PlannedPolicy(policy: deny, role: .defaultDeny, breadths: [:])]
  }

  /// What lets these edges through on the side of somebody of another namespace; nil where nothing can.
  ///
  /// It isolates only where what stands there isolates already.
  func companion(
    of subject: WorkloadID, named name: String, asked: [Edge], asking: [Edge]
  ) -> NetworkPolicy? {
    let doors = RuleBook.entries(for: asked.flatMap(ingress)).map(\.rule)
    let ways = RuleBook.entries(for: asking.flatMap(egress)).map(\.rule)
    guard let selector = selectors.choice(for: subject).selector, !doors.isEmpty || !ways.isEmpty else {
      return nil
    }
    let policy = NetworkPolicy(
      namespace: subject.namespace, name: name, labels: Self.ours, subject: selector,
      isolates: ways.isEmpty ? .ingress : doors.isEmpty ? .egress : .both, ingress: doors, egress: ways)
    return options.isKustomizeSafe ? policy.kustomizeSafe : policy
  }

  /// Every pod may ask the cluster's DNS, over UDP and TCP, and its cache on the pod's own machine where there is one.
  private func allowDNS(_ namespace: String) -> PlannedPolicy {
    let servers = peer(LabelSelector(dns.selector), in: dns.namespace, seenFrom: namespace)
    func rule(_ peers: [Peer], _ ports: Set<UInt16>, _ note: String) -> Rule? {
      let ports = ports.compactMap { PortRange($0) }.flatMap { range in
        [Transport.tcp, .udp].map { PolicyPort.range($0, range) }
      }
      // An empty list would mean everybody: where there is none there is no rule.
      guard let peers = OneOrMore(peers), let ports = OneOrMore(ports.sorted()) else { return nil }
      return Rule(.only(peers), .only(ports), note: [note])
    }
    let caches = dns.caches.map { Peer.block(Prefix(only: $0), except: []) }
    let rules = [
      rule([servers], Set(dns.ports.map(\.port)), "cluster DNS"),
      rule(caches, [53], "cluster DNS, cached on each machine"),
    ].compactMap(\.self)
    let policy = NetworkPolicy(
      namespace: namespace, name: Self.allowDNS, labels: Self.ours, subject: .everything, isolates: .egress,
      egress: rules)
    return PlannedPolicy(policy: policy, role: .dns, breadths: [.egress: rules.map { _ in .baseline }])
  }

  /// The rules of one workload's policy in one direction.
  private func entries(
    _ direction: PolicyDirection, _ edges: [Edge], besides baseline: [Need] = []
  ) -> [RuleBook.Entry] {
    guard options.isolation.covers(direction) else { return [] }
    return RuleBook.entries(
      for: baseline + edges.flatMap { direction == .ingress ? ingress($0) : egress($0) })
  }

  private func ingress(_ edge: Edge) -> [Need] {
    guard let subject = edge.server.workload, let port = policyPort(edge) else { return [] }
    func need(_ peer: Peer, _ name: String, _ breadth: Need.Breadth) -> Need {
      Need(
        peer: peer, port: port, names: [name], portName: portName(edge), breadth: breadth,
        approval: edge.approval)
    }
    if edge.isNaming { return naming(edge) }
    // The control plane lets every proxy in already.
    if mesh.holds(edge) { return [] }
    switch edge.client {
    case .workload(let client):
      guard let peer = peer(client, seenFrom: subject) else { return [] }
      return [need(peer, called(client, seenFrom: subject), .exact)]
    case .node(let name, let address):
      if edge.isProbe { return probes(edge) }
      guard !isExempt(name, edge) else { return [] }
      return [need(.block(Prefix(only: address), except: []), "node \(name)", .exact)]
    case .external(let address):
      return guests(address).map { need($0.peer, $0.name, $0.breadth) }
    case .service(_, let address), .apiServer(let address):
      return [need(.block(Prefix(only: address), except: []), edge.client.description, .exact)]
    case .ambiguous, .unknown:
      return []
    }
  }

  /// Who may come from outside, where one address was seen to.
  ///
  /// A public address is one guest of many; a private one is somebody's machine, and only that one.
  private func guests(_ address: Address) -> [Opening] {
    let only = (Peer.block(Prefix(only: address), except: []), address.description, Need.Breadth.exact)
    let network = network(of: address)
    switch options.external {
    case .none: return []
    case _ where !network.isEmpty: return network
    case .exact: return [only]
    case .auto, .public:
      guard PublicInternet.holds(address) else { return [only] }
      return [(internet.guests(like: address), "guests from outside", .guests)]
    }
  }

  private typealias Opening = (peer: Peer, name: String, breadth: Need.Breadth)

  /// The blocks of the address's family in the network that it lies in; none where it lies in none.
  private func network(of address: Address) -> [Opening] {
    guard let network = options.networks.network(of: address) else { return [] }
    return network.blocks.filter { $0.prefix.isV4 == address.isV4 }.map { ($0.peer, network.name, .network) }
  }

  /// What a workload must let in where it answers for the cluster's names: every pod, whether or not one was seen to ask.
  private func naming(of subject: WorkloadID) -> [Need] {
    guard dns.workloads.contains(subject) else { return [] }
    return dns.ports.compactMap { door in
      PortRange(door.port).map { range in
        Need(
          peer: Self.everyPod.peer, port: .range(door.transport, range), name: Self.everyPod.name,
          // Both transports go by the name of the usual one.
          portName: portName(of: subject, door.port, .udp), breadth: .baseline)
      }
    }
  }

  /// What a workload must let in where the API server asks it before it takes objects, seen or not.
  private func admission(of subject: WorkloadID) -> [Need] {
    webhooks.ports(of: subject).compactMap { port in
      PortRange(port).map { range in
        Need(
          peer: nil, port: .range(.tcp, range), name: "the API server, for its webhooks",
          portName: portName(of: subject, port, .tcp), breadth: .webhook)
      }
    }
  }

  static let everyPod = (
    peer: Peer.namespaces(.everything), name: "pods of every namespace, for names"
  )

  /// What the cluster's DNS must let in: every pod, over UDP and TCP, and whoever else was seen to ask.
  private func naming(_ edge: Edge) -> [Need] {
    let peers: [Opening] =
      switch edge.client {
      case .workload: [(Self.everyPod.peer, Self.everyPod.name, .baseline)]
      case .external(let address): guests(address)
      case .node(let name, _) where isExempt(name, edge): []
      case .node(_, let address), .service(_, let address), .apiServer(let address):
        [(.block(Prefix(only: address), except: []), edge.client.description, .exact)]
      case .ambiguous, .unknown: []
      }
    guard let range = PortRange(edge.port) else { return [] }
    return peers.flatMap { peer in
      [Transport.tcp, .udp].map { transport in
        // Over the other protocol nothing may have been seen: it is there by design.
        Need(
          peer: peer.peer, port: .range(transport, range), name: peer.name, portName: portName(edge),
          breadth: peer.breadth == .exact && transport != edge.transport ? .baseline : peer.breadth)
      }
    }
  }

  /// What a workload must be let out for; where it asks for names, over TCP too.
  private func egress(_ edge: Edge) -> [Need] {
    let needs = seenEgress(edge)
    guard edge.asksAnotherForNames else { return needs }
    // What doesn't fit in a datagram is asked for again over TCP.
    return needs
      + needs.compactMap { need in
        guard case .range(.udp, let range) = need.port else { return nil }
        return Need(
          peer: need.peer, port: .range(.tcp, range), names: need.names, portName: need.portName,
          breadth: need.breadth == .exact ? .baseline : need.breadth, approval: need.approval)
      }
  }

  private func seenEgress(_ edge: Edge) -> [Need] {
    guard let subject = edge.client.workload, let port = policyPort(edge) else { return [] }
    func need(_ peer: Peer, _ names: [String], _ breadth: Need.Breadth = .exact) -> Need {
      Need(
        peer: peer, port: port, names: names, portName: portName(edge), breadth: breadth,
        approval: edge.approval)
    }
    func only(_ address: Address) -> Peer { .block(Prefix(only: address), except: []) }
    // Every pod of the namespace may ask for names already.
    if edge.isNaming { return [] }
    switch edge.server {
    case .workload(let server):
      return peer(server, seenFrom: subject).map { [need($0, [called(server, seenFrom: subject)])] } ?? []
    case .apiServer(let address):
      return [need(only(address), ["API server"])] + apiServerPlaces()
    case .node(let name, let address):
      return [need(only(address), ["node \(name)"])]
    case .external(let address):
      let names = edge.evidence.names
      let called = names.isEmpty ? [address.description] : names
      let network = network(of: address)
      switch options.external {
      case .none: return []
      case _ where !network.isEmpty: return network.map { need($0.peer, [$0.name], $0.breadth) }
      case .exact: return [need(only(address), called)]
      case .auto where names.isEmpty || !PublicInternet.holds(address): return [need(only(address), called)]
      case .public where !PublicInternet.holds(address): return [need(only(address), called)]
      case .auto, .public: return [need(internet.block(like: address), called, .publicName)]
      }
    case .service, .ambiguous, .unknown:
      return []
    }
  }

  /// Every place of the API server: its other endpoints, any of which may answer tomorrow, and its Service's address,
  /// because some network plugins judge a connection before it is translated.
  private func apiServerPlaces() -> [Need] {
    attribution.directory.apiServer.sorted().compactMap { socket in
      PortRange(socket.port).map {
        Need(
          peer: .block(Prefix(only: socket.address), except: []), port: .range(.tcp, $0), name: "API server",
          portName: nil, breadth: .baseline)
      }
    }
  }

  private func policyPort(_ edge: Edge) -> PolicyPort? {
    PortRange(edge.port).map { .range(edge.transport, $0) }
  }

  /// How the server calls the port, where it calls it anything but its own name.
  private func portName(_ edge: Edge) -> String? {
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
  private func peer(_ selector: LabelSelector, in namespace: String, seenFrom subject: String) -> Peer {
    namespace == subject ? .pods(selector) : .podsIn(namespaces: .namespace(namespace), pods: selector)
  }

  func called(_ id: WorkloadID, seenFrom subject: WorkloadID) -> String {
    id.namespace == subject.namespace ? id.name : "\(id.name) in \(id.namespace)"
  }

  /// Whether an edge of a machine needs no rule, because it asks its own pods.
  private func isExempt(_ name: String, _ edge: Edge) -> Bool {
    plugin.letsOwnMachineIn ?? true && Self.isOwnNode(name, of: edge, inventory)
  }

  /// What a pod must let in where its plugin stops the machine's own agent: that of every machine, on any of which it may
  /// run tomorrow.
  private func probes(_ edge: Edge) -> [Need] {
    guard let port = policyPort(edge), let asker = edge.client.address else { return [] }
    return attribution.directory.machines.addresses.filter { $0.isV4 == asker.isV4 }.map { address in
      Need(
        peer: .block(Prefix(only: address), except: []), port: port, name: "every machine, to ask how it is",
        portName: portName(edge), breadth: address == asker ? .exact : .baseline)
    }
  }

  /// The machine that a pod runs on always reaches it; no policy rules that.
  static func isOwnNode(_ name: String, of edge: Edge, _ inventory: Inventory) -> Bool {
    !edge.evidence.serverPods.isEmpty
      && edge.evidence.serverPods.allSatisfy { inventory.pods[$0].nodeName == name }
  }

  private static let defaultDeny = "default-deny"
  private static let allowDNS = "allow-dns"
  private static let ours = ["app.kubernetes.io/managed-by": "netpol-learn"]
}
