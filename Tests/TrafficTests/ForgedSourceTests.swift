import TestSupport
import Testing

@testable import Traffic

/// A machine with two pods and an uplink, one of which sends in the other's name.
@Suite("What somebody sends in another's name is found by the interface that it came in by")
struct ForgedSourceTests {
  static let forger = Socket(test: "10.244.1.14", 40_000)
  static let victim = Socket(test: "10.244.1.11", 40_000)
  static let collector = Socket(test: "10.244.2.20", 8_125)
  static let server = Socket(test: "10.244.2.30", 8_080)
  static let six = (
    forger: Socket(test: "fd00:10:244:1::14", 40_000), victim: Socket(test: "fd00:10:244:1::11", 40_000),
    collector: Socket(test: "fd00:10:244:2::20", 8_125), server: Socket(test: "fd00:10:244:2::30", 8_080)
  )
  static let uplink: UInt32 = 2
  static let bridge: UInt32 = 3
  static let victims: UInt32 = 6
  static let forgers: UInt32 = 12

  /// A machine on which both were seen to talk, before something happens and after it.
  static func machine(
    isForgerKnown: Bool = true, isVictimKnown: Bool = true, isVictimGone: Bool = false,
    fromMiddle: Bool = false, _ body: (inout Machine) -> Void
  ) -> Tape {
    var machine = Machine()
    if isVictimKnown {
      machine.connect(victim, server, by: victims, to: uplink, fromMiddle: fromMiddle)
    }
    if isForgerKnown {
      machine.connect(forger, server, by: forgers, to: uplink, fromMiddle: fromMiddle)
    }
    machine.wait(seconds: 70)
    body(&machine)
    machine.wait(seconds: 130)
    if isVictimKnown, !isVictimGone {
      machine.connect(Socket(victim.address, 40_001), server, by: victims, to: uplink)
    }
    return machine.tape
  }

  static func send(_ machine: inout Machine, from source: Socket = victim, times: Int = 1) {
    for number in 0..<times {
      machine.pass(
        Wire.datagram(source, collector, identification: number + 1), .entering(forgers), .leaving(uplink))
      machine.wait(seconds: 20)
    }
  }

  static func lines(_ harvest: Harvest) -> [String] { harvest.lines.filter { $0.contains(":8125 ") } }

  @Test("it is counted, minute by minute, and is no fact", arguments: [false, true])
  func found(fromMiddle: Bool) {
    let harvest = Self.machine(fromMiddle: fromMiddle) { Self.send(&$0, times: 30) }.harvest()
    #expect(Self.lines(harvest) == [])
    #expect(harvest.passed[.spoofedSource] == 10)
    #expect(harvest.exchanges == 11, "the one before and the ten minutes: what is found adds up")
  }

  @Test("who asks often is found like who asks seldom", arguments: [200, 1_500, 15_000] as [Int64])
  func paces(milliseconds: Int64) {
    let harvest = Self.machine { machine in
      for number in 0..<Int(150_000 / milliseconds) {
        machine.pass(
          Wire.datagram(Self.victim, Self.collector, identification: number), .entering(Self.forgers),
          .entering(Self.bridge), .leaving(Self.uplink))
        machine.wait(milliseconds: milliseconds)
      }
    }.harvest()
    #expect(Self.lines(harvest) == [])
    #expect(harvest.passed[.spoofedSource] == 3)
  }

  @Test("what the victim itself sends stays, from the same port too")
  func victimsOwn() {
    let harvest = Self.machine { machine in
      Self.send(&machine, from: Socket(Self.victim.address, 41_000), times: 5)
      for number in 0..<5 {
        machine.pass(
          Wire.datagram(Self.victim, Self.collector, identification: 100 + number), .entering(Self.victims),
          .leaving(Self.uplink))
        machine.wait(seconds: 70)
      }
    }.harvest()
    #expect(Self.lines(harvest) == ["10.244.1.11 > 10.244.2.20:8125 UDP one-way first-sender x5"])
    #expect(harvest.passed[.spoofedSource] == 2)
  }

  @Test("so are attempts")
  func attempts() {
    let harvest = Self.machine { machine in
      for port in 1...9 as ClosedRange<UInt16> {
        machine.pass(
          Wire.ip(
            Self.victim.address, Self.server.address,
            Wire.tcp(45_000 + port, 20_000 + port, sequence: UInt32(port) * 7_777)),
          .entering(Self.forgers), .leaving(Self.uplink))
      }
    }.harvest()
    #expect(harvest.facts.allSatisfy { $0.key.tier != .attempted })
    #expect(harvest.passed[.spoofedSource] == 9)
    #expect(harvest.connections == 12)
  }

  @Test("what bears an address of IPv6 is found by addresses of IPv6")
  func six() {
    let harvest = Self.machine { machine in
      for number in [0, 1] as [UInt16] {
        machine.connect(
          Socket(Self.six.victim.address, 42_000 + number), Self.six.server, by: Self.victims,
          to: Self.uplink)
        machine.connect(
          Socket(Self.six.forger.address, 42_000 + number), Self.six.server, by: Self.forgers,
          to: Self.uplink)
        guard number == 0 else { continue }
        machine.wait(seconds: 60)
        machine.pass(
          Wire.datagram(Self.six.victim, Self.six.collector), .entering(Self.forgers), .leaving(Self.uplink))
        machine.wait(seconds: 60)
      }
    }.harvest()
    #expect(Self.lines(harvest) == [])
    #expect(harvest.passed[.spoofedSource] == 1)
  }

  @Test("the order of the sightings of one packet does not matter", arguments: UInt64(1)...10)
  func order(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let isEven = seed.isMultiple(of: 2)
    var tape = Self.machine(fromMiddle: isEven) { machine in
      for number in 0..<20 {
        machine.pass(
          Wire.datagram(Self.victim, Self.collector, identification: number), .entering(Self.forgers),
          .entering(Self.bridge), .leaving(Self.uplink),
          apart: Int64.random(in: 0...1, using: &random) * 10_000)
        machine.wait(seconds: Int64.random(in: 0...30, using: &random))
      }
    }
    let expected = tape.harvest()
    for _ in 0..<4 {
      tape.packets = tape.packets.map { $0.shuffled(using: &random) }
      let isSame = tape.harvest() == expected
      #expect(isSame)
    }
  }
}
