import Generator
import Kubernetes
import Traffic

/// Policies, and how they see everybody who has a part in what was recorded.
struct Hearing {
  private let looks: Looks

  /// The policies that are asked.
  var policies: PolicySet { looks.policies }

  /// What these policies see of these ends.
  init(_ policies: PolicySet, _ ends: Set<End>, in cast: Cast) {
    looks = Looks(policies, of: ends.map { ($0, cast.recordedLooks(of: $0)) })
  }
}

// What it can tell.
extension Hearing {
  /// One look of each end, and the family over which they meet; nil for the one that they take by themselves.
  struct Meeting {
    let client: Looks.Seen
    let server: Looks.Seen
    let family: Family?
    let areReplicas: Bool

    var source: Standing { client.standing }
    var destination: Standing { server.standing }
  }

  /// How an end is seen, in each of the looks that count where these edges were seen; empty for one whose looks nobody
  /// knows.
  func looks(of end: End, in edges: [Edge] = []) -> [Looks.Seen] {
    let pods = edges.reduce(into: Set<Int>()) { pods, edge in
      if edge.client == end { pods.formUnion(edge.evidence.clientPods) }
      if edge.server == end { pods.formUnion(edge.evidence.serverPods) }
    }
    return looks.looks(of: end, with: pods)
  }

  /// Every meeting of two ends where these edges of them were seen: over the families that they took, or over any where
  /// none of these is common to both.
  func meetings(from client: End, to server: End, in edges: [Edge]) -> [Meeting] {
    let families = Set(edges.lazy.flatMap(\.evidence.serverAddresses).map(\.family))
    let servers = looks(of: server, in: edges)
    return looks(of: client, in: edges).flatMap { asking in
      servers.flatMap { asked in
        Self.families(asking.standing.party, asked.standing.party, families).map { family in
          Meeting(client: asking, server: asked, family: family, areReplicas: client == server)
        }
      }
    }
  }

  /// What the policies say of a meeting.
  func verdict(_ meeting: Meeting, _ port: UInt16, _ transport: Transport) -> Verdict {
    policies.verdict(
      from: meeting.source, to: meeting.destination, port: port, transport: transport, over: meeting.family,
      areReplicas: meeting.areReplicas)
  }

  private static func families(
    _ source: Party, _ destination: Party, _ seen: Set<Family>
  ) -> [Family?] {
    let common = source.families(to: destination)
    guard common.count > 1 else { return [nil] }
    let asked = common.filter(seen.contains)
    return asked.isEmpty ? [nil] : asked
  }
}
