import Testing

@testable import Traffic

private let frontend = Socket(test: "10.244.1.10", 40_000)
private let service = Socket(test: "10.96.0.20", 80)
private let api = Socket(test: "10.244.1.11", 8_080)
private let database = Socket(test: "10.244.1.12", 5_432)
private let node = Socket(test: "10.0.0.11", 40_000)

/// What becomes of a SYN.
enum Door: CaseIterable {
  case open
  case closed
  case silent

  var tier: Tier {
    switch self {
    case .open: .used
    case .closed: .refused
    case .silent: .attempted
    }
  }
}

/// A scanner that keeps its port and its number, and what it finds behind each door.
private func scan(_ doors: [Door], near: UInt32 = 2, far: UInt32? = 3, isFarFirst: Bool = false) -> Tape {
  var tape = Tape()
  for (index, door) in doors.enumerated() {
    let server = Socket(Address(v4: 0x0AF4_0200 + UInt32(index)), 8_080)
    var line = Line(frontend, server)
    line.serverNumber = 900_000 + UInt32(index) * 77_777
    var single = Tape()
    single.clock = tape.clock
    switch door {
    case .open:
      line.open(&single)
      line.talk(&single)
    case .closed:
      line.ask(&single, Line.syn)
      line.reply(&single, Line.rst | Line.ack, ack: 1)
    case .silent: line.ask(&single, Line.syn)
    }
    for packet in single.packets {
      tape.packets.append(packet.flatMap { sightings($0, near: near, far: far, isFarFirst: isFarFirst) })
    }
    tape.clock += 2_000_000
  }
  return tape
}

/// The same packet at the client's interface and one router later, which has lowered the hop limit.
private func sightings(
  _ sighting: Tape.Sighting, near: UInt32, far: UInt32?, isFarFirst: Bool
) -> [Tape.Sighting] {
  var one = sighting
  one.interface = near
  guard let far else { return [one] }
  var other = sighting
  other.interface = far
  other.packet[8] -= 1
  return isFarFirst ? [other, one] : [one, other]
}

@Suite("Ties: one connection is one, and two are two")
struct TieTests {
  @Test(
    "A scan with one port and one number is as many connections as doors",
    arguments: [1, 2, 3, 4, 5, 8, 100], [true, false])
  func scanWithOneNumber(count: Int, isFarFirst: Bool) {
    for door in Door.allCases {
      let harvest = scan(Array(repeating: door, count: count), isFarFirst: isFarFirst).harvest()
      #expect(harvest.connections == UInt64(count))
      #expect(harvest.facts.count == count)
      #expect(harvest.facts.allSatisfy { $0.key.tier == door.tier && $0.key.dialled == nil })
    }
  }

  @Test("On an interface without a name five doors and more are told apart", arguments: [5, 8, 100])
  func unnamedScan(count: Int) {
    for door in Door.allCases {
      let harvest = scan(Array(repeating: door, count: count), near: 0, far: 0).harvest(link: .ethernet)
      #expect(harvest.connections == UInt64(count))
      #expect(harvest.facts.allSatisfy { $0.key.dialled == nil })
    }
  }

  @Test("On an interface without a name four doors are told apart by what became of them")
  func unnamedOutcomes() {
    let mixed = scan([.open, .closed, .silent, .open], near: 0, far: nil).harvest(link: .ethernet)
    #expect(mixed.connections == 4)
    #expect(mixed.facts.map(\.key.tier) == [.used, .refused, .attempted, .used])
    #expect(mixed.facts.allSatisfy { $0.key.dialled == nil })
  }

  /// What is left of the question: nothing tells them from a Service and its backend.
  ///
  /// An attempt is never a need.
  @Test("Two to four doors that all stay silent, or all refuse, are one attempt there", arguments: 2...4)
  func unnamedSilence(count: Int) {
    for door in [Door.silent, .closed] {
      let harvest = scan(Array(repeating: door, count: count), near: 0, far: nil).harvest(link: .ethernet)
      #expect(harvest.connections == 1)
      #expect(harvest.facts.map(\.key.tier) == [door.tier])
    }
  }

  @Test("Whoever comes to a crowd is alone too, and so is what it was tied to")
  func crowd() {
    var tape = scan(Array(repeating: .silent, count: 5), near: 0, far: nil)
    // Behind a masquerade, and tied to nothing but the first of them.
    let syn = Wire.tcp(node.port, 8_080, sequence: 1_000, flags: Line.syn)
    tape.send((0, Wire.ip(node.address, Address(v4: 0x0AF4_0200), syn, hops: 63)))
    #expect(tape.harvest(link: .ethernet).connections == 6)
    tape.packets.reverse()
    #expect(tape.harvest(link: .ethernet).connections == 6)
  }

