import Kubernetes
import Traffic

/// Connections that may be older than the recording, and that a closed way out would cut.
///
/// A watch at the API server is opened once and held for days. A recording of some minutes shows the middle of it: either
/// end says that it is still there. Where the recording is shorter nothing tells for certain who has one, so that no rule
/// is made from it, and it is told of those who seem to.
struct OldConnections {
  let attribution: Attribution
  let dns: ClusterDNS
  let webhooks: Webhooks
  let mesh: Mesh
  let recorded: RecordedTime

  /// How long a recording shows every watch: bookmarks come each minute, and questions whether the other end is there twice
  /// a minute or more.
  private static let longSilence = 10

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
    let inventory = attribution.inventory
    let recorded = recorded.minutes(
      of: Set(inventory.nodes.map(\.meta.name) + inventory.pods.compactMap(\.nodeName)))
    var (still, trades): ([String], [String]) = ([], [])
    var longest = 0
    for id in inventory.topmost where options.namespaces.contains(id.namespace) && seen.contains(id) {
      // Of whom nothing at all was seen it is told elsewhere, and the DNS has its way out by design.
      guard !dns.workloads.contains(id), !selectors.replicas(of: id).isEmpty else { continue }
      let trade = watching.contains(id) ? nil : trade(of: id, selectors.replicas(of: id))
      guard !going.contains(id) || trade != nil else { continue }
      // What one pod of it would have shown the others would have too.
      let minutes =
        inventory.pods(of: id).compactMap { inventory.pods[$0].nodeName.flatMap { recorded.each[$0] } }.max()
        ?? recorded.other
      guard minutes < Self.longSilence else { continue }
      longest = max(longest, minutes)
      if let trade { trades.append("`\(id)`, \(trade)") } else { still.append("`\(id)`") }
    }
    return told(still, trades, longest, options.isolation)
  }

  /// That a side may be left open, for whoever closes both: who closes the way out alone wants that.
  private static func openWay(_ isolation: Isolation, _ whose: String) -> String {
    isolation == .both ? ", or leave \(whose) way out open with `--direction ingress`" : ""
  }

  private func told(_ still: [String], _ trades: [String], _ minutes: Int, _ isolation: Isolation) -> Concern?
  {
    let count = still.count + trades.count
    guard count > 0 else { return nil }
    let (isSingle, most) = (count == 1, 5)
    func few(_ names: [String]) -> String {
      names.prefix(most).joined(separator: ", ")
        + (names.count > most ? " and \(names.count - most) more" : "")
    }
    return Concern(
      .oldConnections,
      "the recording of \(count) workload\(isSingle ? "" : "s") is \(minutes < 1 ? "less than a minute" : "\(minutes) min"): what was opened before and stayed silent so long, such as a watch at the API server, was not seen, and closing the way out cuts it",
      detail: (still.isEmpty ? [] : ["nothing was seen to go out of \(few(still))"])
        + (trades.isEmpty ? [] : ["nothing was seen at the API server of \(few(trades))"]),
      hint: "record for \(Self.longSilence) min or more\(Self.openWay(isolation, "the"))"
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
          hint: "record while such names are asked for\(Self.openWay(options.isolation, "its"))")
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
    if webhooks.workloads.contains(id) { return "which the API server calls" }
    let isController = names.contains { name in Self.endings.contains(where: name.hasSuffix) }
    return isController ? "a controller by its name" : nil
  }

  private static let ingressControllers: Set<String> = [
    "ingress-nginx", "ingress-nginx-controller", "nginx-ingress", "nginx-ingress-controller", "traefik",
    "haproxy-ingress", "kubernetes-ingress", "contour", "kong", "emissary-ingress", "gloo",
  ]
  private static let endings = ["operator", "-controller", "-controller-manager"]
}
