public import Kubernetes

/// How policies see the ends of some edges, in each of their looks; found once for each end.
///
/// Of the looks of an end those that no policy tells apart are one.
public struct Looks: Sendable {
  /// The policies.
  public let policies: PolicySet
  private let seen: [End: Ends]
  /// The policies that ask about addresses, by their places.
  private let asking: [PolicyDirection: Set<Int>]

  /// A look, or several that no policy tells apart.
  public struct Seen: Sendable {
    /// How policies see it.
    public let standing: Standing
    /// One of the looks; one of today's pods where there is any.
    public let look: Look
    /// A number that looks share which differ in nothing but addresses.
    public let kind: Int
    /// Whether somebody who is there, or may come, looks so.
    var isCurrent: Bool
    /// The pods that are gone and looked so.
    var past: Set<Int> = []
  }

  /// The looks of an end.
  private struct Ends {
    var all: [Seen] = []
    var kinds: [Seen] = []
    var hasPast = false
  }

  /// What these policies see of these ends, each with its looks.
  public init(_ policies: PolicySet, of ends: [(end: End, looks: [Look])]) {
    let distinctions = Distinctions(policies, among: ends.flatMap { $0.looks.map(\.party) })
    var seen: [End: Ends] = [:]
    var number = 0
    for (end, looks) in ends where !looks.isEmpty {
      var found = Ends()
      var places: [Int: Int] = [:]
      for look in looks {
        let place = places[distinctions[number], default: found.all.count]
        if place == found.all.count {
          places[distinctions[number]] = place
          found.all.append(
            Seen(
              standing: policies.standing(of: look.party), look: look, kind: distinctions.kind(number),
              isCurrent: false))
        }
        if case .past(let pod) = look.age {
          found.all[place].past.insert(pod)
        } else {
          found.all[place].isCurrent = true
        }
        number += 1
      }
      found.kinds = found.all.ofEachKind
      found.hasPast = found.all.contains { !$0.isCurrent }
      seen[end] = found
    }
    self.policies = policies
    self.seen = seen
    asking = Dictionary(
      uniqueKeysWithValues: PolicyDirection.allCases.map { direction in
        (direction, Set(policies.policies.indices.filter { policies.policies[$0].hasBlocks(direction) }))
      })
  }

  /// What these policies see of the ends of edges, of pods that may come without an address.
  ///
  /// Nobody will look again as pods did that are gone: they count only where nobody else is known.
  init(_ policies: PolicySet, of edges: [Edge], in cast: Cast) {
    let ends = Set(edges.lazy.flatMap { [$0.client, $0.server] })
    self.init(
      policies,
      of: ends.map { end in
        let looks = cast.looks(of: end)
        let present = looks.filter { if case .past = $0.age { false } else { true } }
        return (end, present.isEmpty ? looks : present)
      })
  }
}

// What it can tell.
extension Looks {
  /// How an end is seen where these pods had a part; empty for one whose looks nobody knows.
  ///
  /// Pods that are gone count only there, or where nobody else is known.
  public func looks(of end: End, with pods: Set<Int>) -> [Seen] {
    guard let own = seen[end] else { return [] }
    guard own.hasPast else { return own.all }
    let met = own.all.filter { $0.isCurrent || !$0.past.isDisjoint(with: pods) }
    return met.isEmpty ? own.all : met
  }

  /// One look of an edge's client and one of its server.
  typealias Pair = (client: Standing, server: Standing)

  /// Each look of an edge's client with each of its server; none where nobody knows what one of them looks like.
  func pairs(of edge: Edge) -> [Pair] {
    Self.pairs(
      looks(of: edge.client, with: edge.evidence.clientPods),
      looks(of: edge.server, with: edge.evidence.serverPods))
  }

  /// Those of them that the policies of the deciding end can tell apart.
  private func pairs(of edge: Edge, _ direction: PolicyDirection) -> [Pair] {
    let (clients, servers) = (
      kinds(of: edge.client, with: edge.evidence.clientPods),
      kinds(of: edge.server, with: edge.evidence.serverPods)
    )
    let isByAddress = (direction == .ingress ? servers : clients).contains { look in
      look.standing.isolators(direction).contains { asking[direction]?.contains($0) ?? false }
    }
    return isByAddress ? pairs(of: edge) : Self.pairs(clients, servers)
  }

  private func kinds(of end: End, with pods: Set<Int>) -> [Seen] {
    guard let own = seen[end], !own.hasPast else { return looks(of: end, with: pods).ofEachKind }
    return own.kinds
  }

  private static func pairs(_ clients: [Seen], _ servers: [Seen]) -> [Pair] {
    clients.flatMap { client in servers.map { (client.standing, $0.standing) } }
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

  /// The rules by which an edge passes on one side, for each two looks between which policies isolate that side.
  func passages(of edge: Edge, _ direction: PolicyDirection) -> [[Passage]] {
    pairs(of: edge, direction).compactMap { client, server in
      let deciding = direction == .ingress ? server : client
      guard !deciding.isolators(direction).isEmpty else { return nil }
      return policies.passages(
        direction, from: client, to: server, port: edge.port, transport: edge.transport)
    }
  }
}

extension [Looks.Seen] {
  /// The first of those that differ in nothing but addresses.
  fileprivate var ofEachKind: [Looks.Seen] {
    var kinds: Set<Int> = []
    return filter { kinds.insert($0.kind).inserted }
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
