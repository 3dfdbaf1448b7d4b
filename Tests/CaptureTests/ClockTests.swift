import Testing
import Traffic

@testable import Capture

private typealias Bytes = CaptureBytes

private let second: UInt64 = 1_000_000_000
private let morning: UInt64 = 1_795_165_080 * second

/// A UDP datagram in a raw IPv4 packet, from a client's port to a server.
private func datagram(_ port: UInt8, reply: Bool = false) -> [UInt8] {
  let client: [UInt8] = [10, 244, 1, 10]
  let server: [UInt8] = [10, 244, 2, 11]
  let header: [UInt8] = [0x45, 0, 0, 30, 0, 0, 0, 0, 64, 17, 0, 0]
  let (one, other): ([UInt8], [UInt8]) = ([0x9C, port], [0x1F, 0x90])
  return header + (reply ? server + client + other + one : client + server + one + other) + [
    0, 10, 0, 0, 7, 7,
  ]
}

private func frame(_ time: UInt64, _ port: UInt8, reply: Bool = false) -> Bytes.Frame {
  Bytes.Frame(time, datagram(port, reply: reply), link: 101)
}

private func read(_ files: [[UInt8]]) throws -> (harvest: Harvest, readings: [CaptureReading]) {
  let folder = try Folder()
  let paths = try files.enumerated().map { try folder.file("\($0.offset)", $0.element) }
  var run = try CaptureRun(paths: paths)
  var recording = Recording(recorder: "run")
  let readings = try run.read(into: &recording)
  return (recording.finish(), readings)
}

@Suite("A recorder's clock may be wrong")
struct ClockTests {
  @Test(
    "A frame of an impossible time makes no fact, is counted, and moves no other",
    arguments: [0, 1, 946_684_799, 4_102_444_800, 7_258_118_400] as [UInt64])
  func impossible(time: UInt64) throws {
    let good = [frame(morning, 1), frame(morning + second, 1, reply: true)]
    let whole = try read([Bytes.nextGeneration(good)])
    for place in 0...2 {
      var frames = good
      frames.insert(frame(time * second, 2), at: place)
      let found = try read([Bytes.nextGeneration(frames)])
      #expect(found.harvest.facts == whole.harvest.facts)
      #expect(found.harvest.passed == [.impossibleTime: 1])
      #expect(found.harvest.first == whole.harvest.first && found.harvest.last == whole.harvest.last)
      let reading = try #require(found.readings.first)
      #expect(reading.clock.impossible == 1 && reading.clock.stepsBack == 0)
      #expect(reading.first == Instant(nanoseconds: Int64(morning)))
      #expect(reading.losses.allSatisfy { $0.from == reading.first && $0.until == reading.last })
    }
  }

  @Test("The first and the last credible moment count")
  func bounds() throws {
    for time in [946_684_800, 4_102_444_799] as [UInt64] {
      #expect(try read([Bytes.nextGeneration([frame(time * second, 1)])]).harvest.passed == [:])
    }
  }

  @Test("A file that begins in the far future is read in its turn, and not after all others")
  func futureFirst() throws {
    // The reply stands in a file of its own, and would be taken for the asker if it came first.
    let asked = [frame(7_258_118_400 * second, 2), frame(morning, 1)]
    let answered = [frame(morning + second, 1, reply: true)]
    let found = try read([Bytes.nextGeneration(answered), Bytes.nextGeneration(asked)])
    #expect(found.harvest.facts.map(\.key.port) == [8_080])
    #expect(found.harvest.facts.map(\.key.tier) == [.replied])
  }

  @Test(
    "A frame whose time is days beyond those around it does not hold its file back",
    arguments: [0, 1, 2], [86_400 * 3, 2_000_000_000] as [UInt64])
  func aloneInTheFuture(place: Int, step: UInt64) throws {
    // Read behind the other file, the reply would come first.
    var asked = [frame(morning, 1), frame(morning + 10 * second, 2)]
    let answered = [frame(morning + 5 * second, 3), frame(morning + 11 * second, 2, reply: true)]
    let right = asked
    asked.insert(frame(morning + step * second, 4), at: place)
    for write in [{ Bytes.nextGeneration($0) }, { Bytes.classic($0, link: 101) }]
      as [([Bytes.Frame]) -> [UInt8]]
    {
      let whole = try read([write(answered), write(right)]).harvest.facts
      #expect(whole.map(\.key.tier) == [.oneWay, .replied])
      let found = try read([write(answered), write(asked)]).harvest.facts
      let late = found.filter { $0.key.hour > Instant(nanoseconds: Int64(morning)).hour + 1 }
      #expect(late.map(\.conversations) == [1])
      #expect(found.filter { !late.contains($0) } == whole)
    }
  }

  @Test("A file of nothing but impossible times teaches nothing, and has no stretch of time")
  func allImpossible() throws {
    let found = try read([Bytes.classic([frame(5 * second, 1), frame(6 * second, 1)], link: 101)])
    #expect(found.harvest.facts.isEmpty && found.harvest.frames == 2)
    #expect(found.harvest.first == nil && found.harvest.last == nil)
    #expect(found.readings.map(\.first) == [nil])
    #expect(found.readings.flatMap(\.losses).isEmpty)
  }

  @Test("Times that go back by more than a second are counted, with the longest step")
  func back() throws {
    let times: [UInt64] = [100, 101, 100, 200, 80, 81, 300, 299, 150]
    let frames =
      times.map { frame(morning + $0 * second, 1) } + [frame(0, 1), frame(morning + 151 * second, 1)]
    let reading = try #require(try read([Bytes.classic(frames, link: 101)]).readings.first)
    #expect(reading.clock.stepsBack == 2)
    #expect(reading.clock.farthest == 149)
    #expect(reading.clock.impossible == 1)
    #expect(reading.first == Instant(nanoseconds: Int64(morning + 80 * second)))
    #expect(reading.last == Instant(nanoseconds: Int64(morning + 300 * second)))
  }
}
