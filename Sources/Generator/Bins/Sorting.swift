import Kubernetes
import Traffic

/// Puts every edge into its bin, with the reason.
struct Sorting {
  let attribution: Attribution
  let dns: ClusterDNS
  let webhooks: Webhooks
  let mesh: Mesh
  let exporters: HostExporters
  let scanners: Scanners
  let isStrict: Bool
  let plugin: NetworkPlugin
  let decisions: Decisions
  let inForce: PoliciesInForce?
  let spoofed: SpoofedNeeds

  /// Why an edge to the cluster's DNS is baseline.
  static let dnsReason = "dns"

  /// Why an edge of somebody who collects metrics is baseline.
  static let scrapeReason = "monitoring"
  /// Why a machine asks its own pods how they are.
  static let probeReason = "kubelet probe"
  /// Why an edge from outside to a workload is baseline.
  static let guestReason = "ingress from outside"
  private static let meshReason = "mesh"

  private typealias Place = (bin: Bin, reason: String?)

  /// The edge in its bin.
  func sorted(_ edge: Edge) -> Edge {
    var edge = edge
    (edge.bin, edge.reason) = place(edge)
    let isThin = isThin(edge)
    if isThin, isStrict { (edge.bin, edge.reason) = (.quarantined, Remark.thin.rawValue) }
    decide(&edge)
    if mayHideAnother(edge) { edge.remarks.append(.machine) }
    if spoofed.hold(edge) { edge.remarks.append(.spoofed) }
    // It went through all the same: the policy came later, or the network plugin does not enforce it.
    if edge.bin.isNeeded, edge.tier.isEstablished, inForce?.deny(edge) == true {
      edge.remarks.append(.denied)
    }
    // The cluster's DNS itself asks others for what it doesn't know.
    let isServer = edge.client.workload.map(dns.workloads.contains) ?? false
    if edge.bin == .learned, edge.asksAnotherForNames, !isServer { edge.remarks.append(.otherNames) }
    if edge.bin == .learned || isGuest(edge) {
      if isThin { edge.remarks.append(.thin) }
      if edge.tier == .refused, edge.overruled == nil { edge.remarks.append(.refusedAtTimes) }
      if case .external(let address) = edge.server, IdentityEndpoints.holds(Socket(address, edge.port)) {
        edge.remarks.append(.identity)
      } else if case .external(let address) = edge.server, !edge.evidence.names.isEmpty {
        edge.remarks.append(PublicInternet.holds(address) ? .publicName : .privateName)
      }
    }
    return edge
  }

  /// Whether little was seen of a need: one pod, once.
  private func isThin(_ edge: Edge) -> Bool {
    // A pod may have an address of each family, and be turned away at one of them.
    let isOne = edge.evidence.clientAddresses.count == 1 || edge.evidence.clientPods.count == 1
    return (edge.bin == .learned || isGuest(edge)) && edge.evidence.established == 1 && isOne
  }

  /// Whether it is from outside to a workload.
  private func isGuest(_ edge: Edge) -> Bool {
    if case .external = edge.client {
      edge.bin == .baseline && !Webhooks.isReason(edge.reason)
    } else {
      false
    }
  }

  /// What people decided about what is kept out.
  ///
  /// Of what nobody can be named for no need can be made; whoever decides about it knows what will be cut.
  private func decide(_ edge: inout Edge) {
    edge.decision = decisions[edge]
    guard edge.bin == .quarantined, edge.decision?.answer == .accept else { return }
    edge.overruled = edge.lastingReason
    // The cluster's DNS is open to every pod already, and a rule of its own would be one too many.
    let baseline = baseline(edge)
    (edge.bin, edge.reason) =
      baseline?.reason == Self.dnsReason ? (.baseline, Self.dnsReason) : (.learned, nil)
    edge.remarks.append(.accepted)
  }

  /// Whether somebody else may have asked from a machine's address: on a Service's way from one machine to another, and
  /// where pods leave their machine, translation puts the machine's address in the place of theirs.
  ///
  /// A machine that asks its own pods does so for itself.
  private func mayHideAnother(_ edge: Edge) -> Bool {
    guard case .node(let name, _) = edge.client, edge.bin.isNeeded else { return false }
    let asked = edge.evidence.serverPods.map { attribution.inventory.pods[$0] }
    return asked.isEmpty || asked.contains { $0.nodeName != name }
  }

  private func place(_ edge: Edge) -> Place {
    if let doubt = edge.client.doubt ?? edge.server.doubt { return (.unattributed, doubt.words) }
    // Whichever of two ends that no policy rules asked the other, it is nothing to policies.
    guard edge.key.nature == .loop || edge.client.workload != nil || edge.server.workload != nil else {
      return (.outOfScope, "no pod at either end")
    }
    if !edge.key.isDirected {
      return (.unattributed, "no opening seen: nobody can tell which end asked")
    }
    if edge.key.nature == .loop { return (.outOfScope, "a pod and itself") }
    return outOfReach(edge) ?? keptOut(edge) ?? baseline(edge) ?? (.learned, nil)
  }

  /// What no policy rules: the machine's agent asking its own pods how they are.
  private func outOfReach(_ edge: Edge) -> Place? {
    guard case .node(let name, _) = edge.client, !edge.evidence.serverPods.isEmpty else { return nil }
    let asked = edge.evidence.serverPods.map { attribution.inventory.pods[$0] }
    guard asked.allSatisfy({ $0.nodeName == name && $0.probes.contains(edge.port) }) else { return nil }
    // Where the plugin stops its own machine, the probe is a need, whose refusals are as good as any.
    guard plugin.letsOwnMachineIn ?? true else { return keptOut(edge) ?? (.baseline, Self.probeReason) }
    return (.outOfScope, Self.probeReason)
  }

