import Testing
import Traffic

@testable import Capture

private typealias Bytes = CaptureBytes

private let frames = (0..<5).map { index in
  CaptureBytes.Frame(
    1_795_165_080_000_001_000 + UInt64(index) * 1_000_000_000,
    [UInt8](repeating: UInt8(index), count: 60 + index), wireLength: 90 + index)
}

private func seen(_ frames: [CaptureBytes.Frame]) -> [Seen] {
  frames.map { Seen(nanoseconds: Int64($0.nanoseconds), wireLength: $0.wireLength, bytes: $0.bytes) }
}

private func read(_ bytes: [UInt8]) throws -> (frames: [Seen], ending: CaptureReading.Ending?) {
  let folder = try Folder()
  let file = try ReadFile(path: try folder.file("capture", bytes))
  return (file.frames, file.ending)
}

@Test("Both forms are read in both byte orders and both resolutions", arguments: [false, true])
func forms(isBig: Bool) throws {
  for bytes in [
    Bytes.classic(frames, isBig: isBig), Bytes.classic(frames, isBig: isBig, isNano: true),
    Bytes.nextGeneration(frames, isBig: isBig),
  ] {
    let (found, ending) = try read(bytes)
    #expect(found == seen(frames))
    #expect(ending == .whole)
  }
}

@Test("Records larger than one read are whole, and so is what follows them")
func largeRecords() throws {
  let large = (0..<8).map { index in
    Bytes.Frame(UInt64(index) * 1_000, [UInt8](repeating: UInt8(index), count: 262_144 - index * 7_777))
  }
  #expect(try read(Bytes.classic(large, isNano: true)).frames == seen(large))
  #expect(try read(Bytes.nextGeneration(large)).frames == seen(large))
}

struct Unit: CustomTestStringConvertible {
  let resolution: UInt8
  let ticks: UInt64
  let nanoseconds: Int64
  var testDescription: String { "\(resolution): \(ticks)" }
}

@Test(
  "A tick is worth what its interface says",
  arguments: [
    Unit(resolution: 6, ticks: 1_500_000, nanoseconds: 1_500_000_000),
    Unit(resolution: 0, ticks: 2, nanoseconds: 2_000_000_000),
    Unit(resolution: 9, ticks: 7, nanoseconds: 7),
    Unit(resolution: 12, ticks: 7_999, nanoseconds: 7),
    Unit(resolution: 127, ticks: .max, nanoseconds: 0),
    Unit(resolution: 0x80 | 10, ticks: 1_536, nanoseconds: 1_500_000_000),
    Unit(resolution: 0x80 | 127, ticks: .max, nanoseconds: 0),
    Unit(resolution: 0, ticks: .max, nanoseconds: .max),
  ])
func ticks(unit: Unit) throws {
  let frame = Bytes.Frame(0, [1, 2, 3])
  for isBig in [false, true] {
    let file =
      Bytes.section(isBig: isBig) + Bytes.interface(link: 1, resolution: unit.resolution, isBig: isBig)
      + Bytes.packet(frame, interface: 0, ticks: unit.ticks, isBig: isBig)
    #expect(try read(file).frames.map(\.nanoseconds) == [unit.nanoseconds])
  }
}

@Test("Sections, interfaces, simple packets and unknown blocks stand in one file")
func nextGenerationBlocks() throws {
  let folder = try Folder()
  let simple = Bytes.block(3, Bytes.number(5, bytes: 4, isBig: false) + [1, 2, 3, 4, 5], isBig: false)
  let unknown = Bytes.block(0x0BAD, [UInt8](repeating: 9, count: 400_000), isBig: false)
  var statistics = Bytes.number(0, bytes: 4, isBig: true) + Bytes.number(1, bytes: 8, isBig: true)
  statistics += Bytes.option(4, Bytes.number(1_000, bytes: 8, isBig: true), isBig: true)
  statistics += Bytes.option(5, Bytes.number(3, bytes: 8, isBig: true), isBig: true)
  statistics += Bytes.option(7, Bytes.number(4, bytes: 8, isBig: true), isBig: true)
  let bytes =
    Bytes.section(isBig: false) + Bytes.interface(link: 101, isBig: false)
    + Bytes.interface(link: 276, isBig: false)
    + Bytes.packet(frames[0], interface: 1, ticks: 5, isBig: false) + unknown + simple
    + Bytes.section(isBig: true) + Bytes.interface(link: 113, isBig: true)
    + Bytes.packet(frames[1], interface: 0, ticks: 9, isBig: true) + Bytes.block(5, statistics, isBig: true)
  var run = try CaptureRun(paths: [try folder.file("capture", bytes)])
  var recording = Recording(recorder: "node-a")
  let reading = try #require(try run.read(into: &recording).first)
  #expect(reading.packets == 3)
  #expect(reading.links == [.cooked2, .raw, .cooked])
  #expect(reading.ending == .whole)
  // The file counts for one interface; of the others nobody knows.
  #expect(reading.losses.map(\.dropped) == [nil, nil, 7])
  #expect(reading.losses.map(\.received) == [1, 1, 1_000])
  #expect(reading.losses.map(\.interface) == [1, 2, 3])
}

