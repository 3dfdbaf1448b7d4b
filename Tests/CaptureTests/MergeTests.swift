import Testing
import Traffic

@testable import Capture

private typealias Bytes = CaptureBytes

/// The microsecond that tests count from.
private let base: UInt64 = 1_795_165_080_000_000

/// A capture with a frame at each of these microseconds, whose bytes are a mark of the file.
private func capture(_ mark: UInt8, at times: [UInt64]) -> [UInt8] {
  Bytes.classic(times.map { Bytes.Frame((base + $0) * 1_000, [mark, UInt8($0)]) })
}

/// Which frames come in which order, each as its file's letter and its time, and how many files are open at most.
private func merged(_ files: [CaptureFile]) throws -> (order: String, mostOpen: Int) {
  var queue = try MergeQueue(files)
  var order: [String] = []
  var most = 0
  while let (file, until) = try queue.next() {
    most = max(most, files.count { $0.isOpen })
    _ = try file.give(until: until, atMost: .max) { record, frame in
      // In bounds: each frame of these captures has two bytes.
      let letter = unsafe Character(Unicode.Scalar(frame.unsafeLoad(fromByteOffset: 0, as: UInt8.self)))
      order.append("\(letter)\(record.instant.nanoseconds / 1_000 - Int64(base))")
    }
  }
  return (order.joined(separator: " "), most)
}

private struct Merge: CustomTestStringConvertible {
  let files: [[UInt64]]
  let order: String
  let mostOpen: Int
  var testDescription: String { "\(files)" }
}

@Test(
  "Files are merged by the times of their next frames, and open only while they overlap",
  arguments: [
    Merge(files: [[1, 2], [3, 4], [5, 6]], order: "A1 A2 B3 B4 C5 C6", mostOpen: 1),
    Merge(files: [[5, 6], [3, 4], [1, 2]], order: "C1 C2 B3 B4 A5 A6", mostOpen: 1),
    Merge(files: [[1, 4, 9], [2, 3, 10], [6]], order: "A1 B2 B3 A4 C6 A9 B10", mostOpen: 3),
    // The last of one is at the same moment as the first of the next: for that frame both are due.
    Merge(files: [[1, 2], [2, 3], [3, 4]], order: "A1 A2 B2 B3 C3 C4", mostOpen: 2),
    // Of several at once the one that began first, whichever was named first.
    Merge(files: [[1, 7, 7], [5, 7], [3, 7, 8]], order: "A1 C3 B5 A7 A7 C7 B7 C8", mostOpen: 3),
    // A clock that goes back moves no frame before one of its own file.
    Merge(files: [[1, 5, 3, 6], [2, 4, 7]], order: "A1 B2 B4 A5 A3 A6 B7", mostOpen: 2),
    Merge(files: [[9, 1, 2], [5]], order: "B5 A9 A1 A2", mostOpen: 1),
    Merge(files: [[], [2], [], [1]], order: "D1 B2", mostOpen: 1),
    Merge(files: [[]], order: "", mostOpen: 0),
  ])
private func mergeOrder(merge: Merge) throws {
  let folder = try Folder()
  let files = try merge.files.enumerated().map { index, times in
    let mark = UInt8(ascii: "A") + UInt8(index)
    return try CaptureFile(path: try folder.file("\(index)", capture(mark, at: times)))
  }
  let found = try merged(files)
  #expect(found.order == merge.order)
  #expect(found.mostOpen == merge.mostOpen)
  #expect(files.allSatisfy { !$0.isOpen && $0.end?.ending == .whole })
}

@Test("Files are merged alike in whatever order they are named, also where they begin at once")
func mergeOrderOfNames() throws {
  let folder = try Folder()
  let times: [[UInt64]] = [[7, 7, 9], [7, 8], [7, 7], [3, 7], []]
  let paths = try times.enumerated().map { index, times in
    try folder.file("\(index)", capture(UInt8(ascii: "A") + UInt8(index), at: times))
  }
  var orders: Set<String> = []
  for order in permutations(of: paths) {
    var files: [CaptureFile] = []
    for path in order { files.append(try CaptureFile(path: path)) }
    orders.insert(try merged(files).order)
  }
  #expect(orders.count == 1)
  #expect(orders.first?.hasPrefix("D3 D7") ?? false)
}

private func permutations(of paths: [String]) -> [[String]] {
  guard paths.count > 1 else { return [paths] }
  return paths.indices.flatMap { first in
    let others = paths.indices.filter { $0 != first }.map { paths[$0] }
    return permutations(of: others).map { [paths[first]] + $0 }
  }
}

@Test("Every file of a run is told, also one without frames and one that ends in damage")
func readingsOfAll() throws {
  let folder = try Folder()
  let damaged =
    capture(1, at: [4, 8]) + Bytes.number(0, bytes: 8, isBig: false) + [255, 255, 255, 255, 0, 0, 0, 0]
  let paths = [
    try folder.file("empty", capture(0, at: [])), try folder.file("damaged", damaged),
    try folder.file("late", capture(2, at: [6, 7, 9])),
  ]
  var run = try CaptureRun(paths: paths)
  let before = try run.fingerprints()
  var recording = Recording(recorder: "run")
  var heard: [UInt64] = []
  let readings = try run.read(into: &recording) { heard.append($0) }
  #expect(readings.map(\.path) == paths)
  #expect(readings.map(\.packets) == [0, 2, 3])
  #expect(readings.map(\.fingerprint) == before)
  #expect(readings.map { $0.last.map { $0.nanoseconds / 1_000 - Int64(base) } } == [nil, 8, 9])
  #expect(readings.map { $0.ending == .whole } == [true, false, true])
  #expect(readings.map(\.losses.count) == [0, 1, 1])
  let harvest = recording.finish()
  #expect(harvest.frames == 5)
  #expect(harvest.last == Instant(nanoseconds: Int64(base + 9) * 1_000))
  // So few frames are no progress to speak of.
  #expect(heard.isEmpty)
}

@Test("Whoever reads hears how far it came, up to the size of all files")
func progress() throws {
  let folder = try Folder()
  let many = (0..<70_000).map { Bytes.Frame(UInt64($0) * 1_000, [], wireLength: 60) }
  let paths = [
    try folder.file("one", Bytes.classic(Array(many[..<69_000]))),
    try folder.file("other", Bytes.classic(Array(many[69_000...]))),
  ]
  var run = try CaptureRun(paths: paths)
  let size = try #require(run.size)
  #expect(size == UInt64(70_000 * 16 + 2 * 24))
  var recording = Recording(recorder: "run")
  var heard: [UInt64] = []
  _ = try run.read(into: &recording) { heard.append($0) }
  #expect(heard.count == 1)
  #expect(heard.allSatisfy { $0 > 65_536 * 16 && $0 <= size })
}

@Test("A file that is gone when its frames are due ends the run with its name")
func goneMeanwhile() throws {
  let folder = try Folder()
  let early = try folder.file("early", capture(1, at: [1]))
  let late = try folder.file("late", capture(2, at: [5]))
  var run = try CaptureRun(paths: [early, late])
  try folder.remove("late")
  var recording = Recording(recorder: "run")
  let error = #expect(throws: CaptureError.self) { try run.read(into: &recording) }
  #expect(error == .notFound(path: late))
}
