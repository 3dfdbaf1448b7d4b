import Glibc
import Testing
import Traffic

@testable import Capture

private typealias Bytes = CaptureBytes

/// A TCP segment in a raw IPv4 packet.
private func segment(
  _ source: [UInt8], _ port: UInt64, to destination: [UInt8], _ other: UInt64, _ sequence: UInt64,
  _ acknowledged: UInt64,
  _ flags: UInt8, bytes: Int = 0
) -> [UInt8] {
  func number(_ value: UInt64, _ count: Int) -> [UInt8] { Bytes.number(value, bytes: count, isBig: true) }
  let header: [UInt8] = [0x45, 0] + number(UInt64(40 + bytes), 2) + [0, 0, 0, 0, 64, 6, 0, 0]
  var packet = header + source + destination + number(port, 2) + number(other, 2)
  packet += number(sequence, 4) + number(acknowledged, 4) + [0x50, flags, 255, 255, 0, 0, 0, 0]
  return packet + [UInt8](repeating: 0x78, count: bytes)
}

/// Connections of three clients through a Service, interleaved, each packet seen on both sides of it.
private let traffic: [Bytes.Frame] = {
  var frames: [Bytes.Frame] = []
  var clock: UInt64 = 1_795_165_080_000_000_000
  func send(
    _ client: UInt8, _ isReply: Bool, _ sequence: UInt64, _ acknowledged: UInt64, _ flags: UInt8, _ bytes: Int
  ) {
    let pod: [UInt8] = [10, 244, 1, client]
    for (server, port) in [([10, 96, 0, 20], 80), ([10, 244, 2, 11], 8_080)] as [([UInt8], UInt64)] {
      let packet =
        isReply
        ? segment(server, port, to: pod, 40_000, sequence, acknowledged, flags, bytes: bytes)
        : segment(pod, 40_000, to: server, port, sequence, acknowledged, flags, bytes: bytes)
      frames.append(Bytes.Frame(clock, packet, link: 101))
      clock += 10_000
    }
    clock += 1_000_000
  }
  let script: [(isReply: Bool, UInt64, UInt64, UInt8, Int)] = [
    (false, 0, 0, 2, 0), (true, 0, 1, 18, 0), (false, 1, 1, 16, 0), (false, 1, 1, 24, 50),
    (true, 1, 51, 24, 70),
    (false, 51, 71, 17, 0), (true, 71, 52, 17, 0), (false, 52, 72, 16, 0),
  ]
  for round in UInt64(0)..<4 {
    for (isReply, sequence, acknowledged, flags, bytes) in script {
      for client in UInt8(1)...3 {
        // Sides have numbers of their own in each round.
        let mine = round * 1_000_000 + UInt64(client) * 7_777
        let theirs = mine + 500_000
        send(
          client, isReply, sequence + (isReply ? theirs : mine),
          flags == 2 ? 0 : acknowledged + (isReply ? mine : theirs), flags, bytes)
      }
    }
    clock += 700_000_000_000
  }
  return frames
}()

private func harvest(_ paths: [String]) throws -> (harvest: Harvest, readings: [CaptureReading]) {
  var run = try CaptureRun(paths: paths)
  var recording = Recording(recorder: "run")
  let readings = try run.read(into: &recording)
  return (recording.finish(), readings)
}

@Test("Cutting a capture anywhere into two files of one run changes no fact")
func cutInTwo() throws {
  let folder = try Folder()
  let whole = try harvest([try folder.file("whole", Bytes.classic(traffic, isNano: true, link: 101))])
  #expect(whole.harvest.connections == 12)
  #expect(whole.harvest.facts.allSatisfy { $0.key.tier == .used && $0.key.dialled?.port == 80 })
  for cut in stride(from: 0, through: traffic.count, by: 5) {
    let one = try folder.file("one", Bytes.classic(Array(traffic[..<cut]), isNano: true, link: 101))
    let other = try folder.file("other", Bytes.classic(Array(traffic[cut...]), isNano: true, link: 101))
    let halves = try harvest([other, one])
    let isSame = halves.harvest == whole.harvest
    #expect(isSame, "cut before record \(cut)")
    #expect(halves.readings.map(\.packets) == [UInt64(traffic.count - cut), UInt64(cut)])
  }
}

/// Datagrams of one moment, each from a low port to the one before it: who sent first depends on their order alone.
private func datagrams(_ ports: [UInt64], at clock: UInt64) -> [Bytes.Frame] {
  zip(ports, ports.dropFirst()).map { other, port in
    let ends: [UInt8] = port > other ? [10, 244, 1, 1, 10, 244, 1, 2] : [10, 244, 1, 2, 10, 244, 1, 1]
    let numbers = Bytes.number(port, bytes: 2, isBig: true) + Bytes.number(other, bytes: 2, isBig: true)
    let header: [UInt8] = [0x45, 0, 0, 30, 0, 0, 0, 0, 64, 17, 0, 0]
    return Bytes.Frame(clock, header + ends + numbers + [0, 10, 0, 0, 1, 2], link: 101)
  }
}

@Test("Any order of the files of a run gives the same facts, also where the clock can't tell who sent first")
func orderOfNames() throws {
  let folder = try Folder()
  let clock: UInt64 = 1_795_165_080_000_000_000
  let parts =
    [[500, 600, 500, 600], [600, 500, 600], [600, 500], [600, 500, 600, 500, 700]] as [[UInt64]]
  let paths = try parts.enumerated().map { index, ports in
    try folder.file("\(index)", Bytes.classic(datagrams(ports, at: clock), isNano: true, link: 101))
  }
  let expected = try harvest(paths).harvest
  #expect(expected.facts.count == 2)
  for order in [[3, 2, 1, 0], [1, 0, 3, 2], [2, 3, 0, 1], [1, 2, 3, 0], [2, 0, 1, 3]] {
    let isSame = try harvest(order.map { paths[$0] }).harvest == expected
    #expect(isSame, "\(order)")
  }
}

