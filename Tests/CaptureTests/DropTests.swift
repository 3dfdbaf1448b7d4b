import Testing
import Traffic

@testable import Capture

private typealias Bytes = CaptureBytes

/// The upper half of the microseconds of a day in 2026.
private let day: UInt64 = 417_970

private func losses(_ blocks: [[UInt8]]) throws -> [Loss] {
  let folder = try Folder()
  let head = Bytes.section(isBig: false) + Bytes.interface(link: 101, isBig: false)
  var run = try CaptureRun(
    paths: [
      try folder.file("capture", head + Bytes.interface(link: 1, isBig: false) + blocks.flatMap(\.self))
    ])
  var recording = Recording(recorder: "node-a")
  return try run.read(into: &recording).flatMap(\.losses)
}

/// A packet with an option that says how many were dropped before it.
private func packet(_ interface: UInt64, at ticks: UInt64, dropped: UInt64?) -> [UInt8] {
  func word(_ value: UInt64) -> [UInt8] { Bytes.number(value, bytes: 4, isBig: false) }
  var body = word(interface) + word(day) + word(ticks) + word(5) + word(60) + [1, 2, 3, 4, 5, 0, 0, 0]
  // Flags before it, which nobody asks for, and a comment behind it.
  body += Bytes.option(2, [0, 0, 0, 1], isBig: false)
  if let dropped { body += Bytes.option(4, Bytes.number(dropped, bytes: 8, isBig: false), isBig: false) }
  body += Bytes.option(1, Array("dropped".utf8), isBig: false) + Bytes.option(0, [], isBig: false)
  return Bytes.block(6, body, isBig: false)
}

/// What an interface counted up to a moment.
private func statistics(_ interface: UInt64, at ticks: UInt64, _ options: [(UInt64, UInt64)]) -> [UInt8] {
  var body = Bytes.number(interface, bytes: 4, isBig: false) + Bytes.number(day, bytes: 4, isBig: false)
  body += Bytes.number(ticks, bytes: 4, isBig: false)
  for (code, value) in options {
    body += Bytes.option(code, Bytes.number(value, bytes: 8, isBig: false), isBig: false)
  }
  return Bytes.block(5, body, isBig: false)
}

@Test("What packets say was dropped before them adds up by interface")
func droppedBeforePackets() throws {
  let found = try losses([
    packet(0, at: 1, dropped: 3), packet(0, at: 2, dropped: nil), packet(0, at: 3, dropped: 4),
    packet(1, at: 4, dropped: nil),
  ])
  #expect(found.map(\.dropped) == [7, nil])
  #expect(found.map(\.received) == [3, 1])
}

@Test("What an interface counted itself says more than what its packets say")
func countersBeforePackets() throws {
  let found = try losses([
    packet(0, at: 1, dropped: 3), packet(1, at: 2, dropped: 5),
    statistics(0, at: 9, [(4, 100), (5, 2)]), statistics(0, at: 10, [(4, 200), (5, 11), (7, 1)]),
    statistics(1, at: 11, [(4, 300)]),
  ])
  // Of the second interface the statistics say nothing about drops.
  #expect(found.map(\.dropped) == [12, 5])
  #expect(found.map(\.received) == [200, 300])
}

/// The largest number that a store keeps.
private let most = UInt64(Int64.max)

@Test("Drops that no number holds are the largest number, not few")
func overflowingDrops() throws {
  let found = try losses([packet(0, at: 1, dropped: .max), packet(0, at: 2, dropped: 2)])
  #expect(found.map(\.dropped) == [most, nil])
  let counted = try losses([statistics(0, at: 1, [(5, .max), (7, .max)])])
  #expect(counted.map(\.dropped) == [most, nil])
}

@Test("A packet of the old form counts drops in two bytes, where all ones say that nobody counted")
func oldPackets() throws {
  func old(_ interface: UInt64, _ drops: UInt64) -> [UInt8] {
    var body = Bytes.number(interface, bytes: 2, isBig: false) + Bytes.number(drops, bytes: 2, isBig: false)
    for word in [day, 7, 3, 60] as [UInt64] { body += Bytes.number(word, bytes: 4, isBig: false) }
    return Bytes.block(2, body + [1, 2, 3], isBig: false)
  }
  #expect(try losses([old(0, 2), old(0, 0), old(1, 0xFFFF)]).map(\.dropped) == [2, nil])
  #expect(try losses([old(0, 0xFFFF), old(1, 0xFFFF)]).map(\.dropped) == [nil])
}

@Test("Options that reach beyond their block count for nothing")
func lyingOptions() throws {
  var lying = packet(0, at: 1, dropped: 3)
  // The length of the first option, behind a packet of 28 + 8 bytes.
  lying.replaceSubrange(38..<40, with: [0xFF, 0xFF])
  #expect(try losses([lying]).map(\.dropped) == [nil])
}
