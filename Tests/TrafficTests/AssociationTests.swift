import Testing

@testable import Traffic

private let client = Socket(test: "10.244.1.10", 50_412)
private let server = Socket(test: "10.244.1.11", 38_412)
private let service = Socket(test: "10.96.0.20", 38_412)

struct SCTPScript: CustomTestStringConvertible {
  let testDescription: String
  let expected: String?
  var direction = "opening"
  let speak: @Sendable (SCTPLine, inout Tape) -> Void

  init(
    _ description: String, _ expected: String?, direction: String = "opening",
    speak: @escaping @Sendable (SCTPLine, inout Tape) -> Void
  ) {
    testDescription = description
    self.expected = expected
    self.direction = direction
    self.speak = speak
  }
}

@Test(
  "An association of which one side alone went on is no need, and counted",
  arguments: [
    SCTPScript("the client's side alone", "attempted") { line, tape in
      line.ask(&tape, .initiation)
      line.ask(&tape, .cookieEcho)
      line.ask(&tape, .data)
    },
    SCTPScript("the server's side alone", "answered") { line, tape in
      line.reply(&tape, .initiationAck)
      line.reply(&tape, .cookieAck)
      line.reply(&tape, .data)
    },
    SCTPScript("a cookie with a foreign tag", "answered") { line, tape in
      line.ask(&tape, .initiation)
      line.reply(&tape, .initiationAck)
      line.ask(&tape, .cookieEcho, tag: 77)
      line.reply(&tape, .cookieAck)
    },
  ])
func oneDirectionOfAssociation(script: SCTPScript) {
  var tape = Tape()
  script.speak(SCTPLine(client: client, server: server), &tape)
  let harvest = tape.harvest()
  #expect(harvest.facts.map(\.key.tier.name) == [script.expected])
  #expect(harvest.passed == [.oneDirection: 1])
}

@Test(
  "An association's tier is as high as its tags prove",
  arguments: [
    SCTPScript("one INIT", "attempted") { line, tape in line.ask(&tape, .initiation) },
    SCTPScript("an INIT and its repetitions", "attempted") { line, tape in
      for _ in 0..<4 {
        line.ask(&tape, .initiation)
        tape.wait(milliseconds: 3_000)
      }
    },
    SCTPScript("an ABORT of the INIT", "refused") { line, tape in
      line.ask(&tape, .initiation)
      line.reply(&tape, .abort)
    },
    SCTPScript("an ABORT with a foreign tag", "attempted") { line, tape in
      line.ask(&tape, .initiation)
      line.reply(&tape, .abort, tag: 77)
    },
    SCTPScript("an ABORT by the client itself", "attempted") { line, tape in
      line.ask(&tape, .initiation)
      line.ask(&tape, .abort)
    },
    SCTPScript("an INIT-ACK without an end", "answered") { line, tape in
      line.ask(&tape, .initiation)
      line.reply(&tape, .initiationAck)
    },
    SCTPScript("an INIT-ACK with a foreign tag", "attempted") { line, tape in
      line.ask(&tape, .initiation)
      line.reply(&tape, .initiationAck, tag: 77)
    },
    SCTPScript("a cookie that nobody accepts", "answered") { line, tape in
      line.ask(&tape, .initiation)
      line.reply(&tape, .initiationAck)
      line.ask(&tape, .cookieEcho)
      line.reply(&tape, .cookieAck, tag: 77)
    },
    SCTPScript("a cookie accepted", "established") { line, tape in line.open(&tape) },
    SCTPScript("heartbeats are no bytes", "established") { line, tape in
      line.open(&tape)
      line.ask(&tape, .heartbeat)
      line.reply(&tape, .heartbeatAck)
    },
    SCTPScript("bytes one way", "established") { line, tape in
      line.open(&tape)
      line.ask(&tape, .data)
      line.reply(&tape, .sack)
    },
    SCTPScript("bytes both ways", "used") { line, tape in
      line.open(&tape)
      line.talk(&tape)
      line.close(&tape)
    },
    SCTPScript("bytes with a foreign tag", "established") { line, tape in
      line.open(&tape)
      line.ask(&tape, .data)
      line.reply(&tape, .data, tag: 77)
    },
    SCTPScript("an ABORT after bytes", "used") { line, tape in
      line.open(&tape)
      line.talk(&tape)
      line.reply(&tape, .abort)
    },
    SCTPScript("a repeated INIT whose answer has another tag", "used") { line, tape in
      line.ask(&tape, .initiation)
      line.reply(&tape, .initiationAck)
      line.ask(&tape, .initiation)
      var later = line
      later.serverTag = 0xCCCC_0003
      later.reply(&tape, .initiationAck)
      later.ask(&tape, .cookieEcho)
      later.reply(&tape, .cookieAck)
      later.talk(&tape)
    },
    SCTPScript("both dial at once", "used") { line, tape in
      line.ask(&tape, .initiation)
      line.reply(&tape, .initiation)
      line.ask(&tape, .initiationAck)
      line.reply(&tape, .initiationAck)
      line.ask(&tape, .cookieEcho)
      line.reply(&tape, .cookieAck)
      line.talk(&tape)
    },
    SCTPScript("an association whose INIT was missed", "used") { line, tape in
      line.reply(&tape, .initiationAck)
      line.ask(&tape, .cookieEcho)
      line.reply(&tape, .cookieAck)
      line.talk(&tape)
    },
    SCTPScript("an association whose INIT-ACK was missed", "used") { line, tape in
      line.ask(&tape, .initiation)
      line.ask(&tape, .cookieEcho)
      line.reply(&tape, .cookieAck)
      line.talk(&tape)
    },
    SCTPScript("the middle, with bytes and their acknowledgement", "established", direction: "unknown") {
      line, tape in line.talk(&tape)
    },
    SCTPScript("the middle, kept alive", "established", direction: "unknown") { line, tape in
      line.reply(&tape, .heartbeat)
      line.ask(&tape, .heartbeatAck)
    },
    SCTPScript("the middle, one side alone", nil) { line, tape in
      line.ask(&tape, .data)
      line.ask(&tape, .sack)
    },
    SCTPScript("two sides that acknowledge nothing", nil) { line, tape in
      line.ask(&tape, .data)
      line.reply(&tape, .data)
    },
    SCTPScript("a packet out of the blue and its ABORT", nil) { line, tape in
      line.ask(&tape, .data)
      line.reply(&tape, .abort, tag: line.serverTag, flags: 1)
    },
  ])
