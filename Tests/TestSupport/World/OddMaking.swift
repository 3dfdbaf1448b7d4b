import Traffic

// What happens in every cluster, and what no packet by itself tells rightly.
extension TrafficMaking {
  /// A pod asks its own Service, which leads to itself this time: any of its pods might have been asked.
  mutating func makeHairpin() {
    for place in ordinary {
      let pod = cluster.workloads[place].pods[0]
      guard let port = pod.ports.first(where: { $0.transport == .tcp }),
        let service = service(for: place, port)
      else { continue }
      var manner = Manner()
      manner.dialled = service.addresses.map { Socket($0, service.port.number) }
      let party = party(place, 0)
      happen(party, party, port.number, .tcp, manner)
    }
  }

  /// Measurements from one port for minutes: nobody answers them, and somebody wants them.
  mutating func makeSteadySocket() {
    for server in ordinary {
      guard let port = cluster.workloads[server].ports.first(where: { $0.transport == .udp }),
        let client = ordinary.first(where: { $0 != server }), let pair = pair(client, server),
        claim(party(client, pair.client), party(server, pair.server), port.number, .udp)
      else { continue }
      var manner = Manner(ending: .oneWay)
      manner.repetitions = 6
      // More than two minutes of sending begin three of them.
      manner.conversations = 3
      manner.at = .random(in: 20...300, using: &random)
      happen(party(client, pair.client), party(server, pair.server), port.number, .udp, manner)
    }
  }

  /// An exchange that was under way when the recording began: the answer is seen first, and the port that the other end
  /// declares tells who asked.
  mutating func makeMidExchange() {
    for server in ordinary {
      guard let port = cluster.workloads[server].ports.first(where: { $0.transport == .udp }),
        let client = ordinary.first(where: { $0 != server }), let pair = pair(client, server),
        claim(party(client, pair.client), party(server, pair.server), port.number, .udp)
      else { continue }
      var manner = Manner(ending: .replied)
      manner.isMissingQuestion = true
      manner.at = .random(in: 1...60, using: &random)
      happen(party(client, pair.client), party(server, pair.server), port.number, .udp, manner)
    }
  }
}
