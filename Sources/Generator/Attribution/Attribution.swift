import Kubernetes
import Traffic

/// Turns a fact's two addresses into the ends of edges, for the moment that it happened.
struct Attribution {
  let inventory: Inventory
  let roster: Roster
  let directory: Directory
  let backends: Backends
  let epochs: Epochs
  /// The doors that traffic shows besides those that are declared.
  var seenDoors = SeenDoors.none

  /// A part of a fact between two known ends.
  struct Part {
    var client: End
    var server: End
    var clientAddress: Address
    var serverAddress: Address
    var port: UInt16
    var nature: Edge.Nature
    var conversations: UInt64
    /// The first and the last moment of it.
    var first: Instant
    var last: Instant
    /// Whether a Service stands between the ends: the same traffic may be known behind it as well.
    var isThroughService: Bool
    var clientPod: Int?
    var serverPod: Int?
  }

  init(_ inventory: Inventory) {
    self.inventory = inventory
    roster = Roster(inventory)
    directory = Directory(inventory)
    backends = Backends(inventory, roster: roster, directory: directory)
    epochs = Epochs(inventory, roster: roster, directory: directory)
  }

  /// The parts of a fact; their conversations add up to the fact's, but for what several backends may share.
  func parts(of fact: Fact) -> [Part] {
    let oriented = orientation(of: fact)
    let clients = clientSides(oriented.client, during: fact.activity)
    let servers = serverSides(oriented.server, oriented.port, fact.key.transport, during: fact.activity)
    let every = clients.flatMap { client in servers.map { Meeting(client: client, servers: $0) } }
    // Two holders who never held their addresses together can't have talked.
    let possible = every.filter { $0.first <= $0.last }
    let meetings = possible.isEmpty ? every : possible
    let shares = Self.distribute(fact.conversations, over: meetings.map(\.weight))
    return zip(meetings, shares).flatMap { meeting, conversations -> [Part] in
      guard conversations > 0 else { return [] }
      return meeting.servers.map { server in
        Part(
          client: meeting.client.end, server: server.end, clientAddress: oriented.client,
          serverAddress: oriented.server, port: server.port, nature: oriented.nature,
          conversations: conversations, first: meeting.first, last: max(meeting.first, meeting.last),
          isThroughService: server.isThroughService, clientPod: meeting.client.pod, serverPod: server.pod)
      }
    }
  }

  /// A holder of the client's address and what was behind the server's at the same time.
  private struct Meeting {
    let client: Side
    let servers: [Side]

    var first: Instant { max(client.share.first, servers[0].share.first) }
    var last: Instant { min(client.share.last, servers[0].share.last) }
    var weight: Int { client.share.weight * servers[0].share.weight }
  }

  /// Whole conversations in proportion to the weights; each share gets at least one while there are enough.
  static func distribute(_ total: UInt64, over weights: [Int]) -> [UInt64] {
    guard weights.count > 1 else { return weights.map { _ in total } }
    var shares = weights.indices.map { UInt64($0) < total ? UInt64(1) : 0 }
    let rest = total - shares.reduce(0, +)
    let sum = UInt64(max(1, weights.reduce(0, +)))
    for index in weights.indices {
      // No weight is larger than their sum, so the quotient fits.
      let product = rest.multipliedFullWidth(by: UInt64(weights[index]))
      shares[index] += sum.dividingFullWidth(product).quotient
    }
    shares[0] += total - shares.reduce(0, +)
    return shares
  }
}
