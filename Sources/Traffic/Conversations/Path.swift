/// The legs of one connection in the order in which its opening passed them.
///
/// Each router lowers the hop limit, so of two legs the one that shows the opening with more hops left is nearer to the
/// client, and the one that shows the answer with more hops left is nearer to the server. Where that says nothing, the
/// clock does, and at last the addresses: the order of the sightings in a file never matters.
struct Path<State: TransportState> {
  /// The leg nearest to the client.
  let clientLeg: Leg<State>
  /// The leg nearest to the server.
  let serverLeg: Leg<State>

  /// The path of these legs; nil when there are none.
  init?(_ legs: [Leg<State>]) {
    let order = Order(legs)
    guard let clientLeg = legs.min(by: order.isNearerToClient),
      let serverLeg = legs.max(by: order.isNearerToClient)
    else { return nil }
    self.clientLeg = clientLeg
    self.serverLeg = serverLeg
  }

  /// Whether a machine put itself in the client's place on the way from a Service: neither end is what the client saw.
  var isHidden: Bool { !clientLeg.sharesAnEnd(with: serverLeg) }

  /// What all legs have, so that they can be compared by it.
  private struct Order {
    let isAskedSeen: Bool
    let isReplySeen: Bool

    init(_ legs: [Leg<State>]) {
      isAskedSeen = legs.allSatisfy { $0.asked.hops != nil }
      isReplySeen = legs.allSatisfy { $0.replied.hops != nil }
    }

    func isNearerToClient(_ one: Leg<State>, _ other: Leg<State>) -> Bool {
      if isAskedSeen, let mine = one.asked.hops, let theirs = other.asked.hops, mine != theirs {
        return mine > theirs
      }
      if isReplySeen, let mine = one.replied.hops, let theirs = other.replied.hops, mine != theirs {
        return mine < theirs
      }
      if isAskedSeen, let mine = one.asked.first, let theirs = other.asked.first, mine != theirs {
        return mine < theirs
      }
      if isReplySeen, let mine = one.replied.first, let theirs = other.replied.first, mine != theirs {
        return mine > theirs
      }
      return (one.clientSocket, one.server) < (other.clientSocket, other.server)
    }
  }
}
