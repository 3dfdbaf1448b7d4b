public import Generator
import Kubernetes
public import Traffic

/// All there is to say about one connection: whether it was seen, what became of it, and what policies say.
public struct Explanation: Sendable {
  /// Which connection.
  public let connection: Connection
  /// Who is meant by its two ends.
  public let client: Meant
  /// Who is meant by the end that is asked, and on which port.
  public let server: Meant
  /// What was seen of it, in order.
  public let sightings: [Sighted]
  /// What others sent in the client's name, in order.
  public let spoofed: [SpoofedEdge]
  /// What each set of policies says, those that were given first.
  public let judgements: [Judgement]
  /// Who recorded, when, and what was missed.
  public let status: Status
  /// What to do.
  public let next: [String]

  /// A connection as people ask about it.
  public struct Connection: Hashable, Sendable {
    /// Who asks.
    public let from: String
    /// Who is asked.
    public let to: String
    /// On which port.
    public let port: UInt16
    /// Over which protocol.
    public let transport: Transport

    /// A connection.
    public init(from: String, to: String, port: UInt16, transport: Transport) {
      self.from = from
      self.to = to
      self.port = port
      self.transport = transport
    }
  }

  /// An edge that the connection would be of, and who recorded it.
  public struct Sighted: Sendable {
    /// The edge.
    public let edge: Edge
    /// Who recorded it, sorted.
    public let recorders: [String]
  }

  /// Looks for a connection in what was learned from these facts, under these sets of policies.
  public init(
    _ connection: Connection, _ learned: Learned, of facts: KeptFacts, client: Meant, server: Meant,
    under sets: [PolicySource]
  ) {
    let edges = learned.everyEdge.filter {
      Self.isMeant($0.key, client, server, over: connection.transport)
    }
    let spoofed = learned.spoofed.filter {
      Self.isMeant($0.key, client, server, over: connection.transport)
    }
    let sightings = edges.map { Sighted(edge: $0, recorders: learned.recorders(of: $0, in: facts)) }
    let pairs = Self.pairs(edges, client, server)
    self.connection = connection
    self.client = client
    self.server = server
    self.sightings = sightings
    self.spoofed = spoofed
    judgements = sets.map { Judgement($0, of: pairs, edges, over: connection.transport, in: learned) }
    status = Status(learned.about([]), of: facts)
    next = NextStep.all(
      connection, edges: edges, pairs: pairs, spoofed: spoofed, judgements: judgements,
      otherPorts: server.workloads.flatMap {
        Meaning(learned).services(leading: connection.port, connection.transport, to: $0)
      })
  }

  /// Whether it was seen to succeed, and some of these policies cut it.
  public var isLoss: Bool {
    judgements.contains { $0.pairs.contains(where: \.isLoss) }
  }

  private static func isMeant(
    _ edge: Edge.Key, _ client: Meant, _ server: Meant, over transport: Transport
  ) -> Bool {
    guard edge.transport == transport else { return false }
    func holds(_ one: End, _ other: End) -> Bool {
      client.doors.contains { $0.end == one }
        && server.doors.contains { $0.end == other && $0.port == edge.port }
    }
    if holds(edge.client, edge.server) { return true }
    // Nobody can tell which end asked.
    return !edge.isDirected && holds(edge.server, edge.client)
  }

  /// The pairs of ends that policies are asked about: those that were seen, or all that may be meant.
  private static func pairs(_ edges: [Edge], _ client: Meant, _ server: Meant) -> [Pair] {
    let seen = edges.filter(\.key.isDirected).map(Pair.init)
    guard seen.isEmpty else { return seen }
    return client.doors.flatMap { asking in
      server.doors.map { Pair(client: asking.end, server: $0.end, port: $0.port) }
    }
  }

  /// Two ends and a port.
  struct Pair: Hashable {
    let client: End
    let server: End
    let port: UInt16

    init(client: End, server: End, port: UInt16) {
      self.client = client
      self.server = server
      self.port = port
    }

    init(_ edge: Edge) { self.init(client: edge.client, server: edge.server, port: edge.port) }

    /// Why nobody can be named for one of the ends; nil where both have a name.
    var doubt: Doubt? { client.doubt ?? server.doubt }

    /// Whether both ends are known and neither has pods, so that no policy rules it.
    var isNobodys: Bool {
      if case .service = server { return false }
      return doubt == nil && client.workload == nil && server.workload == nil
    }
  }
}
