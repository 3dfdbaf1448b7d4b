import Kubernetes
import TestSupport
import Testing
import Traffic

/// All pairs at once are what each pair is when it is asked about alone.
@Suite struct ReachLawTests {
  static let seeds = (0..<10).map { UInt64(2_026_113_000 + $0) }
  static let worldsPerSeed = 60

  @Test("every pair of every world has the ports that the evaluator opens", arguments: seeds)
  func everyPair(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for number in 0..<Self.worldsPerSeed {
      let world = try RandomWorld(&random).world()
      let set = world.set
      compare(set, world.parties, "seed \(seed), world \(number): \(set.policies.map(\.node))")
    }
  }

  @Test("also where pods have addresses of both families, and many stand in few classes", arguments: seeds)
  func families(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for number in 0..<Self.worldsPerSeed / 3 {
      let world = try RandomWorld(&random).world()
      let set = world.set
      let pool = ["10.0.0.1", "10.0.1.9", "192.0.2.1", "fd00::1", "2001:db8::1"].compactMap { Address($0) }
      let parties = world.parties.flatMap { party -> [Party] in
        guard case .pod(let traits, _) = party else { return [party] }
        return (0..<3).map { _ in
          .pod(traits, addresses: PodAddresses(Array(pool.shuffled(using: &random).prefix(2))))
        } + [.node(pool[0])]
      }
      compare(set, parties, "seed \(seed), world \(number): \(set.policies.map(\.node))")
    }
  }

  @Test("the tally is the sum over all pairs of different pods", arguments: seeds)
  func tally(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for number in 0..<Self.worldsPerSeed {
      let world = try RandomWorld(&random).world()
      let set = world.set
      let parties = (0..<3).flatMap { _ in world.parties }
      let pods = parties.filter { if case .pod = $0 { true } else { false } }.map { set.standing(of: $0) }
      var (pairs, openPairs, openPorts) = (0, 0, 0)
      for (place, source) in pods.enumerated() {
        for (other, destination) in pods.enumerated() where other != place {
          let open = set.open(from: source, to: destination, areReplicas: true)
          pairs += 1
          openPairs += open.isEmpty ? 0 : 1
          openPorts += open.ranges.reduce(0) { $0 + $1.ports.count }
        }
      }
      let tally = Reach(set, among: parties).tally
      let isSame =
        (tally.pods, tally.pairs) == (pods.count, pairs)
        && (tally.openPairs, tally.openPorts) == (openPairs, openPorts)
      if !isSame {
        Issue.record("seed \(seed), world \(number): \(tally), not \(openPairs) pairs, \(openPorts) ports")
      }
    }
  }

  @Test("the ways to doors are those that are open one by one, but for everybody's own", arguments: seeds)
  func ways(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var open = 0
    for number in 0..<Self.worldsPerSeed {
      let world = try RandomWorld(&random).world()
      let set = world.set
      let parties = (0..<2).flatMap { _ in world.parties }
      let doors = Set(
        parties.indices.flatMap { place in
          (0..<3).map { _ in
            Reach.Door(
              of: place, UInt16(RandomWorld.ports.randomElement(using: &random) ?? 80),
              [.tcp, .udp].randomElement(using: &random) ?? .tcp)
          }
        })
      let askers = parties.indices.filter { _ in Bool.random(using: &random) }
      let standings = parties.map { set.standing(of: $0) }
      var expected = 0
      for asker in askers {
        for door in doors where door.party != asker {
          let ports = set.open(from: standings[asker], to: standings[door.party], areReplicas: true)
          expected += ports.contains(door.port, door.transport) ? 1 : 0
        }
      }
      let found = Reach(set, among: parties).openWays(from: askers, to: Array(doors))
      #expect(found == expected, "seed \(seed), world \(number)")
      open += found
    }
    #expect(open > 0)
  }

