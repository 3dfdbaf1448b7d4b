import TestSupport
import Testing

@testable import Traffic

private let client = Socket(test: "10.244.1.10", 40_000)
private let statsd = Socket(test: "10.244.1.20", 8_125)
private let resolver = Socket(test: "10.96.0.10", 53)

private func datagram(
  _ source: Socket, _ destination: Socket, hops: UInt8 = 64, identification: Int = 0,
  payload: [UInt8] = [1, 2]
) -> [UInt8] {
  var packet = Wire.ip(
    source.address, destination.address, inside: 17,
    Wire.udp(source.port, destination.port, payload: payload), hops: hops)
  packet.replaceSubrange(4..<6, with: Wire.number16(identification))
  return packet
}

@Test("Who sends first asks, and repetitions and second sightings count nothing")
func firstSender() {
  var tape = Tape()
  for _ in 0..<3 { tape.send((2, datagram(client, statsd)), (3, datagram(client, statsd))) }
  #expect(tape.harvest().lines == ["10.244.1.10 > 10.244.1.20:8125 UDP one-way first-sender x1"])
  tape.send((3, datagram(statsd, client)), (2, datagram(statsd, client)))
  let harvest = tape.harvest()
  #expect(harvest.lines == ["10.244.1.10 > 10.244.1.20:8125 UDP replied first-sender x1"])
  #expect(harvest.exchanges == 1)
  #expect(harvest.facts.first?.key.interface == 2)
}

@Test("The end with port 53 answers, whoever is seen first")
func resolverSeenFirst() {
  var tape = Tape()
  tape.send((2, datagram(resolver, client)))
  #expect(tape.harvest().facts.isEmpty)
  #expect(tape.harvest().passed[.oneSided] == 1)
  tape.send((2, datagram(client, resolver)))
  #expect(tape.harvest().lines == ["10.244.1.10 > 10.96.0.10:53 UDP replied first-sender x1"])
}

@Test("A minute of silence ends an exchange that nobody answered, and two minutes one that somebody did")
func silence() {
  for (isAnswered, patience) in [(false, Int64(60)), (true, 120)] {
    var tape = Tape()
    func talk() {
      tape.send((2, datagram(client, statsd)))
      if isAnswered { tape.send((2, datagram(statsd, client))) }
    }
    talk()
    tape.wait(milliseconds: patience * 1_000 - 500)
    talk()
    #expect(tape.harvest().exchanges == 1)
    tape.wait(milliseconds: patience * 1_000 + 500)
    talk()
    #expect(tape.harvest().exchanges == 2)
  }
}

@Test("Each minute of sending from one socket to somebody who never answers counts once, in its own hour")
func longLivedOneWay() throws {
  var tape = Tape()
  // From 08:58 to 09:08, a datagram every seven seconds.
  for _ in 0..<86 {
    tape.send((2, datagram(client, statsd)), (3, datagram(client, statsd)))
    tape.wait(milliseconds: 6_999)
  }
  let harvest = tape.harvest()
  #expect(
    harvest.lines == [
      "10.244.1.10 > 10.244.1.20:8125 UDP one-way first-sender x2",
      "10.244.1.10 > 10.244.1.20:8125 UDP one-way first-sender x8",
    ])
  #expect(harvest.facts.map(\.activity.minutes) == [0b11 << 58, 0b1111_1111])
  #expect(harvest.exchanges == 10)
}

@Test("An answered exchange is one however long it goes on, and what came late answers the minute it came in")
func longLivedAnswered() {
  var tape = Tape()
  for _ in 0..<36 {
    tape.send((2, datagram(client, statsd)))
    tape.send((2, datagram(statsd, client)))
    tape.wait(milliseconds: 100_000)
  }
  #expect(tape.harvest().lines == ["10.244.1.10 > 10.244.1.20:8125 UDP replied first-sender x1"])

  var late = Tape()
  for _ in 0..<9 {
    late.send((2, datagram(client, statsd)))
    late.wait(milliseconds: 19_999)
  }
  late.send((2, datagram(statsd, client)))
  #expect(
    late.harvest().lines == [
      "10.244.1.10 > 10.244.1.20:8125 UDP one-way first-sender x2",
      "10.244.1.10 > 10.244.1.20:8125 UDP replied first-sender x1",
    ])
}

@Test("A refusal counts for its minute alone")
func refusedMinute() {
  var tape = Tape()
  tape.wait(milliseconds: 120_000)
  for round in 0..<12 {
    tape.send((2, datagram(client, statsd)))
    if round == 4 {
      tape.send(
        (2, Wire.unreachable(from: statsd.address, quoting: datagram(client, statsd), to: client.address)))
    }
    tape.wait(milliseconds: 20_000)
  }
  #expect(
    tape.harvest().lines == [
      "10.244.1.10 > 10.244.1.20:8125 UDP one-way first-sender x3",
      "10.244.1.10 > 10.244.1.20:8125 UDP refused first-sender x1",
    ])
}

