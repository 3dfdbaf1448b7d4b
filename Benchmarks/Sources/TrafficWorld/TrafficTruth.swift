import Traffic

/// What must be learned from a capture.
public struct TrafficTruth: Sendable {
  /// How many frames there are.
  public internal(set) var frames = 0
  /// How many pairs of ends TCP has: a connection through a Service has two.
  public private(set) var pairs = 0
  private var edges: [TrafficAnswer.Edge: UInt64] = [:]
  private var names: Set<TrafficAnswer.Name> = []

  /// What whoever reads the capture must answer.
  public var answer: TrafficAnswer { TrafficAnswer(frames: frames, edges: edges, names: names) }

  mutating func note(_ talk: Talk) {
    switch talk.kind {
    case .connection: enter(talk, .tcp, .used)
    case .unanswered: enter(talk, .tcp, .attempted)
    case .refused: enter(talk, .tcp, .refused)
    case .metrics: enter(talk, .udp, .oneWay)
    case .association: enter(talk, .sctp, .established)
    case .name:
      // A datagram through a Service is an exchange on each side of it.
      enter(talk, .udp, .replied)
      if let service = talk.service { enter(talk.client, service, .udp, .replied) }
      guard let question = talk.question else { return }
      for address in question.addresses {
        names.insert(.init(asker: talk.client.address, name: question.name, address: address))
      }
    case .echo, .resolution: break
    }
  }

  private mutating func enter(_ talk: Talk, _ transport: Transport, _ tier: Tier) {
    if transport == .tcp { pairs += talk.service == nil ? 1 : 2 }
    enter(talk.client, talk.server, transport, tier)
  }

  private mutating func enter(_ client: Place, _ server: Place, _ transport: Transport, _ tier: Tier) {
    let edge = TrafficAnswer.Edge(
      client: client.address, server: Socket(server.address, server.port), transport: transport, tier: tier)
    edges[edge, default: 0] += 1
  }
}
