import Testing

@testable import Traffic

private let client = Socket(test: "10.244.1.10", 40_000)
private let server = Socket(test: "10.244.1.11", 8_080)

struct Script: CustomTestStringConvertible {
  let testDescription: String
  let expected: String?
  var direction = "opening"
  let speak: @Sendable (Line, inout Tape) -> Void

  init(
    _ description: String, _ expected: String?, direction: String = "opening",
    speak: @escaping @Sendable (Line, inout Tape) -> Void
  ) {
    testDescription = description
    self.expected = expected
    self.direction = direction
    self.speak = speak
  }
}

private let syn = Line.syn
private let ack = Line.ack
private let rst = Line.rst
private let fin = Line.fin

@Test(
  "A tier is as high as the sequence numbers prove",
  arguments: [
    Script("one SYN", "attempted") { line, tape in line.ask(&tape, syn) },
    Script("a SYN and its repetitions", "attempted") { line, tape in
      for _ in 0..<4 {
        line.ask(&tape, syn)
        tape.wait(milliseconds: 3_000)
      }
    },
    Script("a reset of the SYN", "refused") { line, tape in
      line.ask(&tape, syn)
      line.reply(&tape, rst | ack, ack: 1)
    },
    Script("a reset with a foreign number", "attempted") { line, tape in
      line.ask(&tape, syn)
      line.reply(&tape, rst | ack, ack: 77)
    },
    Script("a reset by the client itself", "attempted") { line, tape in
      line.ask(&tape, syn)
      line.ask(&tape, rst, 1)
    },
    Script("a SYN-ACK without an end", "answered") { line, tape in
      line.ask(&tape, syn)
      line.reply(&tape, syn | ack, ack: 1)
    },
    Script("a SYN-ACK that the client resets: a half-open scan", "answered") { line, tape in
      line.ask(&tape, syn)
      line.reply(&tape, syn | ack, ack: 1)
      line.ask(&tape, rst, 1)
    },
    Script("a SYN-ACK for another number", "attempted") { line, tape in
      line.ask(&tape, syn)
      line.reply(&tape, syn | ack, ack: 5)
    },
    Script("a third packet with an older number", "answered") { line, tape in
      line.ask(&tape, syn)
      line.reply(&tape, syn | ack, ack: 1)
      line.ask(&tape, ack, 1, ack: 0)
    },
    Script("a third packet that acknowledges what nobody can have sent", "answered") { line, tape in
      line.ask(&tape, syn)
      line.reply(&tape, syn | ack, ack: 1)
      line.ask(&tape, ack, 1, ack: 0x3000_0000, bytes: 1)
      line.reply(&tape, rst, 0x3000_0000)
    },
    Script("a third packet from far ahead", "answered") { line, tape in
      line.ask(&tape, syn)
      line.reply(&tape, syn | ack, ack: 1)
      line.ask(&tape, ack, 0x3000_0000, ack: 1, bytes: 1)
    },
    Script("three packets", "established") { line, tape in line.open(&tape) },
    Script("only its ends, with a gigabyte between them", "used") { line, tape in
      line.ask(&tape, syn)
      line.reply(&tape, syn | ack, ack: 1)
      line.ask(&tape, fin | ack, 101, ack: 0x4000_0000)
      line.reply(&tape, fin | ack, 0x4000_0000, ack: 102)
    },
    Script("bytes one way, closed by who got them", "established") { line, tape in
      line.open(&tape)
      line.reply(&tape, ack, 1, ack: 1, bytes: 10)
      line.ask(&tape, fin | ack, 1, ack: 11)
      line.reply(&tape, fin | ack, 11, ack: 2)
      line.ask(&tape, ack, 2, ack: 12)
    },
    Script("three packets, then a reset", "established") { line, tape in
      line.open(&tape)
      line.ask(&tape, rst | ack, 1, ack: 1)
    },
    Script("a keep-alive is no byte", "established") { line, tape in
      line.open(&tape)
      line.ask(&tape, ack, 0, ack: 1, bytes: 1)
      line.reply(&tape, ack, 1, ack: 1)
    },
    Script("bytes one way", "established") { line, tape in
      line.open(&tape)
      line.ask(&tape, ack, 1, ack: 1, bytes: 10)
      line.reply(&tape, ack, 1, ack: 11)
    },
    Script("bytes both ways", "used") { line, tape in
      line.open(&tape)
      line.talk(&tape)
      line.close(&tape)
    },
    Script("a reset after bytes", "used") { line, tape in
      line.open(&tape)
      line.talk(&tape)
      line.reply(&tape, rst, 301)
    },
    Script("control packets alone show bytes by their numbers", "used") { line, tape in
      line.ask(&tape, syn)
      line.reply(&tape, syn | ack, ack: 1)
      line.ask(&tape, fin | ack, 101, ack: 301)
      line.reply(&tape, fin | ack, 301, ack: 102)
    },
    Script("control packets alone of a connection without bytes", "established") { line, tape in
      line.ask(&tape, syn)
      line.reply(&tape, syn | ack, ack: 1)
      line.ask(&tape, fin | ack, 1, ack: 1)
      line.reply(&tape, fin | ack, 1, ack: 2)
      line.ask(&tape, ack, 2, ack: 2)
    },
    Script("numbers that wrap around", "used") { line, tape in
      var line = line
      line.clientNumber = .max
      line.serverNumber = .max - 3
      line.open(&tape)
      line.talk(&tape)
    },
    Script("a SYN with bytes", "used") { line, tape in
      line.ask(&tape, syn, bytes: 20)
      line.reply(&tape, syn | ack, ack: 21)
      line.ask(&tape, ack, 21, ack: 1)
      line.reply(&tape, ack, 1, ack: 21, bytes: 5)
    },
    Script("both dial at once", "used") { line, tape in
      line.ask(&tape, syn)
      line.reply(&tape, syn)
      line.ask(&tape, syn | ack, 0, ack: 1)
      line.reply(&tape, syn | ack, 0, ack: 1)
      line.ask(&tape, ack, 1, ack: 1, bytes: 4)
      line.reply(&tape, ack, 1, ack: 5, bytes: 4)
    },
    Script("a connection whose SYN was missed", "used") { line, tape in
      line.reply(&tape, syn | ack, ack: 1)
      line.ask(&tape, ack, 1, ack: 1)
      line.talk(&tape)
    },
    Script("a connection whose SYN-ACK was missed", "used") { line, tape in
      line.ask(&tape, syn)
      line.ask(&tape, ack, 1, ack: 1)
      line.talk(&tape)
    },
    Script("the server's side alone, with bytes both ways", "used") { line, tape in
      line.reply(&tape, syn | ack, ack: 1)
      line.reply(&tape, ack, 1, ack: 11)
      line.reply(&tape, ack, 1, ack: 11, bytes: 20)
      line.reply(&tape, fin | ack, 21, ack: 12)
    },
    Script("the server's side alone, of a connection without bytes", "established") { line, tape in
      line.reply(&tape, syn | ack, ack: 1)
      line.reply(&tape, fin | ack, 1, ack: 2)
    },
    Script("the SYN and the server's side, with bytes both ways", "used") { line, tape in
      line.ask(&tape, syn)
      line.reply(&tape, syn | ack, ack: 1)
      line.reply(&tape, ack, 1, ack: 501, bytes: 20)
    },
    Script("the middle, with bytes both ways", "established", direction: "unknown") { line, tape in
      line.talk(&tape)
    },
    Script("the middle, kept alive", "established", direction: "unknown") { line, tape in
      line.ask(&tape, ack, 500, ack: 700)
      line.reply(&tape, ack, 700, ack: 501)
    },
    Script("the middle, one side alone", nil) { line, tape in
      line.ask(&tape, ack, 1, ack: 1, bytes: 10)
      line.ask(&tape, ack, 11, ack: 1, bytes: 10)
    },
    Script("sides whose numbers have nothing in common", nil) { line, tape in
      line.ask(&tape, ack, 1, ack: 1, bytes: 10)
      line.reply(&tape, ack, 0x4000_0000, ack: 0x4000_0000, bytes: 10)
    },
    Script("a probe of a closed port and its reset", nil) { line, tape in
      line.ask(&tape, ack, 1, ack: 1)
      line.reply(&tape, rst, 1)
    },
  ])