@Test("A closed port refuses, unless it was the client's own")
func refusedDatagrams() {
  var tape = Tape()
  tape.send((2, datagram(client, statsd)))
  var late = tape
  tape.send(
    (2, Wire.unreachable(from: statsd.address, quoting: datagram(client, statsd), to: client.address)))
  #expect(tape.harvest().lines == ["10.244.1.10 > 10.244.1.20:8125 UDP refused first-sender x1"])
  // The reply came when the client had gone.
  late.send((2, datagram(statsd, client)))
  late.send(
    (2, Wire.unreachable(from: client.address, quoting: datagram(statsd, client), to: statsd.address)))
  #expect(late.harvest().lines == ["10.244.1.10 > 10.244.1.20:8125 UDP replied first-sender x1"])
}

@Test("A masqueraded exchange belongs to the pod, whichever side is seen first", arguments: [false, true])
func masqueradedDatagrams(isReversed: Bool) {
  let outside = Socket(test: "203.0.113.53", 53)
  let node = Socket(test: "10.0.0.11", 61_000)
  var tape = Tape()
  tape.send((2, datagram(client, outside)), (3, datagram(node, outside, hops: 63)))
  tape.send((3, datagram(outside, node)), (2, datagram(outside, client, hops: 63)))
  if isReversed { tape.packets = tape.packets.map { $0.reversed() } }
  let harvest = tape.harvest()
  #expect(
    harvest.lines == [
      "10.0.0.11 > 203.0.113.53:53 UDP replied seen-again x1",
      "10.244.1.10 > 203.0.113.53:53 UDP replied first-sender x1",
    ])
  #expect(harvest.exchanges == 1)
}

@Test(
  "What is seen behind a masquerade only is the pod's: its reply, its refusal, its first moment",
  arguments: [false, true])
func handedOver(isReversed: Bool) throws {
  let outside = Socket(test: "203.0.113.9", 123)
  let node = Socket(test: "10.0.0.11", 61_000)
  var tape = Tape()
  tape.wait(milliseconds: 120_000)
  func ask(_ identification: Int) {
    let own = datagram(client, outside, identification: identification)
    let behind = datagram(node, outside, hops: 63, identification: identification)
    if isReversed { tape.send((3, behind), (2, own)) } else { tape.send((2, own), (3, behind)) }
  }
  ask(1)
  var refused = tape
  tape.send((3, datagram(outside, node)))
  let answered = tape.harvest()
  #expect(answered.ownLines == ["10.244.1.10 > 203.0.113.9:123 UDP replied first-sender x1"])
  #expect(answered.exchanges == 1 && answered.passed == [.masqueraded: 1])
  #expect(answered.own.first?.activity.first.nanoseconds == tape.packets[0].map(\.nanoseconds).min())
  // The pod's own side hears nothing, and yet it lasts as long as the other.
  tape.wait(milliseconds: 100_000)
  ask(2)
  tape.wait(milliseconds: 100_000)
  tape.send((3, datagram(outside, node)))
  #expect(tape.harvest().ownLines == answered.ownLines)
  #expect(tape.harvest().passed == [.masqueraded: 1])

  refused.send(
    (3, Wire.unreachable(from: outside.address, quoting: datagram(node, outside), to: node.address)))
  #expect(refused.harvest().ownLines == ["10.244.1.10 > 203.0.113.9:123 UDP refused first-sender x1"])
  for identification in 2...5 {
    refused.wait(milliseconds: 30_000)
    let frames = (
      datagram(client, outside, identification: identification),
      datagram(node, outside, hops: 63, identification: identification)
    )
    refused.send((2, frames.0), (3, frames.1))
  }
  // Later minutes are not refused, and what ended on one side is tied anew on both.
  #expect(
    refused.harvest().ownLines == [
      "10.244.1.10 > 203.0.113.9:123 UDP one-way first-sender x2",
      "10.244.1.10 > 203.0.113.9:123 UDP refused first-sender x1",
    ])
  refused.wait(milliseconds: 90_000)
  refused.send(
    (2, datagram(client, outside, identification: 9)),
    (3, datagram(node, outside, hops: 63, identification: 9)))
  #expect(refused.harvest().ownLines.first == "10.244.1.10 > 203.0.113.9:123 UDP one-way first-sender x3")
  #expect(refused.harvest().passed == [.masqueraded: 2])
}

