import Kubernetes
import Traffic

/// The caches of the cluster's DNS that were seen to answer pods, at link-local addresses.
///
/// No router passes on what goes to such an address (RFC 3927 §2.6.2, RFC 4291 §2.5.6): whoever answers there is the
/// pod's own machine. Its address is anybody's choice: 169.254.20.10 by convention, 169.254.25.10 of Kubespray,
/// 169.254.10.11 of AKS. A cloud's own resolver is no cache, unless it knows the cluster's names, as Cloud DNS does.
enum NameCaches {
  /// The address that most installations give it.
  static let convention = Address("169.254.20.10")

  /// Where pods were answered, sorted; the usual address counts where somebody only asked.
  static func seen(in facts: KeptFacts, _ roster: Roster) -> [Address] {
    let conversations = facts.conversations
    var candidates: Set<UInt32> = []
    for (place, address) in conversations.addresses.enumerated() where isLinkLocal(address) {
      if CloudResolvers.addresses.contains(address)
        ? knowsCluster(address, facts.names) : !Directory.metadata.contains(address)
      {
        candidates.insert(UInt32(truncatingIfNeeded: place))
      }
    }
    // Most captures have none of them, and then no row is looked at.
    guard !candidates.isEmpty else { return [] }
    var found: Set<Address> = []
    for portion in conversations.portions {
      for row in portion where row.port == 53 && candidates.contains(row.server) {
        let address = conversations.addresses[Int(row.server)]
        let isAnswer = row.tier.isEstablished && row.direction != .unknown
        let isPod = roster.knows(conversations.addresses[Int(row.client)])
        if address == convention || isAnswer && isPod { found.insert(address) }
      }
    }
    return found.sorted()
  }

  /// Whether names of the cluster's own domain were answered from there.
  private static func knowsCluster(_ address: Address, _ names: [DNSFact]) -> Bool {
    names.contains { $0.key.answerer == address && $0.key.name.hasSuffix(".cluster.local") }
  }

  private static func isLinkLocal(_ address: Address) -> Bool {
    ranges.contains { $0.contains(address) }
  }

  private static let ranges = [Prefix("169.254.0.0/16"), Prefix("fe80::/10")].compactMap(\.self)
}
