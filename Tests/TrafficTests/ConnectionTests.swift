import Testing

@testable import Traffic

private let frontend = Socket(test: "10.244.1.10", 40_000)
private let service = Socket(test: "10.96.0.20", 80)
private let api = Socket(test: "10.244.1.11", 8_080)
private let outside = Socket(test: "203.0.113.21", 443)
private let node = Socket(test: "10.0.0.11", 40_000)

/// A whole connection, seen under every pair of ends.
private func whole(_ line: Line, _ tape: inout Tape) {
  line.open(&tape)
  line.talk(&tape)
  line.close(&tape)
}

@Test("A Service's address and its backend are one connection, and the pod's port counts")
func destinationTranslation() {
  var tape = Tape()
  whole(Line(frontend, service, translated: [(frontend, api)]), &tape)
  let harvest = tape.harvest()
  #expect(harvest.lines == ["10.244.1.10 > 10.244.1.11:8080 TCP used opening dialled 10.96.0.20:80 x1"])
  #expect(harvest.facts.first?.key.interface == 2)
  #expect(harvest.connections == 1)
  #expect(harvest.sightings == 2)
}

@Test("A masqueraded connection belongs to the pod")
func sourceTranslation() {
  var tape = Tape()
  whole(Line(frontend, outside, translated: [(node, outside)]), &tape)
  #expect(tape.harvest().lines == ["10.244.1.10 > 203.0.113.21:443 TCP used opening x1"])
}

@Test(
  "A masquerade behind a destination translation is still one connection when a leg between them was seen")
func bothTranslations() {
  var tape = Tape()
  whole(Line(frontend, service, translated: [(frontend, api), (node, api)]), &tape)
  #expect(
    tape.harvest().lines == [
      "10.0.0.11 > 10.244.1.11:8080 TCP used seen-again x1",
      "10.244.1.10 > 10.244.1.11:8080 TCP used opening dialled 10.96.0.20:80 x1",
    ])
}

@Test(
  "Without hop limits the clock tells the order on the path, whatever the order in the file",
  arguments: [true, false])
func pathWithoutHops(isReversed: Bool) {
  var tape = Tape()
  var line = Line(frontend, service, translated: [(frontend, api)])
  line.countsHops = false
  whole(line, &tape)
  if isReversed { tape.packets = tape.packets.map { $0.reversed() } }
  #expect(
    tape.harvest().lines == ["10.244.1.10 > 10.244.1.11:8080 TCP used opening dialled 10.96.0.20:80 x1"])
}

@Test("A connection opened before the recording is one, through a Service too")
func midstreamThroughService() {
  var tape = Tape()
  let line = Line(frontend, service, translated: [(frontend, api)])
  line.talk(&tape)
  line.close(&tape)
  let harvest = tape.harvest()
  #expect(
    harvest.lines == ["10.244.1.10 > 10.244.1.11:8080 TCP established unknown dialled 10.244.1.10:40000 x1"])
  #expect(harvest.connections == 1)
}

@Test("A recording may begin between two sightings of one packet")
func midstreamCutBetweenSightings() {
  var tape = Tape()
  let line = Line(frontend, service, translated: [(frontend, api)])
  line.talk(&tape)
  line.close(&tape)
  tape.packets[0].removeFirst()
  #expect(
    tape.harvest().lines == [
      "10.244.1.10 > 10.244.1.11:8080 TCP established unknown dialled 10.244.1.10:40000 x1"
    ])
}

@Test("Two connections that begin with one number on purpose stay two")
func sameNumberOnPurpose() {
  var tape = Tape()
  // A scanner keeps its port and number: one interface shows both, at one distance.
  for server in [api, Socket(test: "10.244.1.12", 5_432)] { Line(frontend, server).ask(&tape, Line.syn) }
  #expect(tape.harvest().connections == 2)

  // From an interface that nobody named the servers' own numbers tell.
  var answered = Tape()
  for (server, number) in [(api, UInt32(5)), (Socket(test: "10.244.1.12", 5_432), 6)] {
    var line = Line(frontend, server)
    line.serverNumber = number
    line.open(&answered)
  }
  #expect(answered.harvest(link: .ethernet).connections == 2)
}

@Test("A refusal on the way that was overcome ends no connection")
func overcomeRefusal() {
  var tape = Tape()
  let line = Line(frontend, api)
  line.ask(&tape, Line.syn)
  let router = Address(test: "10.244.1.1")
  let quoted = Wire.ip(
    frontend.address, api.address,
    Wire.tcp(frontend.port, api.port, sequence: line.clientNumber, flags: Line.syn))
  tape.send((2, Wire.ip(router, frontend.address, inside: 1, [3, 1, 0, 0, 0, 0, 0, 0] + quoted)))
  line.open(&tape)
  line.talk(&tape)
  tape.wait(milliseconds: 45_000)
  line.talk(&tape)
  #expect(tape.harvest().lines == ["10.244.1.10 > 10.244.1.11:8080 TCP used opening x1"])
}