@Test("A file cut anywhere gives the records before the cut, and says where it was cut")
func cuts() throws {
  let folder = try Folder()
  for (whole, header) in [(Bytes.classic(frames), 24), (Bytes.nextGeneration(frames), 28)] {
    for length in stride(from: header, through: whole.count, by: 3) {
      let file = try ReadFile(path: try folder.file("capture", Array(whole.prefix(length))))
      let found = file.frames
      #expect(found == Array(seen(frames).prefix(found.count)))
      switch file.ending {
      case .whole: continue
      case .cut(let offset): #expect(offset < length)
      default: Issue.record("cut at \(length): \(String(describing: file.ending))")
      }
    }
  }
}

@Test("A damaged file is read up to the damage")
func damage() throws {
  var absurd = Bytes.classic(frames)
  let start = 24 + 2 * 16 + frames[0].bytes.count + frames[1].bytes.count
  absurd.replaceSubrange(start + 8..<start + 12, with: [255, 255, 255, 255])
  let head = Bytes.section(isBig: false) + Bytes.interface(link: 1, isBig: false)
  let packet = Bytes.packet(frames[0], interface: 0, ticks: 1, isBig: false)
  let foreign = Bytes.packet(frames[0], interface: 7, ticks: 1, isBig: false)
  let unequal = Bytes.block(6, [UInt8](repeating: 0, count: 20), isBig: false, trailer: 99)
  let odd = Bytes.number(6, bytes: 4, isBig: false) + Bytes.number(33, bytes: 4, isBig: false) + [0, 0, 0, 0]
  let orderless: [UInt8] =
    [0x0A, 0x0D, 0x0D, 0x0A, 28, 0, 0, 0, 1, 1, 1, 1] + [UInt8](repeating: 0, count: 16)
  let later = Bytes.section(isBig: true).replacing(12, with: [0, 2, 0, 7])
  let cases: [(bytes: [UInt8], records: UInt64, offset: Int, what: CaptureError.Damage)] = [
    (absurd, 2, start, .length(.max)),
    (head + packet + foreign, 1, (head + packet).count, .undescribedInterface(7)),
    (head + packet + unequal, 1, (head + packet).count, .unequalLengths),
    (head + odd, 0, head.count, .length(33)),
    (head + packet + orderless, 1, (head + packet).count, .byteOrder),
    (head + packet + later, 1, (head + packet).count, .version(2, 7)),
    (later + packet, 0, 0, .version(2, 7)),
  ]
  let folder = try Folder()
  for expected in cases {
    let path = try folder.file("capture", expected.bytes)
    let file = try ReadFile(path: path)
    #expect(file.frames.count == Int(expected.records))
    #expect(
      file.ending
        == .damaged(
          .damaged(
            path: path, offset: UInt64(expected.offset), records: expected.records, what: expected.what)))
  }
}

@Test("Damage in the middle is never taken for a cut last record, whatever length it makes up")
func damageIsNoCut() throws {
  let many = (0..<40).map { Bytes.Frame(1_000_000 * UInt64($0), [UInt8](repeating: 7, count: 60)) }
  var surplus = Bytes.classic(many)
  let third = 24 + 2 * 76
  surplus.replaceSubrange(third + 8..<third + 12, with: Bytes.number(60_000, bytes: 4, isBig: false))
  var snapped = surplus
  snapped.replaceSubrange(third + 12..<third + 16, with: Bytes.number(60_000, bytes: 4, isBig: false))
  snapped.replaceSubrange(16..<20, with: Bytes.number(2_048, bytes: 4, isBig: false))
  var fraction = Bytes.classic(many)
  fraction.replaceSubrange(third + 4..<third + 8, with: Bytes.number(1_000_000, bytes: 4, isBig: false))
  var nano = Bytes.classic(many, isNano: true)
  nano.replaceSubrange(third + 4..<third + 8, with: Bytes.number(1_000_000_000, bytes: 4, isBig: false))
  let cases: [(bytes: [UInt8], records: Int, what: CaptureError.Damage)] = [
    (surplus, 2, .surplus(captured: 60_000, wire: 60)),
    (snapped, 2, .length(60_000)),
    (fraction, 2, .fraction(1_000_000)),
    (nano, 2, .fraction(1_000_000_000)),
  ]
  for expected in cases {
    let (found, ending) = try read(expected.bytes)
    #expect(found == Array(seen(many).prefix(expected.records)))
    guard case .damaged(.damaged(_, _, _, let what)) = ending else {
      Issue.record("\(expected.what): \(String(describing: ending))")
      continue
    }
    #expect(what == expected.what)
  }
}

