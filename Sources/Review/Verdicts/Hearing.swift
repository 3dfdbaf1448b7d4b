import Generator
import Kubernetes
import Traffic

/// Policies, and how they see everybody who has a part in some edges.
///
/// Of the looks of an end those that no policy tells apart are asked about once.
struct Hearing {
  let policies: PolicySet
  private let standings: [End: [Standing]]

  /// What these policies see of these ends.
  init(_ policies: PolicySet, _ ends: Set<End>, in cast: Cast) {
    let looks = ends.map { (end: $0, parties: Self.located(cast.parties(of: $0))) }
    let distinctions = Distinctions(policies, among: looks.flatMap(\.parties))
    var standings: [End: [Standing]] = [:]
    var place = 0
    for (end, parties) in looks {
      var seen: Set<Int> = []
      for party in parties {
        if seen.insert(distinctions[place]).inserted {
          standings[end, default: []].append(policies.standing(of: party))
        }
        place += 1
      }
    }
    self.policies = policies
    self.standings = standings
  }

  /// The looks, where one without a known address has those of another.
  ///
  /// What was recorded of a workload is asked about: a block that holds its pods' addresses holds those of its next
  /// pods as well, for all that anybody can tell.
  private static func located(_ parties: [Party]) -> [Party] {
    guard let known = parties.first(where: { !$0.addresses.isEmpty }) else { return parties }
    return parties.map { party in
      guard case .pod(let traits, let addresses) = party, addresses.isEmpty else { return party }
      return .pod(traits, addresses: known.addresses)
    }
  }
}

// What it can tell.
extension Hearing {
  /// One look of each end, and the family over which they meet; nil for the one that they take by themselves.
  struct Meeting {
    let source: Standing
    let destination: Standing
    let family: Family?
    let areReplicas: Bool
  }

  /// How an end is seen, in each of its looks; empty for one whose looks nobody knows.
  func looks(of end: End) -> [Standing] { standings[end, default: []] }

  /// Every meeting of two ends over one of these families, or over any where none of them is common to both.
  func meetings(from client: End, to server: End, over families: Set<Family>) -> [Meeting] {
    looks(of: client).flatMap { source in
      looks(of: server).flatMap { destination in
        Self.families(source.party, destination.party, families).map { family in
          Meeting(
            source: source, destination: destination, family: family, areReplicas: client == server)
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
