import Testing

@testable import Traffic

private let frontend = Socket(test: "10.244.1.10", 40_000)
private let api = Socket(test: "10.244.1.11", 8_080)
private let used = "10.244.1.10 > 10.244.1.11:8080 TCP used opening x1"

@Suite("The end of a connection")
struct CloseTests {
  private let line = Line(frontend, api)

  /// A connection up to where it closes.
  private var spoken: Tape {
    var tape = Tape()
    line.open(&tape)
    line.talk(&tape)
    return tape
  }

  @Test("Both sides may close at once")
  func atOnce() {
    var tape = spoken
    line.ask(&tape, Line.fin | Line.ack, 101, ack: 301)
    line.reply(&tape, Line.fin | Line.ack, 301, ack: 101)
    line.ask(&tape, Line.ack, 102, ack: 302)
    line.reply(&tape, Line.ack, 302, ack: 102)
    expectOver(tape)
  }

  @Test("A reset may follow a FIN, from either side", arguments: [true, false])
  func resetAfterFIN(isOwn: Bool) {
    var tape = spoken
    line.ask(&tape, Line.fin | Line.ack, 101, ack: 301)
    if isOwn { line.ask(&tape, Line.rst, 102) } else { line.reply(&tape, Line.rst | Line.ack, 301, ack: 102) }
    line.reply(&tape, Line.ack, 301, ack: 102, bytes: 20)
    expectOver(tape)
  }

  @Test("One side may be done long before the other")
  func halfClosed() {
    var tape = spoken
    line.ask(&tape, Line.fin | Line.ack, 101, ack: 301)
    line.reply(&tape, Line.ack, 301, ack: 102)
    tape.wait(milliseconds: 600_000)
    line.reply(&tape, Line.ack, 301, ack: 102, bytes: 500)
    line.reply(&tape, Line.fin | Line.ack, 801, ack: 102)
    line.ask(&tape, Line.ack, 102, ack: 802)
    expectOver(tape)
  }

  @Test("Of a connection whose end alone was seen each FIN counts, once the other side agrees")
  func endAlone() {
    var tape = Tape()
    line.close(&tape)
    var next = line
    (next.clientNumber, next.serverNumber) = (7_000_000, 8_000_000)
    next.ask(&tape, Line.syn)
    let harvest = tape.harvest()
    #expect(harvest.connections == 2)
    #expect(harvest.passed.isEmpty)
  }

  @Test("FINs that come again within thirty seconds of each other add nothing")
  func repeated() {
    var tape = spoken
    line.close(&tape)
    for seconds: Int64 in [1, 2, 4, 8, 16, 29] {
      tape.wait(milliseconds: seconds * 1_000)
      line.reply(&tape, Line.fin | Line.ack, 301, ack: 102)
    }
    #expect(tape.harvest().lines == [used])
    #expect(tape.harvest().passed.isEmpty)
  }

  /// Linux repeats a FIN 51 seconds after the one before it when nobody acknowledged eight of them.
  @Test("A FIN that comes later is a remain, and with its answer a connection whose direction nobody knows")
  func repeatedLate() {
    var tape = spoken
    line.close(&tape)
    tape.wait(milliseconds: 51_000)
    line.reply(&tape, Line.fin | Line.ack, 301, ack: 102)
    #expect(tape.harvest().lines == [used])
    #expect(tape.harvest().passed == [.oneSided: 1])
    line.ask(&tape, Line.ack, 102, ack: 302)
    #expect(
      tape.harvest().lines == [
        "10.244.1.10 > 10.244.1.11:8080 TCP established unknown dialled 10.244.1.10:40000 x1", used,
      ])
  }

  /// Whether nothing was added, and the next connection between the same ends begins at once.
  private func expectOver(_ tape: Tape) {
    #expect(tape.harvest().lines == [used])
    var again = tape
    var line = line
    (line.clientNumber, line.serverNumber) = (7_000_000, 8_000_000)
    line.ask(&again, Line.syn)
    let harvest = again.harvest()
    #expect(harvest.connections == 2)
    #expect(harvest.passed.isEmpty)
  }
}