@Test("Damage in the middle of a pcapng file is never taken for a cut last block", arguments: [false, true])
func damageIsNoCutBlock(isBig: Bool) throws {
  let many = (0..<40).map { Bytes.Frame(1_000_000 * UInt64($0), [UInt8](repeating: 7, count: 60)) }
  let whole = Bytes.nextGeneration(many, isBig: isBig)
  let head = (Bytes.section(isBig: isBig) + Bytes.interface(link: 1, resolution: 9, isBig: isBig)).count
  let third = head + 2 * 92
  // The block's length, the packet's two lengths, the kind of the block.
  let lies: [[(place: Int, value: UInt64)]] = [
    [(4, 60_000)], [(4, 4_000)], [(4, 60_000), (20, 59_968)], [(20, 59_968)],
    [(4, 300_000), (20, 299_968), (24, 299_968)], [(0, 4), (4, 20 << 20)], [(0, 4), (4, 96)], [(8, 9)],
    [(0, 5), (4, 250_000)], [(0, 3), (4, 4_000)],
  ]
  for lie in lies {
    var bytes = whole
    for part in lie {
      let place = third + part.place
      bytes.replaceSubrange(place..<place + 4, with: Bytes.number(part.value, bytes: 4, isBig: isBig))
    }
    let (found, ending) = try read(bytes)
    #expect(found == Array(seen(many).prefix(2)), "\(lie)")
    guard case .damaged = ending else {
      Issue.record("\(lie): \(String(describing: ending))")
      continue
    }
  }
}

@Test("What is no capture is named, with the next step")
func notCaptures() throws {
  let folder = try Folder()
  let cases: [(bytes: [UInt8], words: String)] = [
    ([], "is empty"),
    (Array("kind: Pod\n".utf8), "it looks like text"),
    ([0x1F, 0x8B, 8, 0], "compressed by gzip"),
    ([0x28, 0xB5, 0x2F, 0xFD], "compressed by zstd"),
    ([0, 1, 2, 3], "is not a capture"),
    ([1], "it has no more than 1 byte"),
    (Array("a\n".utf8), "it has no more than 2 bytes"),
    (Bytes.classic([]).replacing(4, with: [9, 0, 9, 0]), "pcap 9.9 is another form"),
    (Bytes.classic(frames, isBig: true).replacing(4, with: [0, 2, 0, 3]), "pcap 2.3 is another form"),
    (Array(Bytes.classic([]).prefix(20)), "it ends within its header"),
    (Array(Bytes.nextGeneration([]).prefix(20)), "it ends within its header"),
    ([0x34, 0xCD, 0xB2, 0xA1], "Kuznetzov's modified pcap is another form"),
    ([0xA1, 0xB2, 0x34, 0xCD], "Mesquita's modified pcap"),
    ([0xA1, 0x2B, 0x3C, 0x4D], "Navtel's pcap"),
    ([0xAC, 0x01, 0x00, 0x1C], "IXIA's capture"),
    (Array("btsnoop\0".utf8) + [0, 0, 0, 1], "btsnoop is another form"),
  ]
  for expected in cases {
    let path = try folder.file("thing", expected.bytes)
    let error = try CaptureRun(paths: [path]).refused.first
    #expect(error?.description.contains(expected.words) == true, "\(String(describing: error))")
    #expect(error?.description.contains("`\(path)`") == true)
    #expect(error?.hint != nil)
  }
  #expect(
    CaptureError.notACapture(path: "-", looks: .compressed(by: "gzip")).hint
      == "put `gzip -dc` before it: `… | gzip -dc | …`")
  #expect(throws: CaptureError.notFound(path: "\(folder.path)/none")) {
    try CaptureRun(paths: ["\(folder.path)/none"])
  }
  #expect(throws: CaptureError.isFolder(path: folder.path)) { try CaptureRun(paths: [folder.path]) }
}

@Test("A record of a packet without bytes does not end the file", arguments: [false, true])
func emptyRecord(isBig: Bool) throws {
  let nothing = Bytes.Frame(frames[2].nanoseconds, [])
  let all = Array(frames[..<2]) + [nothing] + Array(frames[2...])
  for bytes in [
    Bytes.classic(all, isBig: isBig), Bytes.classic(all, isBig: isBig, isNano: true),
    Bytes.nextGeneration(all, isBig: isBig),
  ] {
    let (found, ending) = try read(bytes)
    #expect(found == seen(all))
    #expect(ending == .whole)
  }
}

@Test("What is no capture is left out, and the captures beside it are read")
func refusedBeside() throws {
  let folder = try Folder()
  let good = try folder.file("good", Bytes.classic(frames))
  let bad = [try folder.file("text", Array("kind: Pod\n".utf8)), try folder.file("empty", [])]
  var run = try CaptureRun(paths: [bad[0], good, bad[1]])
  #expect(run.refused == [.notACapture(path: bad[0], looks: .text), .empty(path: bad[1])])
  #expect(run.paths == [good])
  var recording = Recording(recorder: "run")
  #expect(try run.read(into: &recording).map(\.packets) == [UInt64(frames.count)])
}

extension Array where Element == UInt8 {
  /// The same with other bytes from a place on.
  fileprivate func replacing(_ place: Int, with bytes: [UInt8]) -> [UInt8] {
    var copy = self
    copy.replaceSubrange(place..<place + bytes.count, with: bytes)
    return copy
  }
}
