import Kubernetes
public import Traffic

extension Learned {
  /// Who recorded an edge, sorted; the facts are those that this was learned from.
  public func recorders(of edge: Edge, in facts: KeptFacts) -> [String] {
    let rows = facts.conversations
    let clients = Set(rows.places(of: edge.evidence.clientAddresses))
    let servers = Set(rows.places(of: edge.evidence.serverAddresses))
    var found: Set<UInt32> = []
    for row in rows.portions.joined() where row.transport == edge.transport && !found.contains(row.recorder) {
      // Of a connection that nobody saw being opened either end may stand as the client.
      let isMeant =
        clients.contains(row.client) && servers.contains(row.server)
        || clients.contains(row.server) && servers.contains(row.client)
      guard isMeant, attribution.parts(of: rows.fact(row)).contains(where: { edge.key.isMade(of: $0) })
      else { continue }
      found.insert(row.recorder)
    }
    return found.map { rows.recorders[Int($0)] }.sorted()
  }
}

extension Conversations {
  fileprivate func places(of wanted: Set<Address>) -> [UInt32] {
    addresses.indices.filter { wanted.contains(addresses[$0]) }.map { UInt32($0) }
  }
}

extension Edge.Key {
  fileprivate func isMade(of part: Attribution.Part) -> Bool {
    client == part.client && server == part.server && port == part.port
  }
}