func tiers(script: Script) {
  var tape = Tape()
  script.speak(Line(client, server), &tape)
  let harvest = tape.harvest()
  guard let tier = script.expected else {
    #expect(harvest.facts.isEmpty)
    #expect(harvest.passed == [.oneSided: 1])
    return
  }
  let dialled = script.direction == "unknown" ? " dialled 10.244.1.10:40000" : ""
  #expect(harvest.lines == ["10.244.1.10 > 10.244.1.11:8080 TCP \(tier) \(script.direction)\(dialled) x1"])
  #expect(harvest.passed.isEmpty)
}

@Test(
  "A connection of which one side alone went on is no need, and counted",
  arguments: [
    Script("the client's side alone", "attempted") { line, tape in
      line.ask(&tape, syn)
      line.ask(&tape, ack, 1, ack: 1)
      line.ask(&tape, ack, 1, ack: 1, bytes: 10)
      line.ask(&tape, fin | ack, 11, ack: 31)
    },
    Script("the server's side alone, and the client says nothing", "answered") { line, tape in
      line.reply(&tape, syn | ack, ack: 1)
      line.reply(&tape, ack, 1, ack: 1, bytes: 20)
    },
    Script("the server's side alone, and the client said nothing but its SYN", "answered") { line, tape in
      line.ask(&tape, syn, bytes: 20)
      line.reply(&tape, syn | ack, ack: 21)
      line.reply(&tape, ack, 1, ack: 21, bytes: 20)
    },
    Script("an acknowledgement in the server's name with a number from nowhere", "answered") { line, tape in
      line.reply(&tape, syn | ack, ack: 1)
      line.reply(&tape, ack, 0x4000_0000, ack: 11)
    },
    Script("an acknowledgement in the server's name of a number from nowhere", "answered") { line, tape in
      line.reply(&tape, syn | ack, ack: 1)
      line.reply(&tape, ack, 1, ack: 0x4000_0000)
    },
  ])
