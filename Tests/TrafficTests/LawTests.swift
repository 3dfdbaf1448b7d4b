import TestSupport
import Testing

@testable import Traffic

private let names = ["api.payments.svc.cluster.local", "api.paygate.example"]

/// A little of everything, most of it seen more than once.
private func mixed(seed: UInt64) -> Tape {
  var random = SeededRandom(seed: seed)
  var tape = Tape()
  for index in 0..<60 {
    let client = Socket(
      Address(v4: 0x0AF4_0100 + UInt32.random(in: 10..<14, using: &random)),
      UInt16.random(in: 40_000..<40_006, using: &random))
    let service = Socket(test: "10.96.0.20", 80)
    let backend = Socket(Address(v4: 0x0AF4_0200 + UInt32.random(in: 1..<3, using: &random)), 8_080)
    let outside = Socket(test: "203.0.113.21", 443)
    let masqueraded = Socket(Address(test: "10.0.0.11"), client.port &+ UInt16(index) * 8)
    var line =
      Bool.random(using: &random)
      ? Line(client, service, translated: [(client, backend)])
      : Line(client, outside, translated: [(masqueraded, outside)])
    line.countsHops = Bool.random(using: &random)
    line.clientNumber = random.next(upperBound: UInt32.max)
    line.serverNumber = random.next(upperBound: UInt32.max)
    switch Int.random(in: 0..<6, using: &random) {
    case 0: line.ask(&tape, Line.syn)
    case 1:
      line.ask(&tape, Line.syn)
      line.reply(&tape, Line.rst | Line.ack, ack: 1)
    case 2:
      line.open(&tape)
    case 3:
      line.talk(&tape)
    default:
      line.open(&tape)
      line.talk(&tape)
      line.close(&tape)
    }
    let resolver = Socket(test: "10.96.0.10", 53)
    let query = Query(names[index % 2], id: index)
    for message in [query.question, query.answer([Query.address("203.0.113.21")])] {
      let isAnswer = message.count > query.question.count
      let (source, destination) = isAnswer ? (resolver, client) : (client, resolver)
      let packet = Wire.ip(
        source.address, destination.address, inside: 17,
        Wire.udp(source.port, destination.port, payload: message))
      tape.send((2, packet), (3, packet), (4, packet))
    }
    tape.wait(milliseconds: Int64.random(in: 0..<3_000, using: &random))
  }
  return tape
}

@Test("The order of the sightings of one packet does not matter", arguments: UInt64(1)...20)
func orderOfSightings(seed: UInt64) {
  let tape = mixed(seed: seed)
  let expected = tape.harvest()
  #expect(expected.facts.count > 10)
  var random = SeededRandom(seed: seed)
  var shuffled = tape
  shuffled.packets = tape.packets.map { $0.shuffled(using: &random) }
  #expect(shuffled.harvest().lines == expected.lines)
  let isSame = shuffled.harvest() == expected
  #expect(isSame, "moments, interfaces, names and counts are the same too")
}

@Test("A sighting more of any packet adds no conversation", arguments: UInt64(1)...20)
func repeatedSightings(seed: UInt64) {
  let tape = mixed(seed: seed)
  var doubled = tape
  doubled.packets = tape.packets.map { $0 + $0 }
  #expect(doubled.harvest().lines == tape.harvest().lines)
  #expect(doubled.harvest().dns.map(\.key) == tape.harvest().dns.map(\.key))
}

@Test("Where things are kept, and how many packets wait for it, changes nothing", arguments: UInt64(1)...20)
func seedsAndWaiting(seed: UInt64) {
  let tape = mixed(seed: seed)
  let expected = tape.harvest()
  for (seed, waiting) in [(seed, 1), (~seed, 2), (0, 8), (.max, 64)] {
    let isSame = tape.harvest(seed: seed, waiting: waiting) == expected
    #expect(isSame, "seed \(seed), \(waiting) waiting")
  }
}

@Test("However small the tables are, nothing traps, and every conversation is counted", arguments: 0..<12)
func smallTables(limit: Int) {
  for seed: UInt64 in 1...4 {
    let tape = mixed(seed: seed)
    let harvest = tape.harvest(limit: limit)
    #expect(harvest.frames == UInt64(tape.packets.joined().count))
    #expect(harvest.facts.count <= limit)
    let isSame = tape.harvest(limit: limit, seed: ~seed, waiting: 1) == harvest
    #expect(isSame, "a table of \(limit) gives the same whatever its seed")
    #expect(limit > 0 || harvest.passed[.overflow] != nil)
    let kept = harvest.facts.reduce(0) { $0 + $1.conversations }
    let left = [Passed.factOverflow, .attemptOverflow, .displaced].reduce(0) {
      $0 + harvest.passed[$1, default: 0]
    }
    #expect(kept + left == harvest.connections + harvest.associations + harvest.exchanges, "seed \(seed)")
    #expect(!(1...4).contains(limit) || left > 0, "so few rows leave something out")
  }
}

