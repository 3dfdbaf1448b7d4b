import Testing
import Traffic

@testable import Capture

private typealias Bytes = CaptureBytes

/// The forms in which a classic file may be written.
private struct Manner: CustomTestStringConvertible, Sendable {
  let isBig: Bool
  let isNano: Bool
  var testDescription: String { "\(isBig ? "big" : "little") endian, \(isNano ? "nano" : "micro")seconds" }

  static let all = [false, true].flatMap { isBig in
    [false, true].map { Manner(isBig: isBig, isNano: $0) }
  }

  func file(_ frames: [Bytes.Frame]) -> [UInt8] { Bytes.classic(frames, isBig: isBig, isNano: isNano) }

  /// Puts a length to both places of a record's head.
  func lie(_ length: UInt64, at record: Int, in bytes: inout [UInt8]) {
    let word = Bytes.number(length, bytes: 4, isBig: isBig)
    bytes.replaceSubrange(record + 8..<record + 16, with: word + word)
  }
}

private let start: UInt64 = 1_795_165_080_000_000_000

/// Frames of 60 to 1,500 bytes, some milliseconds apart.
private let frames = (0..<30).map { index in
  let count = 60 + index * 379 % 1_440
  return CaptureBytes.Frame(
    start + UInt64(index) * 7_000_000,
    (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ index &* 7) })
}

private func ending(_ bytes: [UInt8]) throws -> (count: Int, ending: CaptureReading.Ending?) {
  let folder = try Folder()
  let file = try ReadFile(path: try folder.file("capture", bytes))
  return (file.frames.count, file.ending)
}

private func isCut(_ ending: CaptureReading.Ending?) -> Bool {
  if case .cut = ending { true } else { false }
}

@Test("A record whose two lengths are damaged alike is no cut one where others follow", arguments: Manner.all)
private func alikeDamaged(manner: Manner) throws {
  var place = 24
  for (index, frame) in frames.enumerated() {
    for length in [60_000, 262_144] as [UInt64] {
      var bytes = manner.file(frames)
      manner.lie(length, at: place, in: &bytes)
      let found = try ending(bytes)
      #expect(found.count == index)
      // Behind the last record nothing follows, so nothing tells.
      guard index < frames.count - 1 else {
        #expect(isCut(found.ending))
        continue
      }
      guard case .damaged(.damaged(_, let offset, _, let what)) = found.ending else {
        Issue.record("record \(index), \(length) bytes: \(String(describing: found.ending))")
        continue
      }
      #expect(offset == UInt64(place))
      #expect(what == .length(UInt32(length)))
    }
    place += 16 + frame.bytes.count
  }
}

@Test("A length damaged in a file that is cut as well is damage all the same", arguments: Manner.all)
private func damagedAndCut(manner: Manner) throws {
  for kept in [1, 40, 700] {
    var bytes = manner.file(frames)
    bytes.removeLast(frames[29].bytes.count - min(kept, frames[29].bytes.count - 1))
    manner.lie(70_000, at: 24, in: &bytes)
    let found = try ending(bytes)
    #expect(found.count == 0)
    #expect(!isCut(found.ending), "\(kept) bytes of the last packet")
  }
}

@Test("A cut record that carries a capture of another day is a cut one", arguments: Manner.all)
private func carriedCapture(manner: Manner) throws {
  let old = (0..<20).map { Bytes.Frame(start - 86_400_000_000_000 + UInt64($0), [1, 2, 3, 4, 5]) }
  let carrier = Bytes.Frame(
    start + 300_000_000, [9, 9, 9] + manner.file(old) + [UInt8](repeating: 3, count: 900))
  var bytes = manner.file(frames + [carrier])
  bytes.removeLast(900)
  let found = try ending(bytes)
  #expect(found.count == frames.count)
  #expect(isCut(found.ending))
}

@Test("A cut record is a cut one, whatever its packet holds", arguments: [0, 0xFF, 0x55] as [UInt8])
func cutWhatever(filler: UInt8) throws {
  let large = Bytes.Frame(start, [UInt8](repeating: filler, count: 200_000))
  for kept in [0, 15, 16, 17, 1_000, 199_999] {
    var bytes = Bytes.classic([large], isNano: true)
    bytes.removeLast(200_000 - kept)
    #expect(isCut(try ending(bytes).ending), "\(kept) bytes of the packet")
  }
}

@Test("Zeros behind the records, as a crash leaves them, are damage and no packets of 1970")
func zeros() throws {
  let bytes = Bytes.classic(frames) + [UInt8](repeating: 0, count: 4_096)
  let found = try ending(bytes)
  #expect(found.count == frames.count)
  guard case .damaged(.damaged(_, _, let records, .nothing)) = found.ending else {
    Issue.record("\(String(describing: found.ending))")
    return
  }
  #expect(records == UInt64(frames.count))
}

@Test("A record longer than the snap length is read: some recorders keep more than they say")
func beyondSnapLength() throws {
  var bytes = Bytes.classic(frames)
  bytes.replaceSubrange(16..<20, with: Bytes.number(68, bytes: 4, isBig: false))
  let found = try ending(bytes)
  #expect(found.count == frames.count)
  #expect(found.ending == .whole)
}
