import Testing

@testable import Traffic

private let client = Socket(test: "10.244.1.10", 40_000)
private let statsd = Socket(test: "10.244.1.20", 8_125)
private let resolver = Socket(test: "10.96.0.10", 53)

private func datagram(_ source: Socket, _ destination: Socket) -> [UInt8] {
  Wire.ip(
    source.address, destination.address, inside: 17, Wire.udp(source.port, destination.port, payload: [1, 2]))
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
