import Testing
import Traffic

@testable import Capture

private typealias Bytes = CaptureBytes

private let second: UInt64 = 1_000_000_000
private let morning: UInt64 = 1_795_165_080 * second

/// A datagram between two peers of low ports, of which only the order tells who asks.
private func peers(_ seconds: UInt64, host: UInt8, isReply: Bool = false) -> Bytes.Frame {
  let ends: [UInt8] = isReply ? [10, 244, 2, host, 10, 244, 1, host] : [10, 244, 1, host, 10, 244, 2, host]
  let ports: [UInt8] = isReply ? [2, 88, 1, 244] : [1, 244, 2, 88]
  return Bytes.Frame(
    morning + seconds * second,
    [0x45, 0, 0, 30, 0, 0, 0, 0, 64, 17, 0, 0] + ends + ports + [0, 10, 0, 0, 7, 7], link: 101)
}

/// A machine whose clients ask DNS all the time.
private func busy(_ seconds: Range<UInt64>, host: UInt8) -> [Bytes.Frame] {
  stride(from: seconds.lowerBound, to: seconds.upperBound, by: 10).map { time in
    Bytes.Frame(
      morning + time * second,
      [
        0x45, 0, 0, 30, 0, 0, 0, 0, 64, 17, 0, 0, 10, 244, 3, host, 10, 96, 0, 10, 0x9C, 0x40, 0, 53, 0, 10,
        0, 0,
      ]
        + [7, 7], link: 101)
  }
}

/// How it is known who asked, of the peers alone.
private func directions(_ files: [[Bytes.Frame]]) throws -> [Direction] {
  let folder = try Folder()
  let paths = try files.enumerated().map {
    try folder.file("\($0.offset)", Bytes.classic($0.element, link: 101))
  }
  var run = try CaptureRun(paths: paths)
  var recording = Recording(recorder: "run")
  _ = try run.read(into: &recording)
  return recording.finish().facts.filter { $0.key.port != 53 }.map(\.key.direction)
}

@Suite("What a file shows first may have begun before the file did")
struct SuccessionTests {
  private static let other = busy(0..<2_000, host: 1)

  @Test("A file that begins long after the others shows the middle, and knows two minutes later")
  func laterFile() throws {
    let middle = [peers(1_005, host: 9, isReply: true), peers(1_006, host: 9)]
    let later = busy(1_000..<1_300, host: 2)
    #expect(
      try directions([Self.other, later + middle].map { $0.sorted { $0.nanoseconds < $1.nanoseconds } }) == [
        .unknown
      ])
    let inSight = (later + [peers(1_125, host: 9), peers(1_126, host: 9, isReply: true)])
      .sorted { $0.nanoseconds < $1.nanoseconds }
    #expect(try directions([Self.other, inSight]) == [.firstSender])
  }

  @Test("Where one file ends another goes on, whatever others do")
  func goingOn() throws {
    let first = busy(0..<1_000, host: 2)
    let next = [peers(1_005, host: 9), peers(1_006, host: 9, isReply: true)]
    #expect(try directions([Self.other, first, next]) == [.firstSender])
    #expect(try directions([Self.other, first + next]) == [.firstSender])
    // Too long a break is the same within a file and between two.
    let late = [peers(1_111, host: 9), peers(1_112, host: 9, isReply: true)]
    #expect(try directions([Self.other, first, late]) == [.unknown])
    #expect(try directions([Self.other, first + late]) == [.unknown])
  }

  @Test("Only one file goes on where one ended")
  func takenOnce() throws {
    let first = busy(0..<1_000, host: 2)
    let next = busy(1_000..<1_300, host: 2)
    let strange = [peers(1_005, host: 9, isReply: true), peers(1_006, host: 9)]
    #expect(try directions([Self.other, first, next, strange]) == [.unknown])
  }

  @Test("What a wrong time ended is seen from its middle", arguments: [2_000_000_000, 86_400] as [UInt64])
  func wrongTime(step: UInt64) throws {
    let asked = busy(0..<200, host: 2) + [peers(201, host: 9), peers(202, host: 9, isReply: true)]
    let going = [peers(205, host: 9, isReply: true), peers(206, host: 9)] + busy(210..<400, host: 2)
    let wrong = busy(step..<step + 1, host: 3)
    #expect(try directions([asked + going]) == [.firstSender])
    #expect(try directions([asked + wrong + going]) == [.firstSender, .unknown])
    // The stretch that the wrong time began does not last until then.
    let later = [peers(390, host: 8), peers(391, host: 8, isReply: true)]
    #expect(
      try directions([asked + wrong + busy(210..<380, host: 2) + later]) == [.firstSender, .firstSender])
  }
}
