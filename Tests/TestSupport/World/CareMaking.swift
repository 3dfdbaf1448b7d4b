import Traffic

// What looks after pods: scrapes, probes, agents in the machines' network.
extension TrafficMaking {
  mutating func makeScrapes() {
    guard let scraper = place(of: "prometheus") else { return }
    let client = party(scraper, 0)
    if has(.hostScrapes) {
      for node in cluster.nodes.indices {
        let agent = machine(node, at: [cluster.nodes[node].addresses[0]])
        // Without a pod that declares the port it is some service of the machine.
        if has(.hostNetwork) {
          happen(client, agent, 9100, .tcp, bin: "baseline", "monitoring")
        } else {
          happen(client, agent, 9100, .tcp)
        }
      }
    }
    for server in ordinary + [cluster.dns] where random.chance(60) {
      guard
        let port = cluster.workloads[server].ports.last(where: {
          $0.transport == .tcp && $0.name != "dns-tcp"
        })
      else { continue }
      for pod in cluster.workloads[server].pods.indices {
        guard let own = cluster.workloads[server].pods[pod].ports.first(where: { $0.name == port.name })
        else {
          continue
        }
        for _ in 0..<Int.random(in: 1...2, using: &random) {
          happen(client, party(server, pod), own.number, .tcp, bin: "baseline", "monitoring")
        }
      }
    }
  }

  mutating func makeProbes() {
    for server in ordinary {
      for pod in cluster.workloads[server].pods.indices {
        let chosen = cluster.workloads[server].pods[pod]
        guard let port = chosen.ports.first(where: \.isProbed) else { continue }
        let agent = machine(chosen.node, at: cluster.nodes[chosen.node].bridge)
        var manner = Manner(ending: random.chance(50) ? .used : .closed)
        manner.isV4 = true
        // An agent in the machine's network that asks pods elsewhere would make a need of the edge.
        _ = claim(agent, party(server, pod), port.number, .tcp)
        happen(agent, party(server, pod), port.number, .tcp, manner, bin: "out-of-scope", "kubelet probe")
      }
    }
  }

  /// An agent in a machine's network asks pods of other machines.
  mutating func makeHostNetwork() {
    for server in ordinary where random.chance(50) {
      guard let pod = cluster.workloads[server].pods.indices.randomElement(using: &random) else { continue }
      let chosen = cluster.workloads[server].pods[pod]
      guard let port = chosen.ports.first(where: { $0.transport == .tcp }),
        let node = cluster.nodes.indices.filter({ $0 != chosen.node }).randomElement(using: &random)
      else { continue }
      let shown = cluster.carrier == nil ? cluster.nodes[node].addresses : cluster.nodes[node].tunnel
      var manner = Manner()
      manner.isV4 = true
      let agent = machine(node, at: [shown[0]])
      guard claim(agent, party(server, pod), port.number, .tcp) else { continue }
      happen(
        agent, party(server, pod), port.number, .tcp, manner, bin: "baseline",
        Self.ownNetwork(cluster.nodes[node].name))
    }
  }

  /// Something in a machine's network is asked by pods.
  mutating func makeMachineNeeds() {
    guard let client = ordinary.randomElement(using: &random) else { return }
    for pod in cluster.workloads[client].pods.indices {
      let node = Int.random(in: cluster.nodes.indices, using: &random)
      var manner = Manner()
      manner.isV4 = true
      happen(party(client, pod), machine(node, at: cluster.nodes[node].addresses), 9200, .tcp, manner)
    }
  }

  /// The place of a workload with a name that no other has.
  func place(of name: String) -> Int? { cluster.workloads.firstIndex { $0.name == name } }
}