/// Pods that talk to servers outside through a masquerade; replies and refusals are seen on either side or on both.
///
/// `plain` is the same as the pods themselves saw it.
private func masquerading(seed: UInt64) -> (seen: Tape, plain: Tape) {
  var random = SeededRandom(seed: seed)
  var seen = Tape()
  var plain = Tape()
  func send(own: [UInt8], behind: [UInt8], sides: Int) {
    switch sides {
    case 1: seen.send((2, own))
    case 2: seen.send((3, behind))
    default: seen.send((2, own), (3, behind))
    }
    plain.send((2, own))
  }
  for identification in 1...150 {
    let pod = Int.random(in: 0..<3, using: &random)
    let server = Socket(test: "203.0.113.9", Bool.random(using: &random) ? 514 : 123)
    let own = Socket(Address(v4: 0x0AF4_0110 + UInt32(pod)), 40_000)
    let node = Socket(test: "10.0.0.11", UInt16(50_000 + pod))
    let asked = datagram(own, server, identification: identification)
    let behind = datagram(node, server, hops: 63, identification: identification)
    send(own: asked, behind: behind, sides: 3)
    let sides = Int.random(in: 1...3, using: &random)
    switch Int.random(in: 0..<12, using: &random) {
    case 0..<2 where server.port == 123:
      send(own: datagram(server, own, hops: 63), behind: datagram(server, node), sides: sides)
    case 2:
      send(
        own: Wire.unreachable(from: server.address, quoting: asked, to: own.address),
        behind: Wire.unreachable(from: server.address, quoting: behind, to: node.address), sides: sides)
    default: break
    }
    let pause = Int64.random(in: 0..<70_000, using: &random)
    seen.wait(milliseconds: pause)
    plain.wait(milliseconds: pause)
  }
  return (seen, plain)
}

@Test(
  "A masquerade changes no fact, whichever side shows what, and in whatever order", arguments: UInt64(1)...20)
func masqueradeLaw(seed: UInt64) {
  let (tape, plain) = masquerading(seed: seed)
  let expected = plain.harvest()
  #expect(Set(expected.facts.map(\.key.tier)) == [.oneWay, .refused, .replied], "seed \(seed)")
  #expect(tape.harvest().own.map(\.key) == expected.facts.map(\.key), "seed \(seed)")
  #expect(tape.harvest().ownLines == expected.ownLines, "seed \(seed)")
  var random = SeededRandom(seed: seed)
  var shuffled = tape
  shuffled.packets = tape.packets.map { $0.shuffled(using: &random) }
  #expect(shuffled.harvest().ownLines == expected.ownLines, "seed \(seed)")
  var doubled = tape
  doubled.packets = tape.packets.map { $0 + $0 }
  #expect(doubled.harvest().ownLines == expected.ownLines, "seed \(seed)")
  for (seed, waiting) in [(seed, 1), (~seed, 64)] {
    #expect(tape.harvest(seed: seed, waiting: waiting) == tape.harvest(), "seed \(seed)")
  }
}

@Test("An exchange fills one line of memory")
func lineOfMemory() {
  #expect(MemoryLayout<Exchange>.stride == 64)
}

@Test("Clients that say the same to one server stay apart")
func sameDatagrams() {
  let other = Socket(test: "10.244.2.10", 40_000)
  var tape = Tape()
  // Nothing but the hops tells them apart, and without an identification that is not enough.
  tape.send((2, datagram(client, statsd)), (3, datagram(other, statsd, hops: 63)))
  #expect(tape.harvest().exchanges == 2)

  var numbered = Tape()
  numbered.send(
    (2, datagram(client, statsd, identification: 5)),
    (3, datagram(other, statsd, hops: 63, identification: 6)))
  #expect(numbered.harvest().exchanges == 2)

  var near = Tape()
  near.send(
    (2, datagram(client, statsd, identification: 5)), (3, datagram(other, statsd, identification: 5)))
  #expect(near.harvest().exchanges == 2)
}

@Test("Exchanges that are over leave without any other datagram of theirs, so tables stay small")
func sweeping() {
  var tape = Tape()
  for port in UInt16(40_001)...40_300 {
    let client = Socket(client.address, port)
    tape.send((2, datagram(client, statsd)))
    tape.send((2, datagram(statsd, client)))
    tape.wait(milliseconds: 2_000)
  }
  // Two minutes' worth and that of a round over the table fit; ten minutes' do not.
  let harvest = tape.harvest(limit: 100)
  #expect(harvest.passed[.overflow] == nil)
  #expect(harvest.exchanges == 300)
}

@Test("A full table lets go of exchanges that nobody answered")
func roomForExchanges() {
  var tape = Tape()
  tape.send((2, datagram(client, statsd)))
  tape.send((2, datagram(statsd, client)))
  tape.send((2, datagram(Socket(client.address, 50_001), statsd)))
  tape.wait(milliseconds: 2_500)
  tape.send((2, datagram(Socket(client.address, 50_002), statsd)))
  let roomy = tape.harvest(limit: 2)
  #expect(roomy.passed[.overflow] == nil)
  #expect(roomy.exchanges == 3)
  tape.send((2, datagram(Socket(client.address, 50_003), statsd)))
  #expect(tape.harvest(limit: 2).passed[.overflow] == 1)
}
