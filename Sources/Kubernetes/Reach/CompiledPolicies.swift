import Traffic

/// Policies as numbers, ready to be resolved against any parties.
struct CompiledPolicies {
  /// One policy.
  struct Policy {
    let namespace: String
    let subject: Int
    let isolates: Isolation
    let ingress: [Rule]
    let egress: [Rule]

    func rules(_ direction: PolicyDirection) -> [Rule] {
      switch direction {
      case .ingress: ingress
      case .egress: egress
      }
    }
  }

  /// One rule; no peers stand for everybody.
  struct Rule {
    let peers: [Peer]?
    let ports: Int
  }

  /// One peer.
  enum Peer {
    case pods(Int)
    case namespaces(Int)
    case podsIn(namespaces: Int, Int)
    case block(Int)
  }

  private(set) var policies: [Policy] = []
  private(set) var pods = SelectorTable()
  private(set) var namespaces = SelectorTable()
  private(set) var names = PortNames()
  private(set) var zones = AddressZones()

  init(_ written: [NetworkPolicy]) {
    policies.reserveCapacity(written.count)
    for policy in written {
      // Rules for a direction that isn't isolated have no effect.
      let ingress = policy.isolates.covers(.ingress) ? policy.ingress.map { rule($0) } : []
      let egress = policy.isolates.covers(.egress) ? policy.egress.map { rule($0) } : []
      policies.append(
        Policy(
          namespace: policy.namespace, subject: pods.number(of: policy.subject), isolates: policy.isolates,
          ingress: ingress, egress: egress))
    }
    zones.close()
  }

  private mutating func rule(_ rule: Kubernetes.Rule) -> Rule {
    let ports = names.number(of: rule.ports)
    guard case .only(let peers) = rule.peers else { return Rule(peers: nil, ports: ports) }
    return Rule(peers: peers.map { peer($0) }, ports: ports)
  }

  private mutating func peer(_ peer: Kubernetes.Peer) -> Peer {
    switch peer {
    case .pods(let pods): .pods(self.pods.number(of: pods))
    case .namespaces(let namespaces): .namespaces(self.namespaces.number(of: namespaces))
    case .podsIn(let namespaces, let pods):
      .podsIn(namespaces: self.namespaces.number(of: namespaces), self.pods.number(of: pods))
    case .block(let prefix, let except): .block(zones.number(of: prefix, except: except))
    }
  }
}
