import Testing

@testable import Traffic

/// Datagrams that look a little as if they were sent in another's name, and are not, or nobody can tell.
private struct Harmless: Sendable, CustomTestStringConvertible {
  let name: String
  let tape: @Sendable () -> Tape
  var link = LinkType.cooked2
  var mayShowSeveralMachines = false
  var testDescription: String { name }

  init(
    _ name: String, link: LinkType = .cooked2, mayShowSeveralMachines: Bool = false,
    tape: @escaping @Sendable () -> Tape
  ) {
    self.name = name
    self.link = link
    self.mayShowSeveralMachines = mayShowSeveralMachines
    self.tape = tape
  }

  private typealias Here = ForgedSourceTests

  static let all = [
    Harmless("captured as Ethernet, which tells neither interface nor direction", link: .ethernet) {
      Here.machine { Here.send(&$0) }
    },
    Harmless("captured in the older form of `any`, which tells no interface", link: .cooked) {
      Here.machine { Here.send(&$0) }
    },
    Harmless(
      "captured on several machines, whose interfaces have the same numbers", mayShowSeveralMachines: true
    ) {
      Here.machine { Here.send(&$0) }
    },
    Harmless("from a pod of which nothing else is known") {
      Here.machine(isForgerKnown: false) { Here.send(&$0) }
    },
    Harmless("from an address that was nowhere else") {
      Here.machine(isVictimKnown: false) { Here.send(&$0) }
    },
    Harmless("from an address that was elsewhere before, and moved") {
      Here.machine(isVictimGone: true) { Here.send(&$0) }
    },
    Harmless("from a pod's other family") {
      Here.machine { machine in
        machine.connect(Here.six.victim, Here.six.server, by: Here.victims, to: Here.uplink)
        machine.wait(seconds: 60)
        machine.pass(
          Wire.datagram(Here.six.victim, Here.six.collector), .entering(Here.forgers), .leaving(Here.uplink))
        machine.wait(seconds: 60)
        machine.connect(
          Socket(Here.six.victim.address, 40_001), Here.six.server, by: Here.victims, to: Here.uplink)
      }
    },
    Harmless("by an interface behind which several sit, as behind a pod that forwards") {
      Here.machine { machine in
        machine.connect(
          Socket(test: "10.244.1.15", 40_000), Here.server, by: Here.forgers, to: Here.uplink)
        Here.send(&machine)
      }
    },
    Harmless("by the interface behind which its sender is known to sit too") {
      Here.machine { machine in
        machine.connect(
          Socket(Here.victim.address, 40_009), Here.server, by: Here.forgers, to: Here.uplink)
        Here.send(&machine)
      }
    },
    Harmless("by way of a pod that hands it on, which is known itself") {
      Here.machine { machine in
        // Each minute begins between two sightings of one datagram.
        for number in 0..<240 {
          machine.pass(
            Wire.datagram(Here.victim, Here.collector, identification: number), .entering(Here.victims),
            .leaving(Here.forgers), .entering(Here.forgers), .leaving(Here.uplink), apart: 400_000,
            routers: [0, 2])
          machine.wait(milliseconds: 999 - (number % 60 == 59 ? 1 : 0))
        }
      }
    },
    Harmless("by way of a bridge") {
      Here.machine { machine in
        for number in 0..<200 {
          machine.pass(
            Wire.datagram(Here.victim, Here.collector, identification: number), .entering(Here.victims),
            .entering(Here.bridge), .leaving(Here.uplink), apart: Int64(number % 3) * 1_000)
          machine.wait(milliseconds: 999)
        }
      }
    },
    Harmless("by two interfaces at the same moment") {
      Here.machine { machine in
        machine.pass(
          Wire.datagram(Here.victim, Here.collector), .entering(Here.forgers), .entering(Here.victims),
          .leaving(Here.uplink), apart: 0)
      }
    },
    Harmless("in the moment in which the capture began") {
      var machine = Machine(isRecordedBefore: false)
      machine.pass(
        Wire.datagram(Here.victim, Here.collector), .entering(Here.forgers), .leaving(Here.uplink))
      var tape = machine.tape
      let rest = Here.machine { _ in }
      // The rest is of the same time.
      tape.packets += rest.packets
      return tape
    },
    Harmless("by the machine itself") {
      Here.machine { machine in
        machine.pass(Wire.datagram(Here.victim, Here.collector), .leaving(Here.forgers))
      }
    },
    Harmless("from a pod whose connections were seen in one direction only") {
      Here.machine(isForgerKnown: false) { machine in
        machine.connect(Here.forger, Here.server, by: Here.forgers, to: Here.uplink, seenOneWay: true)
        Here.send(&machine)
      }
    },
    Harmless("from addresses that each link has anew") {
      let (one, other) = (Socket(test: "fe80::1", 40_000), Socket(test: "fe80::2", 40_000))
      return Here.machine { machine in
        for number in [0, 1] as [UInt16] {
          machine.connect(
            Socket(one.address, 42_000 + number), Here.six.server, by: Here.victims, to: Here.uplink)
          machine.connect(
            Socket(other.address, 42_000 + number), Here.six.server, by: Here.forgers, to: Here.uplink)
          machine.wait(seconds: 60)
          if number == 0 {
            machine.pass(
              Wire.datagram(one, Here.six.collector), .entering(Here.forgers), .leaving(Here.uplink))
          }
          machine.wait(seconds: 60)
        }
      }
    },
  ]
}

