import TestSupport
import Testing

@testable import Traffic

private let client = Socket(test: "10.244.1.11", 50_001)
private let resolver = Socket(test: "10.96.0.10", 53)
private let api = Query("api.paygate.example")
private let addresses = ["203.0.113.21", "203.0.113.22", "203.0.113.23"]

private func framed(_ message: [UInt8]) -> [UInt8] { Wire.number16(message.count) + message }

private let question = framed(api.question)
private let answer = framed(api.answer(addresses.map { Query.address($0) }))

extension Harvest {
  fileprivate var learned: [String] { dns.map { "\($0.key.name) \($0.key.address)" } }
}

private func expected(_ addresses: [String]) -> [String] { addresses.map { "api.paygate.example \($0)" } }

/// What one end sends, as segments of one connection.
private struct Speaker {
  var source = resolver
  var destination = client
  var sequence: UInt32 = 900_001

  func packet(
    _ bytes: [UInt8], at offset: Int = 0, flags: UInt8 = Line.ack, captured: Int = .max
  ) -> [UInt8] {
    let segment = Wire.tcp(
      source.port, destination.port, sequence: sequence &+ UInt32(offset), acknowledgement: 77, flags: flags,
      payload: bytes)
    return Array(Wire.ip(source.address, destination.address, segment).prefix(captured))
  }

  /// Sends a part of a stream, seen by interfaces.
  func send(_ tape: inout Tape, _ stream: [UInt8], _ part: Range<Int>, flags: UInt8 = Line.ack) {
    tape.send((2, packet(Array(stream[part]), at: part.lowerBound, flags: flags)))
  }
}

/// A tape on which the question was asked.
private func asked(_ queries: [[UInt8]] = [question]) -> Tape {
  var tape = Tape()
  let asker = Speaker(source: client, destination: resolver, sequence: 4_000)
  var offset = 0
  for query in queries {
    tape.send((2, asker.packet(query, at: offset)))
    offset += query.count
  }
  return tape
}

@Suite("DNS messages over TCP, however they are cut into segments")
struct DNSStreamTests {
  @Test("an answer in two segments, cut at every place")
  func everyCut() {
    for cut in 1..<answer.count {
      var tape = asked()
      Speaker().send(&tape, answer, 0..<cut)
      Speaker().send(&tape, answer, cut..<answer.count)
      let harvest = tape.harvest()
      #expect(harvest.learned == expected(addresses), "cut at \(cut)")
      #expect(harvest.passed[.dnsMalformed] == nil, "cut at \(cut)")
    }
  }

  @Test("segments of any length, each seen once more or sent again later", arguments: UInt64(1)...100)
  func segments(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let queries = (0..<4).map { Query("api.paygate.example", id: $0) }
    var tape = asked(queries.map { framed($0.question) })
    let stream = queries.flatMap { framed($0.answer(addresses.map { Query.address($0) })) }
    // The numbers wrap around within the stream.
    let speaker = Speaker(sequence: .max - UInt32(stream.count / 2))
    var offset = 0
    while offset < stream.count {
      let end = min(stream.count, offset + Int.random(in: 1...90, using: &random))
      // A repetition may begin before what was sent last and go beyond it.
      let start =
        Bool.random(using: &random) ? offset : max(0, offset - Int.random(in: 0...200, using: &random))
      speaker.send(&tape, stream, start..<end)
      if Bool.random(using: &random) { speaker.send(&tape, stream, start..<end) }
      if Bool.random(using: &random) { speaker.send(&tape, stream, end..<end) }
      offset = end
    }
    let harvest = tape.harvest()
    #expect(harvest.learned == expected(addresses))
    #expect(harvest.passed == [:])
  }

  @Test("the longest message there is, byte by byte, is joined")
  func longest() {
    let message = api.answer(addresses.map { Query.address($0) })
    let long = framed(message + [UInt8](repeating: 0, count: 65_535 - message.count))
    var streams = DNSStreams()
    var joined: [[UInt8]] = []
    let sighting = Wire.lend(Speaker().packet([])) { frame in
      var packet = Packet(at: Instant(nanoseconds: Tape().clock), interface: 2)
      try? packet.read(frame, link: .raw, wireLength: frame.byteCount)
      return Sighting(packet, frame, seed: HashSeed(1))
    }
    for (offset, byte) in long.enumerated() {
      var segment = Segment(sequence: UInt32(offset), flags: Line.ack, length: 1)
      segment.payload = 0
      Wire.lend([byte]) { frame in
        for case .joined(let bytes, true) in streams.messages(sighting, segment, frame) {
          joined.append(bytes)
        }
      }
    }
    #expect(joined.count == 1 && joined.first == Array(long.dropFirst(2)))
    #expect(streams.abandoned == 0)
  }

