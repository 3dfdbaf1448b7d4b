import Kubernetes
import Traffic

/// Connections that may be older than the recording, and that a closed way out would cut.
///
/// A watch at the API server is opened once and held for days: the capture shows nothing of it but now and then a packet.
/// Nothing tells for certain who has one, so that no rule is made from it, and it is told of those who seem to.
struct OldConnections {
  let attribution: Attribution
  let dns: ClusterDNS
  let webhooks: Webhooks
  let mesh: Mesh

  /// Whose connections may be cut, in a plan for these namespaces that closes the way out.
  func concerns(_ edges: [Edge], _ selectors: Selectors, _ options: Options) -> [Concern] {
    guard options.isolation.covers(.egress) else { return [] }
    let needed = edges.filter(\.bin.isNeeded)
    return [cut(needed, selectors, options)].compactMap(\.self) + ofNames(needed, selectors, options)
  }

  private func cut(_ needed: [Edge], _ selectors: Selectors, _ options: Options) -> Concern? {
    let seen = Set(needed.flatMap { [$0.client.workload, $0.server.workload] }.compactMap(\.self))
    let going = Set(needed.lazy.filter { !$0.isNaming }.compactMap(\.client.workload))
    let watching = Set(needed.lazy.filter(Self.asksAPIServer).compactMap(\.client.workload))
    let words = attribution.inventory.topmost.compactMap { id -> String? in
      // Of whom nothing at all was seen it is told elsewhere, and the DNS has its way out by design.
      guard options.namespaces.contains(id.namespace), seen.contains(id), !dns.workloads.contains(id),
        !selectors.replicas(of: id).isEmpty
      else { return nil }
      if !going.contains(id) { return "`\(id)`: nothing was seen to go out of it" }
      guard !watching.contains(id), let trade = trade(of: id, selectors.replicas(of: id)) else { return nil }
      return "`\(id)`, \(trade): nothing of it was seen at the API server"
    }
    guard !words.isEmpty else { return nil }
    let isSingle = words.count == 1
    return Concern(
      .oldConnections,
      "\(words.count) workload\(isSingle ? "" : "s") may hold connections that were opened before the recording, such as a watch at the API server: closing the way out cuts them",
      detail: words,
      hint:
        "record across a restart of \(isSingle ? "it" : "theirs"), or leave the way out open with `--direction ingress`"
    )
  }

  /// What the cluster's DNS needs by design and no rule can be written for, which would cut names everywhere.
  private func ofNames(_ needed: [Edge], _ selectors: Selectors, _ options: Options) -> [Concern] {
    let servers = dns.workloads.filter {
      options.namespaces.contains($0.namespace) && !selectors.replicas(of: $0).isEmpty
    }.sorted()
    guard !servers.isEmpty else { return [] }
    var concerns: [Concern] = []
    if attribution.directory.apiServer.isEmpty {
      concerns.append(
        Concern(
          .apiServerUnknown,
          "the cluster's DNS watches the API server, and nobody knows the API server's addresses: closing its way out cuts the watch",
          hint: "load the cluster's Services with `\(Advice.loadServices)`"))
    }
    let blind = servers.filter { server in
      !needed.contains { $0.client.workload == server && Synthesis.asksUpstream($0) }
    }
    if options.external == .exact || options.external == .none, !blind.isEmpty {
      concerns.append(
        Concern(
          .resolversUnknown,
          "nobody knows whom the cluster's DNS asks for names outside the cluster, and `--external \(options.external.rawValue)` opens no more than was seen: such names are cut",
          detail: blind.map { "`\($0)` was not seen to ask anybody" },
          hint: "record while such names are asked for, or leave its way out open with `--direction ingress`")
      )
    }
    return concerns
  }

  private static func asksAPIServer(_ edge: Edge) -> Bool {
    if case .apiServer = edge.server { true } else { false }
  }
}

// Who watches the API server by trade.
extension OldConnections {
  /// What somebody does that needs the API server; nil where nothing says so.
  private func trade(of id: WorkloadID, _ looks: [PodTraits]) -> String? {
    let names = Set(
      [id.name] + looks.flatMap { look in ["app.kubernetes.io/name", "app"].compactMap { look.labels[$0] } })
    if !names.isDisjoint(with: Self.ingressControllers) { return "an Ingress controller" }
    if mesh.workloads.contains(id) { return "the control plane of a mesh" }
    if webhooks.workloads.contains(id) { return "which the API server asks before it takes objects" }
    let isController = names.contains { name in Self.endings.contains(where: name.hasSuffix) }
    return isController ? "a controller by its name" : nil
  }

  private static let ingressControllers: Set<String> = [
    "ingress-nginx", "ingress-nginx-controller", "nginx-ingress", "nginx-ingress-controller", "traefik",
    "haproxy-ingress", "kubernetes-ingress", "contour", "kong", "emissary-ingress", "gloo",
  ]
  private static let endings = ["operator", "-controller", "-controller-manager"]
}