@Test("Nobody is held to have sent in another's name what came", arguments: Harmless.all)
private func harmless(_ harmless: Harmless) {
  let harvest = harmless.tape().harvest(
    link: harmless.link, mayShowSeveralMachines: harmless.mayShowSeveralMachines)
  #expect(harvest.passed[.spoofedSource] == nil)
  #expect(harvest.facts.contains { $0.key.port == 8_125 && $0.key.tier == .oneWay })
}

@Test("What was answered is nobody's forgery, whoever sent it")
func answered() {
  typealias Here = ForgedSourceTests
  let harvest = Here.machine { machine in
    Here.send(&machine)
    machine.pass(Wire.datagram(Here.collector, Here.victim), .entering(Here.uplink), .leaving(Here.victims))
  }.harvest()
  #expect(Here.lines(harvest) == ["10.244.1.11 > 10.244.2.20:8125 UDP replied first-sender x1"])
  #expect(harvest.passed[.spoofedSource] == nil)
}

/// As a balancer does that keeps its clients' addresses: of what it hands on only some is answered.
@Test("Where a way led back once, nothing that went there is forgery", arguments: [false, true])
func answeredAtTimes(isBefore: Bool) {
  typealias Here = ForgedSourceTests
  let harvest = Here.machine { machine in
    func ask() {
      let client = Socket(Here.victim.address, 42_000)
      machine.pass(
        Wire.datagram(client, Here.collector, identification: 99), .entering(Here.forgers),
        .leaving(Here.uplink))
      machine.pass(Wire.datagram(Here.collector, client), .entering(Here.uplink), .leaving(Here.victims))
      machine.wait(seconds: 20)
    }
    if isBefore { ask() }
    Here.send(&machine, times: 30)
    Here.send(&machine, from: Socket(Here.victim.address, 41_000), times: 3)
    if !isBefore { ask() }
    // At another port nobody answers, as ever.
    machine.pass(
      Wire.datagram(Here.victim, Socket(Here.collector.address, 514)), .entering(Here.forgers),
      .leaving(Here.uplink))
  }.harvest()
  let counts = harvest.facts.filter { $0.key.port == 8_125 }.reduce(into: [Tier: UInt64]()) {
    $0[$1.key.tier, default: 0] += $1.conversations
  }
  #expect(counts == [.oneWay: 11, .replied: 1])
  #expect(harvest.spoofed.map(\.key.port) == [514])
}

@Test("Numbers from nowhere in the midst of a connection prove nothing of where its ends sit")
func numbersFromNowhere() {
  typealias Here = ForgedSourceTests
  let harvest = Here.machine(fromMiddle: true) { machine in
    for number in 1...8 as ClosedRange<UInt32> {
      machine.pass(
        Wire.ip(
          Here.victim.address, Here.server.address,
          Wire.tcp(
            Here.victim.port, Here.server.port, sequence: number &* 0x1700_0000,
            acknowledgement: number &* 0x2B00_0000, flags: Line.ack)), .entering(Here.forgers),
        .leaving(Here.uplink))
    }
    Here.send(&machine, times: 3)
  }.harvest()
  #expect(Here.lines(harvest) == [])
  #expect(harvest.passed[.spoofedSource] == 1)
}
