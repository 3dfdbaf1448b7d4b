import Traffic

/// Policies as numbers, ready to be resolved against any parties.
struct CompiledPolicies {
  /// One policy.
  struct Policy {
    let namespace: String
    let subject: Int
    let isolates: Isolation
    /// The places of its rules.
    let ingress: Range<Int>
    let egress: Range<Int>

    func rules(_ direction: PolicyDirection) -> Range<Int> {
      switch direction {
      case .ingress: ingress
      case .egress: egress
      }
    }
  }

  /// One rule: the places of its peers, where nil stands for everybody, and its ports.
  struct Rule {
    let peers: Range<Int>?
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
  /// The rules of all policies, one after the other.
  private(set) var rules: [Rule] = []
  /// The peers of all rules, one after the other.
  private(set) var peers: [Peer] = []
  private(set) var pods = SelectorTable()
  private(set) var namespaces = SelectorTable()
  private(set) var names = PortNames()
  private(set) var zones = AddressZones()

  init(_ written: [NetworkPolicy]) {
    policies.reserveCapacity(written.count)
    for policy in written {
      // Rules for a direction that isn't isolated have no effect.
      let ingress = add(policy.isolates.covers(.ingress) ? policy.ingress : [])
      let egress = add(policy.isolates.covers(.egress) ? policy.egress : [])
      policies.append(
        Policy(
          namespace: policy.namespace, subject: pods.number(of: policy.subject), isolates: policy.isolates,
          ingress: ingress, egress: egress))
    }
    zones.close()
  }

  private mutating func add(_ written: [Kubernetes.Rule]) -> Range<Int> {
    let first = rules.count
    for rule in written {
      let ports = names.number(of: rule.ports)
      guard case .only(let named) = rule.peers else {
        rules.append(Rule(peers: nil, ports: ports))
        continue
      }
      let firstPeer = peers.count
      for each in named {
        let peer = peer(each)
        peers.append(peer)
      }
      rules.append(Rule(peers: firstPeer..<peers.count, ports: ports))
    }
    return first..<rules.count
  }

  /// Whether a block of addresses is among the peers of a rule.
  func hasBlocks(_ rule: Int) -> Bool {
    rules[rule].peers?.contains { if case .block = peers[$0] { true } else { false } } ?? false
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
