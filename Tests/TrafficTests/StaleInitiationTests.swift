import Testing

@testable import Traffic

private let line = SCTPLine(
  client: Socket(test: "10.244.1.10", 50_412), server: Socket(test: "10.244.1.11", 38_412))

/// An INIT in the client's name, and the server's answer, whose tag nobody but the client hears.
private func forge(_ tape: inout Tape) {
  var forged = line
  forged.clientTag = 0x6666_0001
  forged.serverTag = 0x6666_0002
  forged.ask(&tape, .initiation)
  forged.reply(&tape, .initiationAck)
}

@Suite("An INIT in the midst of an association begins nothing by itself")
struct StaleInitiationTests {
  @Test("What goes on counts as if it had not come, wherever it comes", arguments: 2...10)
  func forged(place: Int) {
    var tape = Tape()
    line.open(&tape)
    line.talk(&tape)
    line.close(&tape)
    let whole = tape.harvest()
    var other = Tape()
    forge(&other)
    let moment = tape.packets[place - 1][0].nanoseconds
    other.packets = other.packets.map { packet in
      packet.map { Tape.Sighting(nanoseconds: moment, interface: $0.interface, packet: $0.packet) }
    }
    tape.packets.insert(contentsOf: other.packets, at: place)
    let harvest = tape.harvest()
    #expect(harvest.lines == whole.lines)
    #expect(harvest.associations == 1)
    #expect(harvest.passed == [.staleOpening: 2])
  }

  @Test("Nor where the beginning was not seen, once both sides were")
  func middle() {
    var tape = Tape()
    line.talk(&tape)
    forge(&tape)
    line.talk(&tape)
    let harvest = tape.harvest()
    #expect(harvest.facts.map(\.key.tier) == [.established])
    #expect(harvest.facts.map(\.key.direction) == [.unknown])
  }

  @Test("A host that began anew is known by the tag that it was told", arguments: [true, false])
  func restart(isCookieSeen: Bool) {
    var tape = Tape()
    line.open(&tape)
    line.talk(&tape)
    var next = line
    next.clientTag = 0xCCCC_0003
    next.serverTag = 0xDDDD_0004
    next.ask(&tape, .initiation)
    next.reply(&tape, .initiationAck)
    if isCookieSeen { next.ask(&tape, .cookieEcho) }
    next.talk(&tape)
    let harvest = tape.harvest()
    #expect(harvest.associations == 2)
    #expect(harvest.lines == ["10.244.1.10 > 10.244.1.11:38412 SCTP used opening x2"])
    #expect(harvest.passed.isEmpty)
  }
}