  @Test("where a segment is lost, what came before counts, and the next message is found")
  func hole() {
    let second = Query("db.example", id: 8)
    for cut in 45..<answer.count - 20 {
      var tape = asked([question, framed(second.question)])
      let stream = answer + framed(second.answer([Query.address("198.51.100.7")]))
      Speaker().send(&tape, stream, 0..<cut)
      Speaker().send(&tape, stream, cut + 10..<stream.count - 3)
      Speaker().send(&tape, stream, stream.count - 3..<stream.count)
      let harvest = tape.harvest()
      // 39 bytes of header and question, 16 for each record, behind a length of two.
      let complete = max(0, (cut - 39) / 16)
      #expect(
        harvest.learned == expected(Array(addresses.prefix(complete))) + ["db.example 198.51.100.7"], "\(cut)"
      )
      #expect(harvest.passed == [.dnsCut: 1])
    }
  }

  @Test("what the snap length takes is lost, and the next message is found")
  func snapLength() {
    let second = Query("db.example", id: 8)
    var tape = asked([question, framed(second.question)])
    tape.send((2, Speaker().packet(answer, captured: 40 + 60)))
    tape.send((2, Speaker().packet(framed(second.answer([Query.address("198.51.100.7")])), at: answer.count)))
    let harvest = tape.harvest()
    #expect(harvest.learned == expected(["203.0.113.21"]) + ["db.example 198.51.100.7"])
    #expect(harvest.passed == [.dnsCut: 1])
  }

  @Test("what ends within a message is given as far as it came", arguments: [Line.fin | Line.ack, Line.rst])
  func endWithin(flags: UInt8) {
    var tape = asked()
    Speaker().send(&tape, answer, 0..<75)
    Speaker().send(&tape, answer, 75..<75, flags: flags)
    let harvest = tape.harvest()
    #expect(harvest.learned == expected(Array(addresses.prefix(2))))
    #expect(harvest.passed == [.dnsCut: 1])
  }

  @Test("a message that never ends is counted")
  func endless() {
    var tape = asked()
    Speaker().send(&tape, answer, 0..<60)
    #expect(tape.harvest().passed == [.dnsMalformed: 1])
    #expect(tape.harvest().learned == [])
  }

  @Test("another connection of the same ends begins anew")
  func anew() {
    var tape = asked()
    Speaker().send(&tape, answer, 0..<60)
    let next = Speaker(sequence: 900_300)
    tape.send((2, next.packet([], flags: Line.syn | Line.ack)))
    next.send(&tape, answer, 0..<answer.count)
    let harvest = tape.harvest()
    #expect(harvest.learned == expected(addresses))
    #expect(harvest.passed[.dnsMalformed] == 1)
  }

  @Test("of more streams than there is room for the oldest are given up, and counted")
  func manyStreams() {
    var tape = Tape()
    let ends = (0..<70).map { Socket(test: "10.244.1.11", 50_000 + UInt16($0)) }
    for end in ends {
      let asker = Speaker(source: end, destination: resolver)
      tape.send((2, asker.packet(question)))
      Speaker(destination: end).send(&tape, answer, 0..<60)
    }
    for end in ends.reversed() { Speaker(destination: end).send(&tape, answer, 60..<answer.count) }
    let harvest = tape.harvest()
    #expect(harvest.learned == expected(addresses))
    // The beginnings of six were forgotten, and their ends are no messages.
    #expect(harvest.passed[.dnsMalformed] == 6)
    #expect(harvest.passed[.dnsCut] == 6)
  }

  @Test("no bytes at that port trap or take room beyond the bound", arguments: UInt64(1)...40)
  func hostile(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var tape = asked()
    var speaker = Speaker()
    for _ in 0..<400 {
      let length = Int.random(in: 0...60, using: &random)
      var bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
      if Bool.random(using: &random) { bytes = Array(answer.prefix(length)) }
      let flags: UInt8 =
        [Line.ack, Line.ack, Line.ack, Line.fin, Line.rst, Line.syn].randomElement(using: &random) ?? 0
      speaker.destination = Socket(client.address, UInt16.random(in: 50_000..<50_100, using: &random))
      let captured = Bool.random(using: &random) ? Int.max : Int.random(in: 30...100, using: &random)
      tape.send(
        (
          2,
          speaker.packet(bytes, at: Int.random(in: 0...300, using: &random), flags: flags, captured: captured)
        ))
    }
    let harvest = tape.harvest()
    #expect(harvest.frames == 401)
    #expect(harvest.learned.count <= 3)
  }
}
