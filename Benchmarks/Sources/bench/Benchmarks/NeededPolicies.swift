import Generator
import Kubernetes
import Traffic

/// What policies let through, opening by opening, and for how many edges: as it must be, and as it was generated.
struct NeededPolicies {
  private var policies: Set<String> = []
  /// Each peer and port of each policy.
  private var openings: Set<String> = []
  private var edges = 0

  /// What some facts ask for in some namespaces, worked out from how the facts were made.
  init(_ facts: some Sequence<Fact>, of cluster: StoreCluster, in namespaces: Set<String>) {
    for namespace in namespaces {
      policies.insert("\(namespace)/default-deny")
      let servers = Self.peer(StoreCluster.names, seenFrom: namespace)
      for transport in [Transport.tcp, .udp] {
        note("\(namespace)/allow-dns", .egress, servers, 53, transport)
      }
    }
    var holders: [Address: Int] = [:]
    for (workload, pods) in cluster.workloads.enumerated() {
      for pod in pods { holders[pod.address] = workload }
    }
    var seen: Set<Way> = []
    for fact in facts {
      let key = fact.key
      guard let client = holders[key.client] else { continue }
      let server = holders[key.server].map(Server.workload) ?? .outside(key.server)
      seen.insert(Way(client: client, server: server, port: key.port))
    }
    for way in seen { note(way, namespaces) }
  }

  /// What was planned; what is not proven spoils it.
  init(_ plan: Plan) {
    for planned in plan.policies {
      let policy = planned.policy
      policies.insert(policy.path)
      for direction in PolicyDirection.allCases {
        for rule in policy.rules(direction) {
          guard case .only(let peers) = rule.peers, case .only(let ports) = rule.ports else {
            openings.insert("\(policy.path) \(direction.rawValue) \(rule)")
            continue
          }
          for peer in peers {
            for port in ports { openings.insert("\(policy.path) \(direction.rawValue) \(peer) \(port)") }
          }
        }
      }
    }
    edges = plan.proof.passing
    for failure in plan.proof.failures { openings.insert(failure.message) }
    for obstacle in plan.obstacles { openings.insert(obstacle.message) }
  }

  private enum Server: Hashable {
    case workload(Int)
    case outside(Address)
  }

  private struct Way: Hashable {
    let client: Int
    let server: Server
    let port: UInt16
  }

  private mutating func note(_ way: Way, _ namespaces: Set<String>) {
    let client = StoreCluster.id(of: way.client)
    let isAsking = namespaces.contains(client.namespace)
    guard case .workload(let server) = way.server else {
      guard isAsking, case .outside(let address) = way.server else { return }
      edges += 1
      note(client.description, .egress, .block(Prefix(only: address), except: []), way.port, .tcp)
      return
    }
    let asked = StoreCluster.id(of: server)
    let isAsked = namespaces.contains(asked.namespace)
    guard isAsking || isAsked else { return }
    edges += 1
    // Every pod of a namespace may ask for names.
    guard server != StoreCluster.names else { return }
    if isAsking {
      note(client.description, .egress, Self.peer(server, seenFrom: client.namespace), way.port, .tcp)
    }
    if isAsked {
      note(asked.description, .ingress, Self.peer(way.client, seenFrom: asked.namespace), way.port, .tcp)
    }
  }

  private mutating func note(
    _ policy: String, _ direction: PolicyDirection, _ peer: Peer, _ port: UInt16, _ transport: Transport
  ) {
    policies.insert(policy)
    openings.insert("\(policy) \(direction.rawValue) \(peer) \(transport)/\(port)")
  }

  private static func peer(_ workload: Int, seenFrom namespace: String) -> Peer {
    let (home, pods) = (
      StoreCluster.id(of: workload).namespace, LabelSelector(StoreCluster.labels(of: workload))
    )
    return home == namespace ? .pods(pods) : .podsIn(namespaces: .namespace(home), pods: pods)
  }

  /// How many there are, and a digest of all.
  var text: String {
    var digest = Digest()
    for name in policies.sorted() { digest.add(name) }
    for opening in openings.sorted() { digest.add(opening) }
    return
      "\(policies.count) policies, \(openings.count) openings for \(edges) edges, \(digest.text)"
  }
}