@Test("The same number after more than two seconds is another connection")
func tieWindow() {
  var tape = Tape()
  Line(frontend, service).ask(&tape, Line.syn)
  tape.wait(milliseconds: 2_500)
  Line(frontend, api).ask(&tape, Line.syn)
  #expect(tape.harvest(link: .ethernet).connections == 2)
}

@Test("A port used again is another connection, also through a Service")
func portReuse() {
  var tape = Tape()
  for number: UInt32 in [1_000, 7_000_000, 3] {
    var line = Line(frontend, service, translated: [(frontend, api)])
    line.clientNumber = number
    line.serverNumber = number &* 77
    whole(line, &tape)
  }
  #expect(
    tape.harvest().lines == ["10.244.1.10 > 10.244.1.11:8080 TCP used opening dialled 10.96.0.20:80 x3"])
}

@Test("A client that forgot a connection opens another")
func halfOpen() {
  var tape = Tape()
  var line = Line(frontend, api)
  line.open(&tape)
  line.talk(&tape)
  line.clientNumber = 55_555
  line.ask(&tape, Line.syn)
  // The server still knows the old one and says so (RFC 9293 §3.5.1).
  line.reply(&tape, Line.ack, 301, ack: 77)
  line.ask(&tape, Line.rst, 77)
  line.serverNumber = 66_666
  line.ask(&tape, Line.syn)
  line.reply(&tape, Line.syn | Line.ack, ack: 1)
  line.ask(&tape, Line.ack, 1, ack: 1)
  #expect(
    tape.harvest().lines == [
      "10.244.1.10 > 10.244.1.11:8080 TCP established opening x1",
      "10.244.1.10 > 10.244.1.11:8080 TCP used opening x1",
    ])
}

@Test("Replies never make a conversation of their own")
func repliesAreNotConversations() {
  var tape = Tape()
  whole(Line(frontend, api), &tape)
  #expect(tape.harvest().facts.allSatisfy { $0.key.server == api.address })
}

@Test("An idle connection stays one for as long as a keep-alive may take")
func idleConnections() {
  var tape = Tape()
  let line = Line(frontend, api)
  line.open(&tape)
  line.talk(&tape)
  tape.wait(milliseconds: 7_300_000)
  line.ask(&tape, Line.ack, 100, ack: 301)
  line.reply(&tape, Line.ack, 301, ack: 101)
  #expect(tape.harvest().connections == 1)
}

@Test("A conversation counts in the hour in which it began")
func hours() throws {
  var tape = Tape()
  tape.wait(milliseconds: 119_998)
  whole(Line(frontend, api), &tape)
  let fact = try #require(tape.harvest().facts.first)
  #expect(fact.activity.first.description == "2026-11-20T08:59:59Z")
  #expect(fact.key.hour == fact.activity.first.hour)
}

@Test("A change of owner cuts a row in two, for the client as for the server")
func ownerChanges() {
  var tape = Tape()
  var line = Line(frontend, api)
  line.ask(&tape, Line.syn)
  let change = Instant(nanoseconds: tape.clock + 1_000_000)
  tape.wait(milliseconds: 5)
  line.clientNumber = 5
  line.ask(&tape, Line.syn)
  for address in [frontend.address, api.address] {
    let changes = OwnerChanges([address: [change, change.advanced(bySeconds: 50)]])
    #expect(tape.harvest(changes: changes).facts.map(\.key.part) == [0, 1])
  }
  let earlier = OwnerChanges([api.address: [change.advanced(bySeconds: -3_600)]])
  #expect(tape.harvest(changes: earlier).facts.map(\.key.part) == [0])
}

@Test("A full table counts what finds no room and keeps what it has")
func overflow() {
  var tape = Tape()
  whole(Line(frontend, api), &tape)
  for port in UInt16(1)...20 {
    let line = Line(Socket(frontend.address, port), api)
    line.ask(&tape, Line.syn)
    line.ask(&tape, Line.syn)
  }
  let harvest = tape.harvest(limit: 4)
  #expect(harvest.passed[.overflow] == 2 * 17)
  #expect(Passed.overflow.rawValue == "packets of conversations beyond the table")
  #expect(harvest.lines.contains("10.244.1.10 > 10.244.1.11:8080 TCP used opening x1"))
}

@Test("A full table lets go what is closed or unanswered, and never what is established")
func room() {
  var tape = Tape()
  // Two that last, one that is closed and one that nobody answers.
  for port in UInt16(1)...2 { Line(Socket(frontend.address, port), api).open(&tape) }
  whole(Line(Socket(frontend.address, 3), api), &tape)
  Line(Socket(frontend.address, 4), api).ask(&tape, Line.syn)
  tape.wait(milliseconds: 2_500)
  for port in UInt16(5)...6 { Line(Socket(frontend.address, port), api).open(&tape) }
  let roomy = tape.harvest(limit: 4)
  #expect(roomy.passed[.overflow] == nil)
  #expect(roomy == tape.harvest())

  // Nothing is left that could go.
  Line(Socket(frontend.address, 7), api).ask(&tape, Line.syn)
  let full = tape.harvest(limit: 4)
  #expect(full.passed[.overflow] == 1)
  #expect(full.facts == roomy.facts)
}

