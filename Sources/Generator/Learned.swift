public import Kubernetes
public import Traffic

/// Everything that follows from facts and an inventory: the one value that every command renders.
///
/// Better inventory tomorrow gives better policies from today's capture, because nothing of this is kept.
public struct Learned: Sendable {
  /// What people chose.
  public private(set) var options: Options
  /// The edges of the whole cluster, each in its bin, in order.
  public let everyEdge: [Edge]
  /// Who answers for names.
  public let dns: ClusterDNS
  /// What the recorders missed.
  public let loss: LossSummary
  /// What was sent in others' names, of the whole cluster, in order.
  public let spoofed: [SpoofedEdge]
  /// The namespaces in which something was seen, and those that the inventory knows.
  public let knownNamespaces: [String]

  let attribution: Attribution
  private let recorded: RecordedTime
  /// Who recorded each need that may be somebody else's.
  private var recordersOfSpoofed: [Edge.Key: [String]] = [:]
  /// Made when it is asked for, since edges need none.
  private var selectors: Selectors { Selectors(attribution.inventory) }

  /// What follows from these facts, one by one.
  public init(_ facts: Facts, _ inventory: Inventory, _ options: Options) {
    self.init(KeptFacts(facts), inventory, options)
  }

  /// The function itself.
  public init(_ facts: KeptFacts, _ inventory: Inventory, _ options: Options) {
    var options = options
    options.plugin = options.plugin ?? NetworkPlugin(installedIn: inventory).name
    var attribution = Attribution(inventory)
    attribution.seenDoors = SeenDoors(facts.conversations, attribution)
    let dns = ClusterDNS(inventory, caches: NameCaches.seen(in: facts, attribution.roster))
    let spoofed = SpoofedEdge.all(of: facts.spoofed, attribution)
    let edges = Self.edges(facts, attribution, dns, &options, SpoofedNeeds(spoofed))
    self.options = options
    self.attribution = attribution
    self.dns = dns
    everyEdge = edges
    loss = LossSummary(facts)
    self.spoofed = spoofed
    recorded = RecordedTime(facts)
    let seen = edges.flatMap { [$0.client.namespace, $0.server.namespace] }.compactMap(\.self)
    knownNamespaces = Set(seen + inventory.namespaces.keys + inventory.topmost.map(\.namespace)).sorted()
    for edge in edges where edge.remarks.contains(.spoofed) {
      recordersOfSpoofed[edge.key] = recorders(of: edge, in: facts)
    }
  }

  private static func edges(
    _ facts: KeptFacts, _ attribution: Attribution, _ dns: ClusterDNS, _ options: inout Options,
    _ spoofed: SpoofedNeeds
  ) -> [Edge] {
    let names = Names(facts.names, attribution: attribution, dns: dns)
    var table = EdgeTable(facts.conversations, facts.losses, attribution: attribution, names: names)
    let edges = table.edges()
    options.decisions = options.decisions.meant(among: edges)
    let sorting = Sorting(
      attribution: attribution, dns: dns, webhooks: Webhooks(attribution.inventory, attribution.backends),
      mesh: Mesh(attribution.inventory, attribution.backends),
      exporters: HostExporters(attribution.inventory),
      scanners: Scanners(edges), isStrict: options.isStrict, plugin: options.rules,
      decisions: options.decisions, inForce: PoliciesInForce(attribution.inventory),
      spoofed: spoofed)
    return edges.map(sorting.sorted)
  }
}

// What it can tell.
extension Learned {
  /// The same, about these namespaces; none stand for all.
  public func about(_ namespaces: Set<String>) -> Learned {
    var copy = self
    copy.options.namespaces = namespaces
    return copy
  }

  /// Every edge that touches the namespaces asked for.
  public var edges: [Edge] { everyEdge.filter { $0.touches(options.namespaces) } }

  /// For how long anybody recorded in the time asked for, and in how many stretches of time.
  public var recordedTime: (time: Duration, stretches: Int) { (recorded.total, recorded.count) }

  /// How the edges of the namespaces asked for are spread over the bins.
  public var accounting: Accounting { Accounting(edges) }

  /// Everybody who has a part in the edges, as policies see them.
  public var cast: Cast { Cast(attribution.inventory, selectors, edges: edges) }

  /// Every workload and these ends, as policies see them, whether or not anything but these edges was seen of them.
  public func cast(of ends: Set<End>, in edges: [Edge]) -> Cast {
    Cast(attribution.inventory, selectors, ends: ends, edges: edges)
  }

  /// The labels of the namespaces that are known as objects.
  public var namespaceLabels: [String: Labels] { attribution.inventory.namespaces }

  /// Namespaces with a workload that was seen.
  public var busyNamespaces: Set<String> {
    Set(everyEdge.flatMap { [$0.client.namespace, $0.server.namespace] }.compactMap(\.self))
  }

  /// Workloads of the namespaces asked for that are there, and of which nothing was seen that is needed: a closed door
  /// cuts all they do.
  public var silentWorkloads: [WorkloadID] {
    let needed = everyEdge.filter(\.bin.isNeeded)
    let seen = Set(needed.flatMap { [$0.client.workload, $0.server.workload] }.compactMap(\.self))
    let inventory = attribution.inventory
    let silent = inventory.topmost.filter { id in
      options.namespaces.contains(id.namespace) && !seen.contains(id)
        && Selectors.seeAny(of: id, in: inventory) && !Successions.isGone(id, inventory)
    }
    // What was seen of one of those who share a policy was seen of all; none does but runs of Jobs and who comes after others.
    guard
      silent.contains(where: { $0.kind == "Job" })
        || seen.contains(where: { Successions.isGone($0, inventory) })
    else { return silent }
    let selectors = selectors
    let faces = Set(seen.map(selectors.face))
    return silent.filter { !faces.contains(selectors.face(of: $0)) }
  }

