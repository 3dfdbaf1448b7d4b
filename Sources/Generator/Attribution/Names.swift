import Kubernetes
import Traffic

/// Which names a workload asked for before it dialled an address outside the cluster.
struct Names {
  private var names: [Asked: Set<String>] = [:]

  private struct Asked: Hashable {
    let client: End
    let address: Address
  }

  /// The names in these facts that the cluster's own DNS answered; anybody can claim an answer.
  init(_ facts: [DNSFact], attribution: Attribution, dns: ClusterDNS) {
    for fact in facts {
      let answerer = attribution.client(fact.key.answerer, at: fact.activity.first)
      guard dns.isServer(fact.key.answerer, answerer), !Self.isInternal(fact.key.name) else { continue }
      let asker = attribution.client(fact.key.asker, at: fact.activity.first)
      names[Asked(client: asker, address: fact.key.address), default: []].insert(fact.key.name)
    }
  }

  /// The names that this client asked for and got this address, sorted.
  func known(to client: End, for address: Address) -> [String] {
    names[Asked(client: client, address: address), default: []].sorted()
  }

  /// Names of the cluster's own domain.
  private static func isInternal(_ name: String) -> Bool {
    name.hasSuffix(".cluster.local") || name.hasSuffix(".svc") || !name.contains(".")
  }
}