  /// Small worlds, all of them: one policy of every make, and pods that differ in one thing each.
  @Test("every small world")
  func small() throws {
    let subjects: [Plain] = [[:], ["matchLabels": ["a": "1"]], ["matchLabels": ["a": "2"]]]
    let types: [Plain] = [["Ingress"], ["Egress"], ["Ingress", "Egress"]]
    let peers: [Plain] = [
      [], [["podSelector": [:]]], [["podSelector": ["matchLabels": ["a": "1"]]]],
      [["namespaceSelector": [:]]], [["namespaceSelector": ["matchLabels": ["team": "t"]]]],
      [["namespaceSelector": [:], "podSelector": ["matchLabels": ["a": "1"]]]],
      [["ipBlock": ["cidr": "10.0.0.0/8", "except": ["10.0.0.2/32"]]]], [["ipBlock": ["cidr": "::/0"]]],
      [["podSelector": ["matchLabels": ["a": "1"]]], ["ipBlock": ["cidr": "0.0.0.0/0"]]],
    ]
    let ports: [Plain] = [
      [], [["port": 80]], [["port": "http"]], [["port": "http"], ["port": 81, "endPort": 90]],
      [["protocol": "UDP"]],
    ]
    let http = ContainerPort(name: "http", number: 8080)
    let other = ContainerPort(name: "http", number: 8081)
    let parties = [
      pod("default", ["a": "1"], at: "10.0.0.1", ports: [http]),
      pod("default", ["a": "1"], at: "10.0.0.2", ports: [other]), pod("default", ["a": "2"]),
      pod("default", ["a": "1"], at: "10.0.0.1", ports: [http]),
      pod("other", ["a": "1"], at: "fd00::1", ports: [http]), pod("other", [:], at: "10.0.0.5"),
      pod("default", ["a": "1"], at: "10.0.0.9", usesHostNetwork: true), address("10.0.0.2"), outside,
      address("2001:db8::1"),
    ]
    for subject in subjects {
      for types in types {
        for peers in peers {
          for ports in ports {
            let spec: Plain = [
              "podSelector": subject, "policyTypes": types, "ingress": [["from": peers, "ports": ports]],
              "egress": [["to": peers, "ports": ports]],
            ]
            compare(try policies(spec, namespaces: ["other": ["team": "t"]]), parties, "\(spec)")
          }
        }
      }
    }
  }

  @Test("labels, names and addresses that no policy asks for make no class of their own")
  func classes() throws {
    let set = try policies(["podSelector": ["matchLabels": ["app": "a"]]])
    let parties = (0..<100).map { number in
      pod(
        "default", ["app": number < 50 ? "a" : "b", "pod-template-hash": "\(number)"], at: "10.0.0.\(number)",
        ports: [ContainerPort(name: "p\(number)", number: 80)])
    }
    let reach = Reach(set, among: parties)
    #expect(reach.classCount == 2)
    #expect(reach.isIsolated(class: reach.classOfParty(0), .ingress))
    #expect(!reach.isIsolated(class: reach.classOfParty(0), .egress))
    #expect(!reach.isIsolated(class: reach.classOfParty(99), .ingress))
    #expect(reach.tally.openPairs == 50 * 99)
  }

  @Test("without parties and without policies there is nothing, and everything, open")
  func nothing() {
    #expect(Reach(PolicySet([]), among: []).tally.pairs == 0)
    let open = Reach(PolicySet([]), among: [stranger, outside])
    #expect(open.open(from: 0, to: 1) == .all && open.open(from: 1, to: 0) == .all)
  }

  /// The comment is made only where it is needed: printing the policies takes longer than asking them.
  private func compare(_ set: PolicySet, _ parties: [Party], _ comment: @autoclosure () -> String) {
    let reach = Reach(set, among: parties)
    let standings = parties.map { set.standing(of: $0) }
    for (from, source) in standings.enumerated() {
      for (to, destination) in standings.enumerated() {
        let (found, expected) = (
          reach.open(from: from, to: to), set.open(from: source, to: destination)
        )
        if found != expected {
          Issue.record("\(comment()): \(parties[from]) → \(parties[to]) \(found), not \(expected)")
        }
      }
    }
  }
}