@Test("Cutting UDP anywhere into two files of one run changes no fact, also between frames of one moment")
func cutDatagramsInTwo() throws {
  let folder = try Folder()
  var frames = datagrams([500, 600], at: 1_795_165_080_000_000_000)
  // Bursts that either end begins, within an exchange, after its end, and after a break that may hide one.
  for (seconds, ports) in [
    (1, [600, 500, 600, 500]), (30, [500, 600, 500]), (170, [600, 500, 600]), (200, [500, 700, 500, 600]),
    (340, [600, 500, 600, 500, 700]),
  ] as [(UInt64, [UInt64])] {
    frames += datagrams(ports, at: (1_795_165_080 + seconds) * 1_000_000_000)
  }
  let whole = try harvest([try folder.file("whole", Bytes.classic(frames, isNano: true, link: 101))]).harvest
  #expect(whole.exchanges == 5 && whole.facts.count == 4)
  for cut in 0...frames.count {
    let one = try folder.file("one", Bytes.classic(Array(frames[..<cut]), isNano: true, link: 101))
    let other = try folder.file("other", Bytes.classic(Array(frames[cut...]), isNano: true, link: 101))
    for order in [[one, other], [other, one]] {
      let isSame = try harvest(order).harvest == whole
      #expect(isSame, "cut before record \(cut)")
    }
  }
}

@Test("Files that overlap are read in the order of time")
func overlap() throws {
  let folder = try Folder()
  let whole = try harvest([try folder.file("whole", Bytes.nextGeneration(traffic))])
  let paths = try (0..<3).map { index in
    let part = traffic.indices.filter { $0 % 3 == index }.map { traffic[$0] }
    return try folder.file("part\(index)", Bytes.classic(part, isBig: true, isNano: true, link: 101))
  }
  #expect(try harvest(paths).harvest.lines == whole.harvest.lines)
}

@Test("A run without a name is named after its files, in whatever order they come")
func runNames() throws {
  let folder = try Folder()
  let paths = [
    try folder.file("one", Bytes.classic(Array(traffic[..<50]), link: 101)),
    try folder.file("other", Bytes.classic(Array(traffic[50...]), link: 101)),
  ]
  var names: Set<String> = []
  for order in [paths, paths.reversed(), [paths[0]]] {
    var run = try CaptureRun(paths: order)
    var recording = Recording(recorder: "")
    let readings = try run.read(into: &recording)
    #expect(readings.flatMap(\.losses).allSatisfy { $0.recorder == recording.recorder && $0.dropped == nil })
    names.insert(recording.recorder)
  }
  #expect(names.count == 2)
  #expect(names.allSatisfy { $0.hasPrefix("files-") && $0.utf8.count == 22 })
}

@Test("A fingerprint is the same through a pipe and changes with every byte that counts")
func fingerprints() throws {
  let bytes = Array(Bytes.classic(traffic, link: 101))
  let folder = try Folder()
  let path = try folder.file("file", bytes)
  let expected = try #require(try CaptureRun(paths: [path]).fingerprints().first ?? nil)
  #expect(Fingerprint(expected.description) == expected)

  var passing = Fingerprint.Passing()
  for start in stride(from: 0, to: bytes.count, by: 1_000) {
    passing.note(bytes[start..<min(start + 1_000, bytes.count)])
  }
  #expect(passing.fingerprint == expected)
  let large = [UInt8]((0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) })
  for step in [70_001, 65_536, 65_535, 4_096, 999] {
    var parts = Fingerprint.Passing()
    for start in stride(from: 0, to: large.count, by: step) {
      parts.note(large[start..<min(start + step, large.count)])
    }
    let whole = Fingerprint(size: 300_000, head: large.prefix(65_536), tail: large.suffix(65_536))
    #expect(parts.fingerprint == whole, "\(step) bytes at a time")
  }

  var changed = bytes
  changed[bytes.count - 1] ^= 1
  #expect(try CaptureRun(paths: [try folder.file("changed", changed)]).fingerprints() != [expected])
  // Stores keep it, so it must stay what it is: FNV-1a of eight zeros, which are the size of nothing.
  #expect(Fingerprint(size: 0, head: [], tail: []).description == "9d30c1f78465995be47dda5e4e4e77ed")
}

@Test("A pipe is read like a file")
func pipes() throws {
  let folder = try Folder()
  let path = "\(folder.path)/pipe"
  // Valid: Swift lends the path as terminated text.
  #expect(unsafe mkfifo(path, 0o600) == 0)
  let bytes = Bytes.classic(Array(traffic.prefix(100)), isNano: true, link: 101)
  // Opened for both, so that neither end waits; what fits into the pipe is written before it is read.
  let pipe = unsafe open(path, O_RDWR)
  #expect(unsafe bytes.withUnsafeBytes { unsafe write(pipe, $0.baseAddress, $0.count) } == bytes.count)
  var run = try CaptureRun(paths: [path])
  close(pipe)
  var recording = Recording(recorder: "")
  #expect(try run.fingerprints() == [nil])
  let reading = try #require(try run.read(into: &recording).first)
  let file = try folder.file("file", bytes)
  #expect(reading.packets == 100)
  #expect(try CaptureRun(paths: [file]).fingerprints() == [reading.fingerprint])
}

extension Harvest {
  /// Facts without their interfaces, which files of another form name otherwise.
  fileprivate var lines: [String] {
    facts.map {
      "\($0.key.hour) \($0.key.client) \($0.key.server) \($0.key.port) \($0.key.tier) x\($0.conversations)"
    }
  }
}
