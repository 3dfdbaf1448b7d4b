import Testing

@testable import Traffic

private let frontend = Socket(test: "10.244.1.10", 40_000)
private let service = Socket(test: "10.96.0.20", 80)
private let api = Socket(test: "10.244.1.11", 8_080)
private let middle = "10.244.1.10 > 10.244.1.11:8080 TCP established unknown dialled 10.244.1.10:40000 x1"
private let used = "10.244.1.10 > 10.244.1.11:8080 TCP used opening"

/// A SYN in somebody's name, from somewhere.
private func forge(
  _ tape: inout Tape, from source: Socket = frontend, to destination: Socket = api, _ number: UInt32,
  interface: UInt32 = 9, hops: UInt8 = 255
) {
  let syn = Wire.tcp(source.port, destination.port, sequence: number, flags: Line.syn)
  tape.send((interface, Wire.ip(source.address, destination.address, syn, hops: hops)))
}

@Suite("A SYN in the midst of a connection")
struct StaleOpeningTests {
  @Test(
    "A SYN that nobody answers by opening ends and opens nothing, and is counted",
    arguments: [0, 999, 1_101, 1_102, 55_555, 0x8000_0000, .max] as [UInt32])
  func blind(number: UInt32) {
    let line = Line(frontend, api)
    for isForwards in [true, false] {
      var tape = Tape()
      line.open(&tape)
      line.talk(&tape)
      if isForwards { forge(&tape, number) } else { forge(&tape, from: api, to: frontend, number) }
      // The server says what it knows (RFC 5961 §4).
      line.reply(&tape, Line.ack, 301, ack: 101)
      for _ in 0..<3 { line.talk(&tape) }
      line.close(&tape)
      let harvest = tape.harvest()
      #expect(harvest.lines == ["\(used) x1"], "\(number) forwards: \(isForwards)")
      #expect(harvest.passed == [.staleOpening: 1])
    }
  }

