import Testing

@testable import Traffic

private let one = Socket(test: "10.244.1.10", 36_412)
private let two = Socket(test: "fd00:1::11", 38_412)
private let own: UInt32 = 0xA0B0_C0D0

/// One chunk; its length is that of its bytes unless it lies.
private func chunk(_ kind: UInt8, flags: UInt8 = 0, _ content: [UInt8] = [], length: Int? = nil) -> [UInt8] {
  let padding = [UInt8](repeating: 0, count: (4 - content.count % 4) % 4)
  return Wire.join([kind, flags], Wire.number16(length ?? content.count + 4), content, padding)
}

private func opening(_ kind: UInt8, tag: UInt32 = own) -> [UInt8] {
  chunk(kind, Wire.number32(tag) + [UInt8](repeating: 1, count: 12))
}

private func packet(tag: UInt32, _ chunks: [UInt8]...) -> [UInt8] {
  let body = Wire.join(
    Wire.number16(36_412), Wire.number16(38_412), Wire.number32(tag), [0, 0, 0, 0], Array(chunks.joined()))
  return Wire.ip(one.address, Address(test: "10.244.1.11"), inside: 132, body)
}

struct Said: CustomTestStringConvertible {
  let testDescription: String
  let frame: [UInt8]
  let kinds: Chunks.Kinds
  var tag: UInt32 = 7
  var initiateTag: UInt32 = 0
  var isTagReflected = false
}

private let bytes = [UInt8](repeating: 0x78, count: 13)

@Test(
  "An SCTP packet is the kinds of its chunks and its tags",
  arguments: [
    Said(
      testDescription: "INIT", frame: packet(tag: 0, opening(1)), kinds: .initiation, tag: 0, initiateTag: own
    ),
    Said(
      testDescription: "INIT-ACK", frame: packet(tag: 7, opening(2)), kinds: .initiationAck, initiateTag: own),
    Said(
      testDescription: "COOKIE-ECHO with DATA of 13 bytes, padded, and SACK",
      frame: packet(tag: 7, chunk(10, bytes), chunk(0, bytes), chunk(3, bytes)),
      kinds: [.cookieEcho, .data, .sack]),
    Said(testDescription: "COOKIE-ACK", frame: packet(tag: 7, chunk(11)), kinds: .cookieAck),
    Said(testDescription: "I-DATA", frame: packet(tag: 7, chunk(64, bytes)), kinds: .data),
    Said(testDescription: "HEARTBEAT", frame: packet(tag: 7, chunk(4, bytes)), kinds: .heartbeat),
    Said(testDescription: "HEARTBEAT-ACK", frame: packet(tag: 7, chunk(5, bytes)), kinds: .heartbeatAck),
    Said(testDescription: "ABORT", frame: packet(tag: 7, chunk(6)), kinds: .abort),
    Said(
      testDescription: "ABORT of who knows no tag", frame: packet(tag: 7, chunk(6, flags: 1)), kinds: .abort,
      isTagReflected: true),
    Said(testDescription: "SHUTDOWN", frame: packet(tag: 7, chunk(7, [0, 0, 0, 1])), kinds: .shutdown),
    Said(testDescription: "SHUTDOWN-ACK", frame: packet(tag: 7, chunk(8)), kinds: .shutdownAck),
    Said(testDescription: "ERROR", frame: packet(tag: 7, chunk(9, [0, 1, 0, 4])), kinds: .error),
    Said(testDescription: "SHUTDOWN-COMPLETE", frame: packet(tag: 7, chunk(14)), kinds: .shutdownComplete),
    Said(
      testDescription: "a change of addresses", frame: packet(tag: 7, chunk(0xC1, bytes)), kinds: .other),
    Said(
      testDescription: "DATA that the snap length cut",
      frame: Array(packet(tag: 7, chunk(11), chunk(0, bytes), chunk(3)).prefix(20 + 12 + 4 + 4 + 5)),
      kinds: [.cookieAck, .data]),
    Said(
      testDescription: "DATA that goes on in the next fragment",
      frame: packet(tag: 7, chunk(0, length: 4_000)),
      kinds: .data),
  ])
func chunks(said: Said) throws {
  let packet = try Wire.decode(said.frame).get()
  #expect(packet.source == one)
  #expect(packet.destination == Socket(test: "10.244.1.11", two.port))
  guard case .chunks(let chunks) = packet.content else {
    Issue.record("no chunks")
    return
  }
  #expect(chunks.kinds == said.kinds)
  #expect(chunks.tag == said.tag)
  #expect(chunks.initiateTag == said.initiateTag)
  #expect(chunks.isTagReflected == said.isTagReflected)
  #expect(chunks.hasBytes == said.kinds.contains(.data))
}

@Test(
  "SCTP that no receiver would take is malformed, and cut where its tags are missing",
  arguments: [
    (packet(tag: 7), Passed.malformed),
    (packet(tag: 7, chunk(0, length: 3)), .malformed),
    (packet(tag: 7, chunk(11), chunk(0, length: 0)), .malformed),
    (packet(tag: 7, opening(1)), .malformed),
    (packet(tag: 0, opening(2)), .malformed),
    (packet(tag: 0, opening(1, tag: 0)), .malformed),
    (packet(tag: 0, opening(1), chunk(0, bytes)), .malformed),
    (packet(tag: 0, chunk(11), opening(1)), .malformed),
    (packet(tag: 0, opening(1), opening(1, tag: 9)), .malformed),
    (packet(tag: 0, chunk(1, [0, 0, 0, 9])), .malformed),
    (Array(packet(tag: 0, opening(1)).prefix(20 + 12 + 6)), .cut),
    (Array(packet(tag: 7, chunk(11)).prefix(20 + 14)), .cut),
  ])
func refusedChunks(frame: [UInt8], reason: Passed) {
  guard case .failure(let found) = Wire.decode(frame) else {
    Issue.record("decoded")
    return
  }
  #expect(found == reason)
}

@Test("SCTP over IPv6 is read as over IPv4")
func chunksOverIPv6() throws {
  let frame = Wire.ip(
    two.address, Address(test: "fd00:1::12"), inside: 132, Array(packet(tag: 0, opening(1))[20...]))
  let packet = try Wire.decode(frame).get()
  #expect(packet.source == Socket(two.address, one.port))
  guard case .chunks(let chunks) = packet.content else {
    Issue.record("no chunks")
    return
  }
  #expect(chunks.initiateTag == own)
}