@Test("What is found is what is kept, each counted once, but for what was left out and what was seen again")
func foundIsKept() {
  var tape = ForgedSourceTests.machine { ForgedSourceTests.send(&$0, times: 5) }
  let hidden = Line(
    Socket(test: "10.244.1.10", 40_000), Socket(test: "10.96.0.20", 80),
    translated: [(Socket(test: "10.0.0.11", 41_000), Socket(test: "10.244.2.11", 8_080))])
  hidden.open(&tape)
  hidden.talk(&tape)
  let outside = Socket(test: "203.0.113.9", 123)
  tape.send(
    (6, Wire.datagram(Socket(test: "10.244.1.10", 45_000), outside, identification: 9)),
    (2, Wire.datagram(Socket(test: "10.0.0.11", 61_000), outside, hops: 63, identification: 9)))
  let harvest = tape.harvest()
  func count(_ facts: [Fact]) -> UInt64 { facts.reduce(0) { $0 + $1.conversations } }
  let again = harvest.facts.filter { $0.key.direction == .seenAgain }
  #expect(Set(again.map(\.key.transport)) == [.tcp, .udp] && count(again) == 2)
  #expect(harvest.passed[.masqueraded] == 1 && count(harvest.spoofed) == 2)
  #expect(
    count(harvest.facts) - count(again) + count(harvest.spoofed)
      == harvest.connections + harvest.associations + harvest.exchanges)
}

@Test("The link type changes nothing but the names of the interfaces")
func linkTypes() {
  let tape = mixed(seed: 3)
  let expected = tape.harvest(link: .raw)
  for link in [LinkType.ethernet, .cooked, .null, .loop] {
    let isSame = tape.harvest(link: link) == expected
    #expect(isSame, "\(link)")
  }
  #expect(tape.harvest(link: .cooked2).lines == expected.lines)
}

@Test("Every beginning of a frame and a thousand seeded mutants are decoded or counted")
func hostileFrames() {
  let tape = mixed(seed: 9)
  let frames = tape.packets.joined().prefix(400).map { Wire.frame($0.packet, link: .cooked2, interface: 2) }
  var recording = Recording(recorder: "test")
  func note(_ frame: [UInt8], _ link: LinkType, wireLength: Int, into recording: inout Recording) {
    Wire.lend(frame) { bytes in
      recording.note(bytes, link: link, at: Instant(seconds: 1_800_000_000), wireLength: wireLength)
    }
  }
  var hostile: [(frame: [UInt8], link: LinkType, wireLength: Int)] = []
  for frame in frames.prefix(60) {
    for length in 0...frame.count { hostile.append((Array(frame.prefix(length)), .cooked2, frame.count)) }
  }
  var random = SeededRandom(seed: 0xBAD)
  let links: [LinkType] = [.ethernet, .cooked, .cooked2, .raw, .null, .loop]
  for _ in 0..<1_000 {
    guard var frame = frames.randomElement(using: &random) else { continue }
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      frame[Int.random(in: 0..<frame.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
    }
    if Bool.random(using: &random) { frame.removeLast(Int.random(in: 0...frame.count, using: &random)) }
    for link in links { hostile.append((frame, link, Int.random(in: 0...70_000, using: &random))) }
  }
  for (frame, link, wireLength) in hostile { note(frame, link, wireLength: wireLength, into: &recording) }
  let harvest = recording.finish()
  #expect(harvest.frames == UInt64(hostile.count))
  // One after the other, each has to show somewhere.
  for (index, (frame, link, wireLength)) in hostile.enumerated() {
    var alone = Recording(recorder: "test")
    note(frame, link, wireLength: wireLength, into: &alone)
    let harvest = alone.finish()
    let conversations = harvest.connections + harvest.associations + harvest.exchanges
    let isSeen = conversations > 0 || !harvest.dns.isEmpty || !harvest.passed.isEmpty
    #expect(isSeen, "frame \(index), \(link): \(frame)")
  }
}

@Test("Time that jumps to its ends and back loses no conversation, and what no clock shows is counted")
func hostileClock() {
  var recording = Recording(recorder: "test")
  let credible = Instant.credible
  let moments: [Int64] = [
    0, .max, credible.lowerBound.nanoseconds, .min, credible.upperBound.nanoseconds - 1, 5_000_000_000,
    credible.lowerBound.nanoseconds + 1, -1, 1_800_000_000_000_000_000,
  ]
  for (index, moment) in moments.enumerated() {
    let port = UInt16(index + 1)
    let syn = Wire.ip(Address(test: "10.0.0.1"), Address(test: "10.0.0.2"), Wire.tcp(port, 80))
    Wire.lend(syn) { bytes in
      recording.note(bytes, link: .raw, at: Instant(nanoseconds: moment), wireLength: syn.count)
    }
  }
  let harvest = recording.finish()
  #expect(harvest.facts.reduce(0) { $0 + $1.conversations } == 4)
  #expect(harvest.passed == [.impossibleTime: UInt64(moments.count) - 4])
}

extension SeededRandom {
  fileprivate mutating func next(upperBound: UInt32) -> UInt32 {
    UInt32.random(in: 0..<upperBound, using: &self)
  }
}
