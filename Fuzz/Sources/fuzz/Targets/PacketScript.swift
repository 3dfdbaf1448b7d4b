import Traffic

/// Packets among a few ends, made from bytes: four a packet, so that any bytes are some script.
///
/// Numbers follow each other as a stack would have them where the third byte is zero, so that connections come far by
/// chance.
struct PacketScript {
  private var packets: [Sent] = []

  private struct Sent {
    let nanoseconds: Int64
    let interface: UInt32
    let bytes: [UInt8]
  }

  /// How many packets there are.
  var count: Int { packets.count }

  init(_ bytes: [UInt8]) {
    var pairs = (0..<4).map { Pair(number: UInt8($0)) }
    var clock: Int64 = 1_795_165_080_000_000_000
    for start in stride(from: 0, to: bytes.count - 3, by: 4) {
      let (who, what, shift, length) = (bytes[start], bytes[start + 1], bytes[start + 2], bytes[start + 3])
      clock += [1_000_000, 20_000, 100_000_000_000, -1_000_000_000][Int(who >> 6)]
      let packet = pairs[Int(who & 3)].send(
        isReply: who & 4 != 0, isTranslated: who & 8 != 0, what: what, shift: Int8(bitPattern: shift),
        length: length)
      packets.append(Sent(nanoseconds: clock, interface: UInt32(who >> 4 & 3), bytes: packet))
    }
  }

  /// What the first of them teach.
  func harvest(steps: Int, limit: Int) -> Harvest {
    var recording = Recording(recorder: "fuzz", limit: limit, seed: 1)
    for packet in packets.prefix(steps) {
      lend(packet.bytes) { bytes in
        recording.note(
          bytes, link: .raw, at: Instant(nanoseconds: packet.nanoseconds), interface: packet.interface,
          wireLength: bytes.byteCount)
      }
    }
    return recording.finish()
  }
}

/// Two ends, a Service before one of them, and how far their numbers are.
private struct Pair {
  private let number: UInt8
  private var asked: UInt32 = 1_000
  private var replied: UInt32 = 900_000

  init(number: UInt8) { self.number = number }

  mutating func send(isReply: Bool, isTranslated: Bool, what: UInt8, shift: Int8, length: UInt8) -> [UInt8] {
    let client: [UInt8] = [10, 244, 1, number], port: [UInt8] = [0x9C, 0x40 + number / 2]
    let server: [UInt8] = isTranslated ? [10, 96, 0, 20] : [10, 244, 2, 1 + number / 2]
    // DNS and another port, so that both ways to tell a client are tried.
    let service: [UInt8] = number & 1 == 0 ? [0x1F, 0x90] : [0, 53]
    let ends = isReply ? service + port : port + service
    let hops: UInt8 = isTranslated == isReply ? 63 : 64
    func packet(_ inside: UInt8, _ body: [UInt8]) -> [UInt8] {
      let count = 20 + body.count
      let head: [UInt8] = [0x45, 0, UInt8(count >> 8), UInt8(count & 255), 0, 1, 0x40, 0, hops, inside, 0, 0]
      return head + (isReply ? server + client : client + server) + body
    }
    let sequence = (isReply ? replied : asked) &+ UInt32(bitPattern: Int32(shift))
    let acknowledgement = isReply ? asked : replied
    switch what >> 6 {
    case 3 where what & 1 == 0:
      return packet(
        17, ends + [0, 8 + length % 64, 0, 0] + [UInt8](repeating: what, count: Int(length % 64)))
    case 3 where what & 2 == 0:
      // An SCTP packet with one chunk; who opens knows no tag of the other side yet.
      let kind = length % 16
      let tag = kind == 1 ? 0 : (isReply ? 77 : 99) &+ UInt32(bitPattern: Int32(shift))
      let own = big(isReply ? 99 : 77)
      let content = own + [0, 1, 0, 0, 0, 10, 0, 10] + own
      return packet(132, ends + big(tag) + [0, 0, 0, 0, kind, 3, 0, 20] + content)
    case 3:
      // "Port unreachable", quoting what the other side sent.
      let quoted: [UInt8] = [0x45, 0, 0, 40, 0, 1, 0x40, 0, hops, length & 1 == 0 ? 6 : 17, 0, 0]
      let other = isReply ? port + service : service + port
      let quote = quoted + (isReply ? client + server : server + client) + other + big(acknowledgement)
      return packet(1, [3, length % 16, 0, 0, 0, 0, 0, 0] + quote)
    default:
      let flags = what & 0x3F
      let body = ends + big(sequence) + big(acknowledgement) + [0x50, flags, 255, 255, 0, 0, 0, 0]
      let step = UInt32(length) &+ UInt32(flags & 1) &+ UInt32(flags >> 1 & 1)
      // A further sighting has the same numbers.
      if !isTranslated { if isReply { replied = sequence &+ step } else { asked = sequence &+ step } }
      return packet(6, body + [UInt8](repeating: 0x78, count: Int(length)))
    }
  }

  private func big(_ value: UInt32) -> [UInt8] {
    stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> UInt32($0)) }
  }
}
