/// The legs of one connection in the order in which its opening passed them.
///
/// Each router lowers the hop limit, so of two legs the one that shows the opening with more hops left is nearer to the
/// client, and the one that shows the answer with more hops left is nearer to the server. Where that says nothing, the
/// clock does, and at last the addresses: the order of the sightings in a file never matters.
struct Path {
  /// The leg nearest to the client.
  let clientLeg: Leg
  /// The leg nearest to the server.
  let serverLeg: Leg

  /// The path of these legs; nil when there are none.
  init?(_ legs: [Leg]) {
    let measures: [(Leg) -> Int64?] = [
      { $0.asked.hops.map { -Int64($0) } },
      { $0.replied.hops.map { Int64($0) } },
      { $0.asked.first?.nanoseconds },
      { $0.replied.first.map { -$0.nanoseconds } },
    ]
    let usable = measures.filter { measure in legs.allSatisfy { measure($0) != nil } }
    let ordered = legs.sorted { one, other in
      for measure in usable {
        guard let mine = measure(one), let theirs = measure(other), mine != theirs else { continue }
        return mine < theirs
      }
      return (one.clientSocket, one.server) < (other.clientSocket, other.server)
    }
    guard let clientLeg = ordered.first, let serverLeg = ordered.last else { return nil }
    self.clientLeg = clientLeg
    self.serverLeg = serverLeg
  }
}
