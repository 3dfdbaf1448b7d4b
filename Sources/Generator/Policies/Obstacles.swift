import Kubernetes
import Traffic

/// Finds the needs of a set of namespaces that no rule can be written for.
struct Obstacles {
  let selectors: Selectors
  let dns: ClusterDNS
  let webhooks: Webhooks
  let mesh: Mesh
  let options: Options
  /// Everybody who has pods.
  let workloads: [WorkloadID]
  /// For how long anybody recorded.
  let recorded: Duration

  /// What was found.
  struct Found {
    /// What is in the way, in the order of the edges; each workload without a selector once.
    var obstacles: [Obstacle] = []
    /// The edges that would be cut.
    var edges: [Edge] = []
    /// The edges that are cut, because somebody decided that they may be.
    var borne: [Edge] = []

    /// Notes an edge that would be cut; the answer is whether that is in the way.
    ///
    /// A need is cut only where its loss was accepted: a rejection cuts none. Of what is nobody's either answer will do.
    fileprivate mutating func note(_ edge: Edge) -> Bool {
      let isBorne = edge.bin.isNeeded ? edge.decision?.answer == .accept : edge.decision != nil
      if isBorne { borne.append(edge) } else { edges.append(edge) }
      return !isBorne
    }
  }

  /// What is in the way of the policies for these edges.
  func found(in edges: [Edge]) -> Found {
    var found = Found()
    var judged: Set<WorkloadID> = []
    // Of what was open before the capture nobody can tell who asked. Where its ends were seen opening the same in sight,
    // there is a rule that lets it through as well.
    let seen = Set(edges.filter(\.bin.isNeeded).map(\.key))
    for edge in edges where edge.touches(options.namespaces) && (edge.bin.isNeeded || edge.tier.isEstablished)
    {
      guard isRuled(edge) else { continue }
      if edge.bin == .unattributed {
        let isSeenInSight = !edge.key.isDirected && edge.key.candidates.contains(where: seen.contains)
        if isSteady(edge), !isSeenInSight, found.note(edge) {
          found.obstacles.append(.unattributed(edge))
        }
        continue
      }
      guard edge.bin.isNeeded else { continue }
      if case .service = edge.server {
        if found.note(edge) { found.obstacles.append(.unknownBackends(edge)) }
        continue
      }
      // Who asks for names is let through as every pod is; who gives them needs a policy only in its own namespace.
      let servesNames = edge.server.namespace.map(options.namespaces.contains) ?? false
      let named =
        edge.isNaming
        ? [servesNames ? edge.server.workload : nil] : [edge.client.workload, edge.server.workload]
      let faceless = named.compactMap(\.self).filter { selectors.choice(for: $0).selector == nil }
      guard !faceless.isEmpty, found.note(edge) else { continue }
      for workload in faceless where judged.insert(workload).inserted {
        found.obstacles.append(facelessness(of: workload, neededBy: edge))
      }
    }
    // Names are asked for by every pod, webhooks by the API server, and a mesh's control plane by proxies,
    // seen or not.
    for server in dns.workloads.sorted() + webhooks.workloads + mesh.workloads
    where isClosed(server) && judged.insert(server).inserted {
      if selectors.choice(for: server).selector == nil { found.obstacles.append(facelessness(of: server)) }
    }
    for server in facelessControl(found.borne) where judged.insert(server).inserted {
      found.obstacles.append(facelessness(of: server))
    }
    return found
  }

  private func facelessness(of workload: WorkloadID, neededBy edge: Edge? = nil) -> Obstacle {
    let isGone = selectors.successions.gone.contains(workload)
    return .noSelector(
      workload, selectors.choice(for: workload),
      isGone ? .isGone : .label(selectors.distinction(of: workload)), neededBy: edge)
  }

  /// The control planes that no policy can name, though proxies of the namespaces asked for need a way to them.
  private func facelessControl(_ borne: [Edge]) -> [WorkloadID] {
    let faceless = Set(mesh.workloads.filter { selectors.choice(for: $0).selector == nil })
    guard !faceless.isEmpty, options.isolation.covers(.egress) else { return [] }
    let proxied = workloads.filter { options.namespaces.contains($0.namespace) }.flatMap { id in
      mesh.membership(of: selectors.replicas(of: id)).servers.filter { $0 != id }
    }
    // Who bears the loss of what was seen of it bears the rest.
    return faceless.intersection(proxied).subtracting(borne.compactMap(\.server.workload)).sorted()
  }

  /// Whether the policies close a workload but for the doors that they open.
  private func isClosed(_ workload: WorkloadID) -> Bool {
    options.namespaces.contains(workload.namespace) && options.isolation.covers(.ingress)
      && !selectors.replicas(of: workload).isEmpty
  }

  /// Whether a policy of the namespaces asked for rules one of the edge's ends.
  private func isRuled(_ edge: Edge) -> Bool {
    let asks = edge.client.namespace.map(options.namespaces.contains) ?? false
    let isAsked = edge.server.namespace.map(options.namespaces.contains) ?? false
    // Where nobody knows who asked, either end may be the one that is ruled.
    if !edge.key.isDirected { return asks || isAsked }
    return asks && options.isolation.covers(.egress) || isAsked && options.isolation.covers(.ingress)
  }

  /// Seen in three conversations, in two hours, or open for long: then it is somebody's need and no accident.
  private func isSteady(_ edge: Edge) -> Bool {
    edge.evidence.established >= 3 || edge.evidence.hours >= 2 || edge.evidence.held >= long
  }

  /// Ten minutes, or half of a recording that is shorter; of less than a minute nobody knows how long it was.
  private var long: Duration { min(.seconds(600), max(.seconds(60), recorded / 2)) }
}
