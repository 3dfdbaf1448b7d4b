import Kubernetes

/// How policies see the ends of some edges, in each of their looks; found once for each end.
///
/// Of the looks of an end those that no policy tells apart are one.
struct Looks {
  let policies: PolicySet
  private let seen: [End: Seen]
  /// The policies that ask about addresses, by their places.
  private let asking: [PolicyDirection: Set<Int>]

  /// The looks of an end.
  private struct Seen {
    var all: [Standing] = []
    /// Those that differ in more than addresses.
    var kinds: [Standing] = []
  }

  init(_ policies: PolicySet, of edges: [Edge], in cast: Cast) {
    let looks = Set(edges.lazy.flatMap { [$0.client, $0.server] }).map { ($0, cast.parties(of: $0)) }
    let distinctions = Distinctions(policies, among: looks.flatMap(\.1))
    var seen: [End: Seen] = [:]
    var place = 0
    for (end, parties) in looks {
      var (classes, kinds): (Set<Int>, Set<Int>) = ([], [])
      for party in parties {
        if classes.insert(distinctions[place]).inserted {
          let standing = policies.standing(of: party)
          seen[end, default: Seen()].all.append(standing)
          if kinds.insert(distinctions.kind(place)).inserted {
            seen[end, default: Seen()].kinds.append(standing)
          }
        }
        place += 1
      }
    }
    self.policies = policies
    self.seen = seen
    asking = Dictionary(
      uniqueKeysWithValues: PolicyDirection.allCases.map { direction in
        (direction, Set(policies.policies.indices.filter { policies.policies[$0].hasBlocks(direction) }))
      })
  }

  /// One look of an edge's client and one of its server.
  typealias Pair = (client: Standing, server: Standing)

  /// Each look of an edge's client with each of its server; none where nobody knows what one of them looks like.
  func pairs(of edge: Edge) -> [Pair] {
    guard let client = seen[edge.client], let server = seen[edge.server] else { return [] }
    return Self.pairs(client.all, server.all)
  }

  private static func pairs(_ clients: [Standing], _ servers: [Standing]) -> [Pair] {
    clients.flatMap { client in servers.map { (client, $0) } }
  }

  /// What the policies say of an edge between two looks.
  ///
  /// An edge of a workload with itself is one between two of its pods, which may look alike: a pod reaches itself under
  /// any policy.
  func verdict(on edge: Edge, between pair: Pair) -> Verdict {
    policies.verdict(
      from: pair.client, to: pair.server, port: edge.port, transport: edge.transport,
      areReplicas: edge.client == edge.server)
  }

  /// The rules by which an edge passes on one side, for each two looks that the policies of that side can tell apart, if
  /// they isolate it.
  func passages(of edge: Edge, _ direction: PolicyDirection) -> [[Passage]] {
    guard let client = seen[edge.client], let server = seen[edge.server] else { return [] }
    let asking = asking[direction, default: []]
    let isByAddress = (direction == .ingress ? server : client).kinds.contains { look in
      look.isolators(direction).contains(where: asking.contains)
    }
    var found: [[Passage]] = []
    for client in isByAddress ? client.all : client.kinds {
      for server in isByAddress ? server.all : server.kinds {
        let deciding = direction == .ingress ? server : client
        guard !deciding.isolators(direction).isEmpty else { continue }
        found.append(
          policies.passages(
            direction, from: client, to: server, port: edge.port, transport: edge.transport))
      }
    }
    return found
  }
}

extension NetworkPolicy {
  /// Whether rules of a direction ask about addresses.
  fileprivate func hasBlocks(_ direction: PolicyDirection) -> Bool {
    rules(direction).contains { rule in
      guard case .only(let peers) = rule.peers else { return false }
      return peers.contains { if case .block = $0 { true } else { false } }
    }
  }
}
