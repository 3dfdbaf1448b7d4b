import Testing

@testable import Traffic

private let pod = Socket(test: "10.244.1.10", 40_000)
private let service = Socket(test: "10.96.0.20", 80)
private let door = Socket(test: "10.0.0.11", 30_080)
private let machine = Socket(test: "10.0.0.11", 61_000)
private let api = Socket(test: "10.244.2.11", 8_080)
private let guest = Socket(test: "203.0.113.7", 50_000)

private func whole(_ line: Line) -> Tape {
  var tape = Tape()
  line.open(&tape)
  line.talk(&tape)
  line.close(&tape)
  return tape
}

@Suite("A machine that changes both ends at once makes no second connection")
struct HiddenTests {
  @Test(
    "A guest whom the machine hides is one, and what the pod saw of him is told", arguments: [true, false])
  func hiddenGuest(isReversed: Bool) {
    var tape = whole(Line(guest, door, translated: [(machine, api)]))
    if isReversed { tape.packets = tape.packets.map { $0.reversed() } }
    let harvest = tape.harvest()
    #expect(harvest.connections == 1)
    #expect(
      harvest.lines == [
        "10.0.0.11 > 10.244.2.11:8080 TCP used seen-again x1",
        "203.0.113.7 > 10.244.2.11:8080 TCP used opening dialled 10.0.0.11:30080 x1",
      ])
  }

  @Test("A pod that its Service leads back to itself asked its Service")
  func hairpin() {
    let itself = Socket(pod.address, 8_080)
    let harvest = whole(Line(pod, service, translated: [(Socket(test: "10.244.1.1", 40_000), itself)]))
      .harvest()
    #expect(harvest.connections == 1)
    #expect(
      harvest.lines == [
        "10.244.1.1 > 10.244.1.10:8080 TCP used seen-again x1",
        "10.244.1.10 > 10.244.1.10:8080 TCP used opening dialled 10.96.0.20:80 x1",
      ])
  }

  @Test("An association is one too")
  func association() {
    var tape = Tape()
    var line = SCTPLine(client: guest, server: door)
    line.translated = [(machine, api)]
    line.open(&tape)
    line.talk(&tape)
    let harvest = tape.harvest()
    #expect(harvest.associations == 1)
    #expect(
      harvest.ownLines == ["203.0.113.7 > 10.244.2.11:8080 SCTP used opening dialled 10.0.0.11:30080 x1"])
  }

  @Test("One side's number ties no two that share no end, whatever the distance")
  func oneNumber() {
    for number in [UInt32(900_000), 900_001] {
      var tape = whole(Line(guest, door))
      var other = Line(machine, api)
      other.serverNumber = number
      other.clientNumber = number == 900_000 ? 1_001 : 1_000
      tape.packets += whole(other).packets.map { packet in packet.map(Self.farther) }
      let harvest = tape.harvest()
      #expect(harvest.connections == 2)
      #expect(harvest.facts.allSatisfy { $0.key.direction == .opening && $0.key.dialled == nil })
    }
  }

  @Test(
    "Who uses the same two numbers for all is as many connections as there are", arguments: [2, 3, 4, 5, 30])
  func sameNumbers(count: Int) {
    var tape = Tape()
    for index in 0..<count {
      let ends = (
        Socket(Address(v4: 0x0AF4_0100 + UInt32(index)), 40_000),
        Socket(Address(v4: 0x0AF4_0200 + UInt32(index)), 8_080)
      )
      var single = whole(Line(ends.0, ends.1))
      if index % 2 == 1 {
        single.packets = single.packets.map { $0.map { Self.nearer($0, by: UInt8(index)) } }
      }
      tape.packets += single.packets
    }
    let harvest = tape.harvest()
    #expect(harvest.connections == UInt64(count))
    #expect(harvest.facts.allSatisfy { $0.key.direction == .opening && $0.key.dialled == nil })
  }

  @Test("Two seconds later it is another connection")
  func late() {
    var tape = whole(Line(guest, door))
    tape.wait(milliseconds: 2_500)
    var other = Tape()
    other.clock = tape.clock
    Line(machine, api).open(&other)
    tape.packets += other.packets.map { packet in packet.map(Self.farther) }
    #expect(tape.harvest().connections == 2)
  }

  /// One router farther from the client and nearer to the server.
  private static func farther(_ sighting: Tape.Sighting) -> Tape.Sighting {
    let isFromClient = sighting.packet[12..<16].elementsEqual(Wire.bytes(machine.address))
    var other = sighting
    if isFromClient { other.packet[8] -= 1 } else { other.packet[8] += 1 }
    return other
  }

  /// As many routers nearer to both sides.
  private static func nearer(_ sighting: Tape.Sighting, by hops: UInt8) -> Tape.Sighting {
    var other = sighting
    other.packet[8] += hops
    return other
  }
}