@Test("A full table lets go what was answered and not taken up for ten seconds", arguments: [9_000, 11_000])
func halfOpen(milliseconds: Int64) {
  var tape = Tape()
  for port in UInt16(1)...4 {
    let line = Line(Socket(frontend.address, port), api)
    line.ask(&tape, Line.syn)
    line.reply(&tape, Line.syn | Line.ack, ack: 1)
  }
  tape.wait(milliseconds: milliseconds)
  whole(Line(frontend, api), &tape)
  let harvest = tape.harvest(limit: 4)
  #expect(harvest.facts.contains { $0.key.tier == .used } == (milliseconds > 10_000))
  #expect((harvest.passed[.overflow] == nil) == (milliseconds > 10_000))
}

@Test("A blind reset, acknowledgement or answer makes no need of an attempt")
func blindPackets() {
  let line = Line(frontend, api)
  for number: UInt32 in [2, 900, 0x7FFF_FFFF, 0x8000_0000, .max] {
    var tape = Tape()
    line.ask(&tape, Line.syn)
    line.reply(&tape, Line.syn | Line.ack, ack: number)
    line.reply(&tape, Line.ack, 1, ack: number, bytes: 10)
    line.reply(&tape, Line.rst | Line.ack, ack: number)
    let tiers = tape.harvest().facts.map(\.key.tier)
    #expect(tiers == [.attempted], "\(number)")
  }
}

@Test("A closed door that was tried with the same number takes nothing from an open one", arguments: [0, 1])
func openAndClosedDoors(routers: UInt8) {
  let database = Socket(test: "10.244.1.12", 5_432)
  var tape = Tape()
  let line = Line(frontend, api)
  line.open(&tape)
  line.talk(&tape)
  // Nobody named the interface, and it seems to come from a router further on.
  let syn = Wire.tcp(frontend.port, database.port, sequence: line.clientNumber, flags: Line.syn)
  tape.send((0, Wire.ip(frontend.address, database.address, syn, hops: 64 - routers)))
  line.close(&tape)
  let expected = [
    "10.244.1.10 > 10.244.1.11:8080 TCP used opening x1",
    "10.244.1.10 > 10.244.1.12:5432 TCP attempted opening x1",
  ]
  #expect(tape.harvest(link: .ethernet).lines == expected)
}

@Test("A SYN from the server's port turns no connection around", arguments: [true, false])
func turnedAround(isOpeningSeen: Bool) {
  var tape = Tape()
  let line = Line(frontend, api)
  if isOpeningSeen { line.open(&tape) }
  line.talk(&tape)
  let syn = Wire.tcp(api.port, frontend.port, sequence: 0x7777_7777, flags: Line.syn)
  tape.send((3, Wire.ip(api.address, frontend.address, syn, hops: 64)))
  for _ in 0..<3 { line.talk(&tape) }
  line.close(&tape)
  for fact in tape.harvest().facts where fact.key.client == api.address {
    #expect(fact.key.tier == .attempted, "\(fact.key)")
  }
}

@Test(
  "Resets and FINs with a number from nowhere end no connection", arguments: [Line.rst, Line.fin | Line.ack])
func blindEnds(flags: UInt8) {
  var tape = Tape()
  let line = Line(frontend, api)
  line.open(&tape)
  line.talk(&tape)
  line.ask(&tape, flags, 0x5000_0000, ack: 0x5000_0000)
  line.reply(&tape, flags, 0x5000_0000)
  tape.wait(milliseconds: 60_000)
  line.talk(&tape)
  line.close(&tape)
  #expect(tape.harvest().lines == ["10.244.1.10 > 10.244.1.11:8080 TCP used opening x1"])
}

@Test("Repetitions, late sightings and time that goes backwards add no connection")
func repetitions() {
  var tape = Tape()
  let line = Line(frontend, service, translated: [(frontend, api)])
  for _ in 0..<3 { line.ask(&tape, Line.syn) }
  for _ in 0..<2 { line.reply(&tape, Line.syn | Line.ack, ack: 1) }
  line.ask(&tape, Line.ack, 1, ack: 1)
  line.talk(&tape)
  line.talk(&tape)
  line.close(&tape)
  tape.wait(milliseconds: 20_000)
  line.close(&tape)
  let expected = ["10.244.1.10 > 10.244.1.11:8080 TCP used opening dialled 10.96.0.20:80 x1"]
  #expect(tape.harvest().lines == expected)

  var backwards = tape
  backwards.packets = tape.packets.enumerated().map { index, packet in
    packet.map { sighting in
      var sighting = sighting
      // Every third packet is stamped half a second too early.
      if index % 3 == 2 { sighting.nanoseconds -= 500_000_000 }
      return sighting
    }
  }
  #expect(backwards.harvest().lines == expected)
}
