import Testing

@testable import Traffic

// Which end of an exchange asked, and when that is not known.

private let client = Socket(test: "10.244.1.10", 40_000)
private let statsd = Socket(test: "10.244.1.20", 8_125)
private let resolver = Socket(test: "10.96.0.10", 53)

private func datagram(_ source: Socket, _ destination: Socket, payload: [UInt8] = [1, 2]) -> [UInt8] {
  Wire.ip(
    source.address, destination.address, inside: 17,
    Wire.udp(source.port, destination.port, payload: payload))
}

private struct Beginning: CustomTestStringConvertible {
  let from: UInt16
  let to: UInt16
  let direction: Direction
  var later = Direction.firstSender
  var testDescription: String { "\(from) to \(to)" }
}

@Test(
  "The first sender counts as the client only where the ports agree, and later where they do not deny it",
  arguments: [
    Beginning(from: 40_000, to: 8_125, direction: .firstSender),
    Beginning(from: 32_768, to: 32_767, direction: .firstSender),
    Beginning(from: 8_125, to: 40_000, direction: .unknown, later: .unknown),
    Beginning(from: 32_767, to: 32_768, direction: .unknown, later: .unknown),
    Beginning(from: 32_768, to: 33_434, direction: .unknown),
    Beginning(from: 123, to: 123, direction: .unknown),
    Beginning(from: 1_123, to: 123, direction: .unknown),
    Beginning(from: 51_820, to: 40_000, direction: .unknown),
    Beginning(from: 53, to: 53, direction: .unknown),
    Beginning(from: 1_024, to: 53, direction: .firstSender),
  ])
private func beginnings(row: Beginning) throws {
  let (one, other) = (Socket(client.address, row.from), Socket(statsd.address, row.to))
  var tape = Tape()
  func talk(_ gap: Int64) throws -> Fact.Key {
    tape.wait(milliseconds: gap)
    tape.send((2, datagram(one, other)))
    tape.send((2, datagram(other, one)))
    return try #require(tape.harvest().facts.last { $0.key.server == other.address }?.key)
  }
  func others(seconds: Int) {
    for _ in 0..<seconds / 10 {
      tape.send((2, datagram(Socket(test: "10.244.1.30", 50_000), resolver)))
      tape.wait(milliseconds: 9_999)
    }
  }
  others(seconds: 110)
  let early = try talk(0)
  #expect(early.client == one.address && early.port == row.to && early.direction == row.direction)
  #expect(early.dialled == (row.direction == .unknown ? one : nil))
  // What begins later was not there before, unless it looks like the answer to a lost request.
  var later = tape
  tape.packets = []
  others(seconds: 130)
  let late = try talk(0)
  #expect(late.client == one.address && late.port == row.to && late.direction == row.later)
  #expect(late.dialled == (row.later == .unknown ? one : nil))
  // Nobody knows what a silence hides, whoever recorded.
  later.packets = []
  tape = later
  others(seconds: 130)
  #expect(try talk(121_000).direction == row.direction)
}

private struct FromPort53: CustomTestStringConvertible {
  let to: UInt16
  let payload: [UInt8]
  /// How many bytes of the frame were captured.
  var kept = Int.max
  var line: String
  var testDescription: String { "\(payload.count) bytes to \(to): \(line)" }

  static let query = Query("api.payments.svc.cluster.local", id: 9)
}

@Test(
  "Who sends from port 53 is asked only where it answers",
  arguments: [
    FromPort53(
      to: 8_125, payload: Array("up:1|c up:1|c".utf8),
      line: "10.96.0.10 > 10.244.1.20:8125 UDP replied first-sender x1"),
    FromPort53(
      to: 8_125, payload: [0, 0, 0x80], line: "10.96.0.10 > 10.244.1.20:8125 UDP replied first-sender x1"),
    FromPort53(
      to: 8_125, payload: FromPort53.query.question,
      line: "10.96.0.10 > 10.244.1.20:8125 UDP replied first-sender x1"),
    FromPort53(
      to: 8_125, payload: FromPort53.query.answer([]),
      line: "10.244.1.20 > 10.96.0.10:53 UDP replied first-sender x1"),
    // What was not captured may be anything.
    FromPort53(
      to: 8_125, payload: Array("up:1|c up:1|c".utf8), kept: 36,
      line: "10.244.1.20 > 10.96.0.10:53 UDP replied first-sender x1"),
    FromPort53(
      to: 40_000, payload: Array("up:1|c up:1|c".utf8),
      line: "10.96.0.10 > 10.244.1.20:40000 UDP replied unknown dialled 10.96.0.10:53 x1"),
  ])
private func fromPort53(row: FromPort53) {
  let other = Socket(statsd.address, row.to)
  var recording = Recording(recorder: "test")
  var clock = Instant(seconds: 1_795_165_080)
  func note(_ packet: [UInt8], kept: Int = .max, into recording: inout Recording) {
    Wire.lend(Array(packet.prefix(kept))) { bytes in
      recording.note(bytes, link: .raw, at: clock, wireLength: packet.count)
    }
  }
  // What is seen later than this was not there before.
  for _ in 0..<14 {
    note(datagram(client, statsd), into: &recording)
    clock = clock.advanced(bySeconds: 10)
  }
  note(datagram(resolver, other, payload: row.payload), kept: row.kept, into: &recording)
  note(datagram(other, resolver), into: &recording)
  let lines = recording.finish().lines.filter { $0.contains("10.96.0.10") }
  #expect(lines == [row.line])
}

@Test(
  "What may have been let go by a full table, or found no room, is seen from its middle",
  arguments: [6, 8], [false, true])
func lostToAFullTable(limit: Int, isFullBefore: Bool) {
  let peer = (Socket(client.address, 500), Socket(statsd.address, 600))
  var tape = Tape()
  func fill() {
    for port in UInt16(50_000)..<50_010 { tape.send((2, datagram(Socket(client.address, port), statsd))) }
  }
  // What is seen later than this was not there before.
  for _ in 0..<14 {
    tape.send((2, datagram(client, statsd)))
    tape.wait(milliseconds: 9_999)
  }
  if isFullBefore { fill() }
  tape.send((2, datagram(peer.0, peer.1)))
  tape.wait(milliseconds: 2_500)
  if !isFullBefore { fill() }
  tape.wait(milliseconds: 2_500)
  tape.send((2, datagram(peer.1, peer.0)))
  func directions(limit: Int) -> [Direction] {
    tape.harvest(link: .ethernet, limit: limit).facts.filter { [500, 600].contains($0.key.port) }.map(
      \.key.direction)
  }
  #expect(directions(limit: 20) == [.firstSender])
  #expect(directions(limit: limit).last == .unknown)
  // Two minutes after the last of them nothing of it is left.
  tape.wait(milliseconds: 119_000)
  tape.send((2, datagram(client, statsd)))
  tape.wait(milliseconds: 2_500)
  tape.send((2, datagram(peer.0, peer.1)))
  let inSight = tape.harvest(link: .ethernet, limit: limit).facts.filter {
    $0.key.port == 600 && $0.key.direction == .firstSender
  }
  #expect(inSight.map(\.conversations) == [isFullBefore ? 1 : 2])
}