  @Test("Nor does it before the first byte, nor in the middle of one whose opening was not seen")
  func blindEarly() {
    let line = Line(frontend, api)
    var early = Tape()
    line.ask(&early, Line.syn)
    line.reply(&early, Line.syn | Line.ack, ack: 1)
    forge(&early, 1_050)
    line.ask(&early, Line.ack, 1, ack: 1)
    line.talk(&early)
    #expect(early.harvest().lines == ["\(used) x1"])

    for isForwards in [true, false] {
      var middle = Tape()
      line.talk(&middle)
      // As near to its numbers as a guess may come.
      if isForwards { forge(&middle, 1_100) } else { forge(&middle, from: api, to: frontend, 900_300) }
      for _ in 0..<3 { line.talk(&middle) }
      let harvest = middle.harvest()
      #expect(
        harvest.lines == [
          "10.244.1.10 > 10.244.1.11:8080 TCP established unknown dialled 10.244.1.10:40000 x1"
        ])
      #expect(harvest.passed == [.staleOpening: 1])
    }
  }

  @Test("It tells nothing of the way that the connection takes", arguments: [Line.syn, Line.syn | Line.ack])
  func hops(flags: UInt8) {
    var tape = Tape()
    let line = Line(frontend, service, translated: [(frontend, api)])
    line.open(&tape)
    line.talk(&tape)
    // As if the backend's leg were the nearer one to the client, or the Service's to the server.
    let isAnswer = flags != Line.syn
    let (source, destination) = isAnswer ? (service, frontend) : (frontend, api)
    let packet = Wire.tcp(
      source.port, destination.port, sequence: 5, acknowledgement: isAnswer ? 6 : 0, flags: flags)
    tape.send((9, Wire.ip(source.address, destination.address, packet, hops: 255)))
    line.close(&tape)
    #expect(tape.harvest().lines == ["\(used) dialled 10.96.0.20:80 x1"])
  }

  @Test("An answer alone opens nothing in the midst of a connection")
  func blindAnswer() {
    var tape = Tape()
    let line = Line(frontend, api)
    line.open(&tape)
    line.talk(&tape)
    line.reply(&tape, Line.syn | Line.ack, 0x2000_0000, ack: 0x3000_0000)
    line.talk(&tape)
    line.close(&tape)
    #expect(tape.harvest().lines == ["\(used) x1"])
  }

  @Test("However many come, every one is counted")
  func flood() {
    var tape = Tape()
    let line = Line(frontend, api)
    line.open(&tape)
    line.talk(&tape)
    for number in UInt32(1)...400 {
      forge(&tape, number &* 0x0101_0101)
      tape.clock -= 900_000
    }
    tape.wait(milliseconds: 5_000)
    forge(&tape, 77)
    line.talk(&tape)
    let harvest = tape.harvest()
    #expect(harvest.lines == ["\(used) x1"])
    #expect(harvest.passed == [.staleOpening: 401])
  }

  @Test(
    "A port that is used again although the end was not seen is another connection, from its SYN on",
    arguments: [0, 1, 2])
  func missedEnd(retransmissions: Int) throws {
    for translated in [[], [(client: frontend, server: api)]] {
      var tape = Tape()
      var line = Line(frontend, translated.isEmpty ? api : service, translated: translated)
      line.open(&tape)
      line.talk(&tape)
      tape.wait(milliseconds: 119_000)
      line.clientNumber = 70_000_000
      line.serverNumber = 80_000_000
      for _ in 0..<retransmissions {
        line.ask(&tape, Line.syn)
        tape.wait(milliseconds: 500)
      }
      line.open(&tape)
      line.talk(&tape)
      line.close(&tape)
      let harvest = tape.harvest()
      #expect(harvest.connections == 2)
      #expect(harvest.passed.isEmpty)
      let fact = try #require(harvest.facts.last)
      #expect(harvest.facts.map(\.key.tier).allSatisfy { $0 == .used })
      #expect(fact.key.server == api.address)
      #expect(fact.activity.last.description == "2026-11-20T08:59:59Z")
      #expect(harvest.facts.allSatisfy { $0.key.interface == 2 })
    }
  }

  @Test("A port that is used again within two seconds after the close is another connection")
  func quickReuse() {
    var tape = Tape()
    for number: UInt32 in [1_000, 70_000, 140_000] {
      var line = Line(frontend, api)
      (line.clientNumber, line.serverNumber) = (number, number &* 99)
      line.open(&tape)
      line.talk(&tape)
      line.close(&tape)
    }
    #expect(tape.harvest().lines == ["\(used) x3"])
    #expect(tape.harvest().passed.isEmpty)
  }

  @Test("A client that crashed and dials again with the same number opens another")
  func crash() {
    var tape = Tape()
    var line = Line(frontend, api)
    line.open(&tape)
    line.talk(&tape)
    line.clientNumber = 55_555
    for isSecond in [false, true] {
      line.ask(&tape, Line.syn)
      if isSecond { break }
      // The answer acknowledges what the client never sent, so it resets (RFC 9293 §3.5.1).
      line.reply(&tape, Line.ack, 301, ack: 1_101 &- 55_555)
      line.ask(&tape, Line.rst, 1_101 &- 55_555)
      tape.wait(milliseconds: 1_000)
    }
    line.serverNumber = 66_666
    line.reply(&tape, Line.syn | Line.ack, ack: 1)
    line.ask(&tape, Line.ack, 1, ack: 1)
    line.talk(&tape)
    let harvest = tape.harvest()
    #expect(harvest.lines == ["\(used) x2"])
    #expect(harvest.passed.isEmpty)
  }

  @Test(
    "A SYN that nobody answered hides no connection that was open before it, and does not say who asked there",
    arguments: [100, 1_000, 20_000, 100_000])
  func first(milliseconds: Int64) {
    for isForwards in [true, false] {
      for repliesFirst in [true, false] {
        var tape = Tape()
        let line = Line(frontend, api)
        if isForwards {
          forge(&tape, 0x7777_7777)
        } else {
          forge(&tape, from: api, to: frontend, 0x7777_7777)
        }
        tape.wait(milliseconds: milliseconds)
        // One packet of each side is all that is needed.
        if repliesFirst { line.reply(&tape, Line.ack, 1, ack: 1, bytes: 5) }
        line.ask(&tape, Line.ack, 1, ack: 6, bytes: 100)
        if !repliesFirst { line.reply(&tape, Line.ack, 6, ack: 101) }
        let harvest = tape.harvest()
        let attempt =
          isForwards
          ? "10.244.1.10 > 10.244.1.11:8080 TCP attempted opening x1"
          : "10.244.1.11 > 10.244.1.10:40000 TCP attempted opening x1"
        #expect(Set(harvest.lines) == [middle, attempt], "forwards: \(isForwards), \(repliesFirst)")
        #expect(harvest.connections == 2)
        #expect(harvest.passed.isEmpty)
      }
    }
  }

  @Test("Nor does it between the first packets of such a connection, nor through a Service")
  func firstThroughService() {
    for isBackend in [true, false] {
      var tape = Tape()
      let line = Line(frontend, service, translated: [(frontend, api)])
      forge(&tape, to: isBackend ? api : service, 0x7777_7777)
      for _ in 0..<20 { line.talk(&tape) }
      let lines = Set(tape.harvest().lines)
      let door = isBackend ? "10.244.1.11:8080" : "10.96.0.20:80"
      #expect(lines == [middle, "10.244.1.10 > \(door) TCP attempted opening x1"])
    }

    var between = Tape()
    let line = Line(frontend, api)
    line.ask(&between, Line.ack, 1, ack: 1, bytes: 100)
    forge(&between, 0x7777_7777)
    for _ in 0..<3 { line.talk(&between) }
    #expect(between.harvest().lines.contains(middle))
  }

  @Test("A SYN in another's name before the true answer costs who asked, and not the connection")
  func beforeTheAnswer() {
    var tape = Tape()
    let line = Line(frontend, api)
    line.ask(&tape, Line.syn)
    forge(&tape, 0x7777_7777)
    line.reply(&tape, Line.syn | Line.ack, ack: 1)
    line.ask(&tape, Line.ack, 1, ack: 1)
    for _ in 0..<3 { line.talk(&tape) }
    let harvest = tape.harvest()
    #expect(Set(harvest.lines) == [middle, "10.244.1.10 > 10.244.1.11:8080 TCP attempted opening x1"])
    // Two interfaces showed an attempt each.
    #expect(harvest.connections == 3)
  }

  @Test("What goes on far from a lost answer, or after a refusal, is established", arguments: [true, false])
  func farFromOpening(isRefused: Bool) {
    for translated in [[], [(client: frontend, server: api)]] {
      var tape = Tape()
      var line = Line(frontend, translated.isEmpty ? api : service, translated: translated)
      line.ask(&tape, Line.syn)
      if isRefused { line.reply(&tape, Line.rst | Line.ack, ack: 1) }
      tape.wait(milliseconds: 20_000)
      line.clientNumber &+= 20 << 20
      line.serverNumber = 0x9999_9999
      for _ in 0..<3 { line.talk(&tape) }
      let failed = isRefused ? "refused" : "attempted"
      let dialled = translated.isEmpty ? "" : " dialled 10.96.0.20:80"
      let harvest = tape.harvest()
      #expect(
        Set(harvest.lines) == [middle, "10.244.1.10 > 10.244.1.11:8080 TCP \(failed) opening\(dialled) x1"])
      #expect(harvest.connections == 2)
    }
  }

  @Test("Sides that do not agree make nothing of an attempt, however far they are from it")
  func farAndAlone() {
    var tape = Tape()
    let line = Line(frontend, api)
    line.ask(&tape, Line.syn)
    for offset: UInt32 in [0x3000_0000, 0x5000_0000] {
      line.ask(&tape, Line.ack, offset, ack: 1, bytes: 10)
      line.reply(&tape, Line.ack, 1, ack: 0x7000_0000, bytes: 10)
      line.reply(&tape, Line.rst, 1)
    }
    #expect(tape.harvest().lines == ["10.244.1.10 > 10.244.1.11:8080 TCP attempted opening x1"])
  }
}