  private func keptOut(_ edge: Edge) -> Place? {
    if case .external(let address) = edge.server,
      attribution.directory.entry(for: address, port: edge.port) == .metadata
    {
      return (.quarantined, "metadata address")
    }
    if let scan = scanners.reason(for: edge) { return (.quarantined, scan) }
    if case .node = edge.server, let name = Self.sensitive[edge.port], edge.transport == .tcp,
      !isAskedForMetrics(edge)
    {
      return (.quarantined, "sensitive port: \(name)")
    }
    switch edge.tier {
    case .refused:
      return isSteadyButForRefusals(edge) ? nil : (.quarantined, denial(edge) ?? failure(.refused))
    case .attempted, .answered: return (.quarantined, denial(edge) ?? failure(.unestablished))
    case .oneWay:
      // Nothing comes back from statsd or syslog: a declared port that is used again and again is need enough.
      return isDeclared(edge) && edge.evidence.conversations > 1 ? nil : (.quarantined, failure(.unanswered))
    case .established, .replied, .used: return nil
    }
  }

  private func failure(_ failure: Exclusion.Failure) -> String { failure.rawValue }

  /// By which policies it was denied, where these explain that it failed.
  private func denial(_ edge: Edge) -> String? {
    let policies = inForce?.denying(edge) ?? []
    guard !policies.isEmpty else { return nil }
    let rest = policies.count > 3 ? " and others" : ""
    return "\(Exclusion.denialWord)\(policies.prefix(3).joined(separator: ", "))\(rest)"
  }

  /// Whether it is one-way to a declared port that was closed for a while, as when a collector starts anew.
  ///
  /// A port that is closed for good shows at least one refusal in each minute of sending, but for those that were lost.
  private func isSteadyButForRefusals(_ edge: Edge) -> Bool {
    isDeclared(edge) && edge.evidence.unrefusedMinutes > max(1, edge.evidence.refusedMinutes)
  }

  private func isDeclared(_ edge: Edge) -> Bool {
    edge.server.workload.map { attribution.isDeclared($0, edge.port, edge.transport) } ?? false
  }

  private func baseline(_ edge: Edge) -> Place? {
    if let server = edge.server.workload, dns.workloads.contains(server),
      dns.ports.contains(ClusterDNS.Door(port: edge.port, transport: edge.transport))
    {
      return (.baseline, Self.dnsReason)
    }
    if case .external(let address) = edge.server, dns.caches.contains(address), edge.port == 53 {
      return (.baseline, Self.dnsReason)
    }
    if mesh.holds(edge) { return (.baseline, Self.meshReason) }
    if let reason = webhooks.reason(for: edge) { return (.baseline, reason) }
    switch (edge.client, edge.server) {
    case (_, .apiServer), (.apiServer, _): return (.baseline, "API server")
    case (.external, _): return (.baseline, Self.guestReason)
    case (.node(let name, _), _): return (.baseline, "from \(name)'s own network")
    case (.workload(let client), .workload) where isScraper(client): return (.baseline, Self.scrapeReason)
    case (.workload(let client), .node) where exporters.holds(edge) && isScraper(client):
      return (.baseline, Self.scrapeReason)
    case (_, .node) where isAskedForMetrics(edge): return (.baseline, Self.scrapeReason)
    default: return nil
    }
  }

  /// Whether a machine's agent is asked by who collects metrics: what pods use is known to it alone, and nothing scales
  /// or is drawn without.
  private func isAskedForMetrics(_ edge: Edge) -> Bool {
    guard case .workload(let client) = edge.client, case .node = edge.server, edge.transport == .tcp,
      Self.sensitive[edge.port] == Self.agent, edge.tier == .used
    else { return false }
    return isScraper(client) || labels(of: client)?["k8s-app"] == Self.metricsServer
      || isCalled(Self.metricsServer, client)
  }

  /// A workload that asks others for their metrics, by the label that the common packages give their scrapers.
  private func isScraper(_ id: WorkloadID) -> Bool {
    labels(of: id)?["operator.prometheus.io/name"] != nil || Self.scrapers.contains { isCalled($0, id) }
  }

  private func isCalled(_ name: String, _ id: WorkloadID) -> Bool {
    guard let labels = labels(of: id) else { return false }
    return ["app.kubernetes.io/name", "app"].contains { labels[$0] == name }
  }

  private func labels(of id: WorkloadID) -> Labels? {
    attribution.inventory.workloads[id]?.templateLabels
      ?? attribution.inventory.pods(of: id).first.map { attribution.inventory.pods[$0].meta.labels }
  }

  private static let scrapers: Set<String> = [
    "prometheus", "prometheus-agent", "vmagent", "victoria-metrics-agent", "alloy", "grafana-agent",
  ]

  /// Ports of a machine's own services that open the machine to whoever reaches them.
  private static let sensitive: [UInt16: String] = [
    2375: "container engine", 2376: "container engine", 2379: "etcd", 2380: "etcd", 10250: agent,
    10255: agent,
  ]
  private static let agent = "kubelet"
  private static let metricsServer = "metrics-server"
}
