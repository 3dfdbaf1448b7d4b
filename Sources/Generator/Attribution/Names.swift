import Kubernetes
import Traffic

/// Which names a workload asked for before it dialled an address outside the cluster.
struct Names {
  /// Sorted, so that it is done once however many edges ask.
  private let names: [Asked: [String]]

  private struct Asked: Hashable {
    let client: End
    let address: Address
  }

  /// The names in these facts that the cluster's own DNS or the cloud's answered; anybody can claim an answer.
  init(_ facts: [DNSFact], attribution: Attribution, dns: ClusterDNS) {
    let aliases = Self.aliases(attribution.inventory)
    var names: [Asked: Set<String>] = [:]
    for fact in facts {
      let answerer = attribution.client(fact.key.answerer, at: fact.activity.first)
      // A cloud's own resolver is the machine's neighbour, and nobody else can answer for it.
      let isResolver = CloudResolvers.holds(Socket(fact.key.answerer, 53))
      guard isResolver || dns.isServer(fact.key.answerer, answerer),
        !Self.isInternal(fact.key.name) || aliases.contains(Self.service(calledBy: fact.key.name))
      else { continue }
      // One row stands for all who held the asker's address in its hour: each of them may have asked.
      for asker in attribution.clientSides(fact.key.asker, during: fact.activity) {
        names[Asked(client: asker.end, address: fact.key.address), default: []].insert(fact.key.name)
      }
    }
    self.names = names.mapValues { $0.sorted() }
  }

  /// The names that this client asked for and got this address, sorted.
  func known(to client: End, for address: Address) -> [String] {
    names[Asked(client: client, address: address), default: []]
  }

  /// The Services that are names only, each for somebody outside: they have no address, no pods and no backends.
  private static func aliases(_ inventory: Inventory) -> Set<String> {
    let backed = Set(inventory.slices.map { "\($0.meta.namespace)/\($0.service ?? "")" })
    let bare = inventory.services.filter { $0.addresses.isEmpty && $0.selector.isEmpty }
    return Set(bare.map(\.name)).subtracting(backed)
  }

  /// `namespace/name` of the Service that a name such as `name.namespace.svc.cluster.local` means.
  private static func service(calledBy name: String) -> String {
    let labels = name.split(separator: ".", maxSplits: 3)
    return labels.count > 2 && labels[2] == "svc" ? "\(labels[1])/\(labels[0])" : ""
  }

  /// Names of the cluster's own domain.
  private static func isInternal(_ name: String) -> Bool {
    name.hasSuffix(".cluster.local") || name.hasSuffix(".svc") || !name.contains(".")
  }
}
