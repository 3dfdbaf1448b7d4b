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

@Test("A minute of silence ends an exchange")
func silence() {
  var tape = Tape()
  tape.send((2, datagram(client, statsd)))
  tape.wait(milliseconds: 59_000)
  tape.send((2, datagram(client, statsd)))
  #expect(tape.harvest().exchanges == 1)
  tape.wait(milliseconds: 61_000)
  tape.send((2, datagram(client, statsd)))
  #expect(tape.harvest().exchanges == 2)
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
  #expect(harvest.lines == ["10.244.1.10 > 203.0.113.53:53 UDP replied first-sender x1"])
  #expect(harvest.exchanges == 1)
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
  for port in UInt16(1)...300 {
    let client = Socket(client.address, port)
    tape.send((2, datagram(client, statsd)))
    tape.send((2, datagram(statsd, client)))
    tape.wait(milliseconds: 1_000)
  }
  // A minute's worth and that of a round over the table fit; five minutes' do not.
  let harvest = tape.harvest(limit: 100)
  #expect(harvest.passed[.overflow] == nil)
  #expect(harvest.exchanges == 300)
}

@Test("A full table lets go of exchanges that nobody answered")
func roomForExchanges() {
  var tape = Tape()
  tape.send((2, datagram(client, statsd)))
  tape.send((2, datagram(statsd, client)))
  tape.send((2, datagram(Socket(client.address, 1), statsd)))
  tape.wait(milliseconds: 2_500)
  tape.send((2, datagram(Socket(client.address, 2), statsd)))
  let roomy = tape.harvest(limit: 2)
  #expect(roomy.passed[.overflow] == nil)
  #expect(roomy.exchanges == 3)
  tape.send((2, datagram(Socket(client.address, 3), statsd)))
  #expect(tape.harvest(limit: 2).passed[.overflow] == 1)
}