  /// Whether no policy rules an edge though it is needed: that of a machine to its own pods.
  public func isWithinMachine(_ edge: Edge) -> Bool {
    guard options.rules.letsOwnMachineIn ?? true, case .node(let name, _) = edge.client else { return false }
    return Synthesis.isOwnNode(name, of: edge, attribution.inventory)
  }

  /// The policies of the namespaces asked for, with their proof.
  public var plan: Plan {
    let edges = edges
    let selectors = selectors
    let webhooks = Webhooks(attribution.inventory, attribution.backends)
    let mesh = Mesh(attribution.inventory, attribution.backends)
    let machines = EveryMachine(attribution)
    let caches = CachesOfNames(attribution: attribution, dns: dns, machines: machines)
    let synthesis = Synthesis(
      attribution: attribution, selectors: selectors, dns: dns, webhooks: webhooks, mesh: mesh,
      options: options,
      internet: PublicInternet(attribution.inventory, podBlocks: attribution.directory.podBlocks),
      plugin: options.rules, machines: machines, cacheBlocks: caches.blocks)
    let touching = Self.byNamespace(edges)
    let policies = options.namespaces.sorted().flatMap {
      synthesis.policies(for: $0, from: touching[$0, default: []])
    }
    let inventory = attribution.inventory
    let cast = Cast(inventory, selectors, edges: edges)
    let found = obstacles(selectors, webhooks, mesh)
    let proof = Proof(
      policies, edges: edges, besides: Set(found.borne.map(\.key)), shared: selectors.sharing(edges),
      cast: cast, inventory: inventory, options: options)
    let missing = Companions(
      standing, synthesis, cast, namespaces: inventory.namespaces, chosen: options.namespaces
    ).missing(for: edges)
    let told =
      machines.concerns(edges, isExempt: isWithinMachine) + DerivedHoles(inventory).concerns(policies)
    return Plan(
      policies: policies, companions: missing.companions, obstacles: found.obstacles, unwritable: found.edges,
      borne: found.borne, proof: proof,
      exposure: Exposure(policies, cast: cast, edges: edges, inventory: inventory, options: options),
      machineRules: policies.reduce(0) { $0 + machineRules(in: $1.policy) },
      concerns: SpoofedNeeds(spoofed).concerns(edges) { recordersOfSpoofed[$0.key, default: []] }
        + concerns(edges, selectors, webhooks, synthesis, caches)
        + told
        + OldConnections(
          attribution: attribution, dns: dns, webhooks: webhooks, mesh: mesh, recorded: recorded
        ).concerns(edges, selectors, options)
        + selectors.concerns(inventory, in: options.namespaces)
        + selectors.narrowed(inventory, in: options.namespaces)
        + selectors.shared(edges, in: options.namespaces)
        + options.rules.concerns(edges, proof, attribution.directory) + missing.concerns
        + TakenNames(standing, policies, options).concerns)
  }

  /// What no rule can be written for.
  var obstacles: Obstacles.Found {
    let inventory = attribution.inventory
    return obstacles(
      selectors, Webhooks(inventory, attribution.backends), Mesh(inventory, attribution.backends))
  }

  private func obstacles(_ selectors: Selectors, _ webhooks: Webhooks, _ mesh: Mesh) -> Obstacles.Found {
    Obstacles(
      selectors: selectors, dns: dns, webhooks: webhooks, mesh: mesh, options: options,
      workloads: attribution.inventory.topmost, recorded: recorded.total
    ).found(in: edges)
  }

  /// The needed edges of each namespace's workloads, in order.
  private static func byNamespace(_ edges: [Edge]) -> [String: [Edge]] {
    var found: [String: [Edge]] = [:]
    for edge in edges where edge.bin.isNeeded {
      for namespace in Set([edge.client.namespace, edge.server.namespace].compactMap(\.self)) {
        found[namespace, default: []].append(edge)
      }
    }
    return found
  }

  /// The policies that stand in the cluster, as it was listed or as people say.
  private var standing: [NetworkPolicy] {
    let told = Set(options.standing.map(\.path))
    let running = attribution.inventory.policies.map(\.policy)
    return running.filter { !told.contains($0.path) } + options.standing
  }

  /// What is declared matters only where the policies close the side that it is about.
  private func concerns(
    _ edges: [Edge], _ selectors: Selectors, _ webhooks: Webhooks, _ synthesis: Synthesis,
    _ caches: CachesOfNames
  ) -> [Concern] {
    guard options.isolation.covers(.ingress) else { return [] }
    let scrapes = DeclaredScrapes(attribution.inventory, selectors, in: options.namespaces)
    return webhooks.concerns(in: options.namespaces) + scrapes.concerns(after: edges)
      + synthesis.handedConcerns(edges) + synthesis.outside.concerns(edges, options)
      + caches.concerns(options)
  }

  private func machineRules(in policy: NetworkPolicy) -> Int {
    (policy.ingress + policy.egress).count { rule in
      guard case .only(let peers) = rule.peers else { return false }
      return peers.contains { peer in
        guard case .block(let block, _) = peer, block.base == block.last else { return false }
        return attribution.directory.isMachine(block.base)
      }
    }
  }
}