func oneDirection(script: Script) {
  for translated in [[], [(client: client, server: Socket(test: "10.244.1.12", 8_080))]] {
    var tape = Tape()
    script.speak(Line(client, server, translated: translated), &tape)
    let harvest = tape.harvest()
    #expect(harvest.facts.map(\.key.tier.name) == [script.expected])
    #expect(harvest.passed == [.oneDirection: 1])
  }
}

@Test("A refusal by ICMP counts when it quotes the SYN, and not after an answer")
func refusedByICMP() {
  let router = Address(test: "10.244.1.1")
  let line = Line(client, server)
  func refusal(of sequence: UInt32) -> [UInt8] {
    let quoted = Wire.ip(
      client.address, server.address, Wire.tcp(client.port, server.port, sequence: sequence))
    return Wire.unreachable(from: router, quoting: quoted, to: client.address)
  }
  var refused = Tape()
  line.ask(&refused, syn)
  refused.send((2, refusal(of: line.clientNumber)))
  #expect(refused.harvest().facts.map(\.key.tier) == [.refused])

  var forged = Tape()
  line.ask(&forged, syn)
  forged.send((2, refusal(of: line.clientNumber + 1)))
  #expect(forged.harvest().facts.map(\.key.tier) == [.attempted])

  var late = Tape()
  line.open(&late)
  late.send((2, refusal(of: line.clientNumber)))
  #expect(late.harvest().facts.map(\.key.tier) == [.established])

  var alone = Tape()
  alone.send((2, refusal(of: 1)))
  #expect(alone.harvest().facts.isEmpty)
  #expect(alone.harvest().passed == [.icmp: 1])
}

@Test("A SYN that is a reset too opens and answers nothing, and is counted once", arguments: [false, true])
func openingReset(isAnswer: Bool) {
  var tape = Tape()
  let line = Line(Socket(test: "10.244.1.10", 40_000), Socket(test: "10.244.1.11", 8_080))
  line.ask(&tape, Line.syn | Line.rst | (isAnswer ? Line.ack : 0))
  let lone = tape.harvest()
  #expect(lone.facts.isEmpty)
  #expect(lone.passed == [.oneSided: 1])

  var live = Tape()
  line.open(&live)
  line.talk(&live)
  line.ask(&live, Line.syn | Line.rst | (isAnswer ? Line.ack : 0), 70_000_000)
  line.close(&live)
  let harvest = live.harvest()
  #expect(harvest.lines == ["10.244.1.10 > 10.244.1.11:8080 TCP used opening x1"])
  #expect(harvest.passed.isEmpty)
}