  @Test("A number used again after the window crowds nobody")
  func slowScan() {
    var tape = scan(Array(repeating: .silent, count: 4), near: 0, far: nil)
    tape.wait(milliseconds: 2_500)
    Line(frontend, database).ask(&tape, Line.syn)
    #expect(tape.harvest(link: .ethernet).connections == 2)
  }

  @Test("A leg that fits two connections stays alone", arguments: [true, false])
  func tornLeg(isReversed: Bool) {
    var tape = Tape()
    let syn = { (server: Socket, hops: UInt8) in
      Wire.ip(
        frontend.address, server.address,
        Wire.tcp(frontend.port, server.port, sequence: 1_000, flags: Line.syn), hops: hops)
    }
    // Behind the Service or behind the database: nobody can tell.
    tape.send((2, syn(service, 64)), (2, syn(database, 64)), (3, syn(api, 63)))
    if isReversed { tape.packets = tape.packets.map { $0.reversed() } }
    let harvest = tape.harvest()
    #expect(harvest.connections == 3)
    #expect(harvest.facts.allSatisfy { $0.key.dialled == nil })
  }

  @Test("The same numbers of both sides are one connection, also at one interface and one distance")
  func translationInABridge() {
    var tape = Tape()
    var line = Line(frontend, service, translated: [(frontend, api)])
    line.countsHops = false
    line.open(&tape)
    line.talk(&tape)
    tape.packets = tape.packets.map { packet in
      packet.map { Tape.Sighting(nanoseconds: $0.nanoseconds, interface: 2, packet: $0.packet) }
    }
    #expect(
      tape.harvest().lines == ["10.244.1.10 > 10.244.1.11:8080 TCP used opening dialled 10.96.0.20:80 x1"])
  }

  @Test("One client's ports at one server are connections of their own, whatever their numbers")
  func portsOfOneClient() {
    for link in [LinkType.cooked2, .ethernet] {
      var tape = Tape()
      for port in UInt16(1)...3 {
        let line = Line(Socket(frontend.address, port), api)
        line.open(&tape)
        line.talk(&tape)
      }
      #expect(tape.harvest(link: link).connections == 3)
    }
  }

  @Test("Middles of connections that one end made alike on purpose are not one", arguments: [2, 5, 9])
  func alikeInTheMiddle(count: Int) {
    var tape = Tape()
    for index in 0..<count {
      let line = Line(frontend, Socket(Address(v4: 0x0AF4_0200 + UInt32(index)), 8_080))
      var single = Tape()
      single.clock = tape.clock
      line.talk(&single)
      tape.packets += single.packets
      tape.clock += 2_000_000
    }
    let harvest = tape.harvest()
    #expect(harvest.connections == UInt64(count))
    #expect(harvest.facts.map(\.key.tier) == Array(repeating: .established, count: count))
  }

  @Test("In the middle of a connection the leg whose port is surest tells who asked", arguments: [1, 2])
  func turnedInTheMiddle(routers: Int) {
    // The backend's port is higher than the client's.
    let backend = Socket(api.address, 50_051)
    var tape = Tape()
    let far = Socket(node.address, 30_001)
    let line = Line(
      frontend, service, translated: [(frontend, backend), (far, backend)].dropLast(2 - routers))
    line.talk(&tape)
    line.talk(&tape)
    for order in [tape.packets, tape.packets.map { $0.reversed() }] {
      tape.packets = order
      #expect(
        tape.harvest().lines == [
          "10.244.1.10 > 10.244.1.11:50051 TCP established unknown dialled 10.244.1.10:40000 x1"
        ])
    }
  }

  @Test("What is established keeps no other leg with its number in a full table")
  func roomAmongTies() {
    var tape = scan([.open, .silent, .closed], far: nil)
    for port in UInt16(1)...2 { Line(Socket(frontend.address, port), api).open(&tape) }
    tape.wait(milliseconds: 4_000)
    for port in UInt16(5)...6 { Line(Socket(frontend.address, port), api).open(&tape) }
    let roomy = tape.harvest(limit: 5)
    #expect(roomy.passed[.overflow] == nil)
    #expect(roomy == tape.harvest())
  }
}