func associationTiers(script: SCTPScript) {
  var tape = Tape()
  script.speak(SCTPLine(client: client, server: server), &tape)
  let harvest = tape.harvest()
  guard let tier = script.expected else {
    #expect(harvest.facts.isEmpty)
    #expect(harvest.passed == [.oneSided: 1])
    return
  }
  let dialled = script.direction == "unknown" ? " dialled 10.244.1.10:50412" : ""
  #expect(harvest.lines == ["10.244.1.10 > 10.244.1.11:38412 SCTP \(tier) \(script.direction)\(dialled) x1"])
  #expect(harvest.associations == 1)
  #expect(harvest.connections == 0)
  #expect(harvest.passed.isEmpty)
}

@Test("A Service's address and its backend are one association, opened in the recording or before it")
func translatedAssociation() {
  let line = SCTPLine(client: client, server: service, translated: [(client, server)])
  var tape = Tape()
  line.open(&tape)
  line.talk(&tape)
  line.close(&tape)
  let harvest = tape.harvest()
  #expect(
    harvest.lines == ["10.244.1.10 > 10.244.1.11:38412 SCTP used opening dialled 10.96.0.20:38412 x1"])
  #expect(harvest.associations == 1)
  #expect(harvest.sightings == 2)

  var middle = Tape()
  line.talk(&middle)
  #expect(
    middle.harvest().lines == [
      "10.244.1.10 > 10.244.1.11:38412 SCTP established unknown dialled 10.244.1.10:50412 x1"
    ])
}

@Test("Paths between other addresses of both hosts are the same association")
func multipleHomes() {
  let line = SCTPLine(client: client, server: server)
  let other = line.elsewhere(Address(test: "10.245.1.10"), Address(test: "10.245.1.11"))
  let half = line.elsewhere(client.address, Address(test: "10.245.1.11"))
  var tape = Tape()
  line.open(&tape)
  for path in [other, half] {
    path.ask(&tape, .heartbeat)
    path.reply(&tape, .heartbeatAck)
    path.talk(&tape)
  }
  let harvest = tape.harvest()
  #expect(harvest.lines == ["10.244.1.10 > 10.244.1.11:38412 SCTP used opening x1"])
  #expect(harvest.passed.isEmpty)

  // The same ports with another number are somebody else's.
  var stranger = other
  stranger.clientTag = 5
  stranger.serverTag = 6
  stranger.talk(&tape)
  #expect(tape.harvest().associations == 2)

  // Once it is over, its number means nothing any more.
  var late = Tape()
  line.open(&late)
  line.close(&late)
  late.wait(milliseconds: 31_000)
  other.talk(&late)
  #expect(late.harvest().associations == 2)
}

@Test("Ports used again are another association, and so is one that the other end opens")
func associationsAgain() {
  var tape = Tape()
  for tag: UInt32 in [1, 2, 3] {
    var line = SCTPLine(client: client, server: server)
    line.clientTag = tag
    line.serverTag = tag &* 99
    line.open(&tape)
    line.talk(&tape)
    line.close(&tape)
  }
  #expect(tape.harvest().lines == ["10.244.1.10 > 10.244.1.11:38412 SCTP used opening x3"])

  var turned = Tape()
  SCTPLine(client: client, server: server).open(&turned)
  SCTPLine(client: server, server: client, clientTag: 8, serverTag: 9).open(&turned)
  #expect(
    turned.harvest().lines == [
      "10.244.1.10 > 10.244.1.11:38412 SCTP established opening x1",
      "10.244.1.11 > 10.244.1.10:50412 SCTP established opening x1",
    ])
}

@Test("An ICMP error refuses an INIT, and not what was answered")
func refusedAssociation() {
  let line = SCTPLine(client: client, server: server)
  let refusal = Wire.unreachable(
    from: Address(test: "10.244.1.1"), quoting: line.opening, to: client.address)
  var refused = Tape()
  line.ask(&refused, .initiation)
  refused.send((2, refusal))
  #expect(refused.harvest().facts.map(\.key.tier) == [.refused])

  var late = Tape()
  line.open(&late)
  late.send((2, refusal))
  #expect(late.harvest().facts.map(\.key.tier) == [.established])
}

@Test("An association stays one while heartbeats may be lost")
func idleAssociation() {
  let line = SCTPLine(client: client, server: server)
  var tape = Tape()
  line.open(&tape)
  tape.wait(milliseconds: 600_000)
  line.talk(&tape)
  #expect(tape.harvest().lines == ["10.244.1.10 > 10.244.1.11:38412 SCTP used opening x1"])
}
