import Glibc
import TestSupport
import Testing

@testable import Traffic

/// Lowers what this process may have of address space to so much more than it has.
private func leaveMebibytes(_ mebibytes: Int) throws {
  let sizes = String(decoding: try FileBytes.read("/proc/self/statm"), as: UTF8.self)
  let pages = try #require(sizes.split(separator: " ").first.flatMap { Int($0) })
  let most = rlim_t(pages * 4_096 + mebibytes << 20)
  var limit = rlimit(rlim_cur: most, rlim_max: most)
  // The call reads the value that it is given.
  try #require(unsafe setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0)
}

/// Takes note of packets as they come, 50 µs after one another.
private struct Tap: ~Copyable {
  var recording = Recording(recorder: "test")
  var clock: Int64 = 1_795_165_080_000_000_000

  mutating func note(_ packet: [UInt8]) {
    clock += 50_000
    let frame = packet.span
    // In bounds: the span is the array's own.
    let bytes = unsafe frame.bytes
    recording.note(bytes, link: .raw, at: Instant(nanoseconds: clock), wireLength: packet.count)
  }

  consuming func finish() -> Harvest { recording.finish() }
}

/// What is found where one client asks 30,000 doors within three seconds, over TCP and UDP, and another one after that.
private func scanned() -> Harvest {
  var tap = Tap()
  let (scanner, client) = (Address(test: "10.244.1.66"), Address(test: "10.244.1.10"))
  let server = Address(test: "10.244.2.11")
  for port in UInt16(1)...30_000 {
    tap.note(Wire.ip(scanner, server, Wire.tcp(40_000, port, sequence: UInt32(port) &* 7_919)))
    tap.note(Wire.ip(scanner, server, inside: 17, Wire.udp(40_000, port)))
  }
  tap.clock += 10_000_000_000
  tap.note(Wire.ip(client, server, Wire.tcp(40_000, 80, sequence: 10)))
  tap.note(Wire.ip(server, client, Wire.tcp(80, 40_000, sequence: 20, acknowledgement: 11, flags: 0x12)))
  tap.note(Wire.ip(client, server, Wire.tcp(40_000, 80, sequence: 11, acknowledgement: 21, flags: 0x10)))
  return tap.finish()
}

@Suite("Where a process has little address space, what finds no room is counted")
struct ScarceMemoryTests {
  @Test("and what was established is kept", arguments: [48, 64, 96, 160, 320, 640, 1_280])
  func scan(mebibytes: Int) async {
    await #expect(processExitsWith: .success) { [mebibytes] in
      try leaveMebibytes(mebibytes)
      let harvest = scanned()
      #expect(harvest.frames == 60_003)
      #expect(harvest.facts.count { $0.key.tier == .established } == 1)
      let doors = harvest.facts.count { $0.key.port != 80 }
      #expect(doors > 1_000)
    }
  }
}
