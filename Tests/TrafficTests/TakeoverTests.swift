import Testing

@testable import Traffic

private let victim = Socket(test: "10.244.1.10", 7_946)
private let forger = Socket(test: "10.244.3.66", 50_000)
private let server = Socket(test: "10.244.2.20", 7_946)

private func datagram(_ source: Socket, _ destination: Socket, hops: UInt8, _ identification: Int) -> [UInt8]
{
  var packet = Wire.ip(
    source.address, destination.address, inside: 17,
    Wire.udp(source.port, destination.port, payload: [1, 2]), hops: hops)
  packet.replaceSubrange(4..<6, with: Wire.number16(identification))
  return packet
}

/// An exchange, in which somebody else copies some of the datagrams that ask.
private struct Copied {
  /// When the copies come.
  enum When: CaseIterable { case never, first, always, alwaysBefore }

  let when: When
  private(set) var tape = Tape()
  private var count = 0

  init(_ when: When) {
    self.when = when
    // What is seen later than this was not there before.
    for _ in 0..<14 {
      tape.send(
        (2, datagram(Socket(test: "10.244.1.30", 50_000), Socket(test: "10.96.0.10", 53), hops: 64, 0)))
      tape.wait(milliseconds: 9_999)
    }
  }

  mutating func ask() {
    count += 1
    let own = (interface: UInt32(2), packet: datagram(victim, server, hops: 63, count))
    let copy = (interface: UInt32(3), packet: datagram(forger, server, hops: 64, count))
    switch when {
    case .never: tape.send(own)
    case .first where count > 1: tape.send(own)
    case .first, .always: tape.send(own, copy)
    case .alwaysBefore: tape.send(copy, own)
    }
  }

  mutating func reply() { tape.send((2, datagram(server, victim, hops: 63, 0))) }

  mutating func wait(seconds: Int64) { tape.wait(milliseconds: seconds * 1_000) }

  /// What is known of the victim and its server, however that is known.
  var story: [String] {
    tape.harvest().facts.filter { $0.key.port != 53 && $0.key.client != forger.address }.map {
      "\($0.key.client) > \($0.key.server):\($0.key.port) \($0.key.tier.name) x\($0.conversations) in \($0.activity.minutes)"
    }
  }
}

@Suite("Who copies a datagram takes no exchange over")
struct TakeoverTests {
  @Test("What nobody answers counts for each minute all the same", arguments: Copied.When.allCases)
  private func minutes(when: Copied.When) {
    var stories: [[String]] = []
    for when in [.never, when] {
      var copied = Copied(when)
      for _ in 0..<40 {
        copied.ask()
        copied.wait(seconds: 7)
      }
      stories.append(copied.story)
    }
    #expect(stories[0].count == 1)
    #expect(stories[1] == stories[0])
  }

  @Test("An exchange neither ends nor turns because the copy's does", arguments: Copied.When.allCases)
  private func goingOn(when: Copied.When) {
    var stories: [[String]] = []
    for when in [.never, when] {
      var copied = Copied(when)
      copied.ask()
      copied.reply()
      for _ in 0..<2 {
        copied.wait(seconds: 50)
        copied.ask()
      }
      copied.wait(seconds: 50)
      copied.reply()
      copied.wait(seconds: 100)
      copied.reply()
      stories.append(copied.story)
    }
    #expect(stories[0].count == 1)
    #expect(stories[1] == stories[0])
  }

  @Test("A reply that is seen first on its way through a Service is no masquerade")
  func replyThroughService() {
    let client = Socket(test: "10.244.1.10", 40_000)
    let backend = Socket(test: "10.244.2.20", 8_125)
    let service = Socket(test: "10.96.0.30", 8_125)
    var tape = Tape()
    tape.send((2, datagram(backend, client, hops: 64, 9)), (3, datagram(service, client, hops: 63, 9)))
    let harvest = tape.harvest()
    #expect(harvest.passed.isEmpty)
    #expect(
      harvest.lines == [
        "10.96.0.30 > 10.244.1.10:40000 UDP one-way unknown dialled 10.96.0.30:8125 x1",
        "10.244.2.20 > 10.244.1.10:40000 UDP one-way unknown dialled 10.244.2.20:8125 x1",
      ])
  }
}
