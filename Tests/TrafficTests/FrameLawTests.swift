import TestSupport
import Testing

@testable import Traffic

/// Frames of every form that is understood, with the link that they are of.
private let frames: [(bytes: [UInt8], link: LinkType)] = {
  let four = (Socket(test: "10.244.1.10", 40_000), Socket(test: "10.244.2.11", 8_080))
  let six = (Socket(test: "fd00:1::10", 40_000), Socket(test: "fd00:2::11", 8_080))
  let nodes = (Address(test: "10.0.0.11"), Address(test: "10.0.0.12"))
  var packets: [[UInt8]] = []
  for (from, to) in [four, six] {
    packets.append(PacketBuilder.tcp(TCPSegment(.syn, sequence: 77), from: from, to: to))
    packets.append(PacketBuilder.udp([1, 2, 3, 4], from: from, to: to))
    packets.append(PacketBuilder.sctp(SCTPPacket(tag: 0, .initiation(tag: 9)), from: from, to: to))
    packets.append(
      PacketBuilder.sctp(SCTPPacket(tag: 9, .cookieEcho, .data([1], number: 2)), from: from, to: to))
    packets += packets.suffix(3).map {
      PacketBuilder.unreachable(quoting: $0, from: to.address, to: from.address)
    }
  }
  packets.append(
    Wire.extended(
      six.0.address, six.1.address, [(0, [0, 1, 4, 0, 0, 0, 0]), (44, [0, 0, 0, 0, 0, 0, 9])],
      Wire.tcp(40_000, 8_080), inside: 6))
  packets.append(
    Wire.ip(four.0.address, four.1.address, Wire.tcp(40_000, 8_080), options: [7, 7, 4, 0, 0, 0, 0, 0]))
  for carrier in Carrier.allCases {
    packets += packets.prefix(16).map { carrier.carry($0, from: nodes.0, to: nodes.1) }
  }
  packets += packets.suffix(8).map { Carrier.vxlan.carry($0, from: nodes.0, to: nodes.1) }
  return packets.enumerated().flatMap { index, packet in
    let content: TestSupport.LinkHeader.Content = packet[0] >> 4 == 4 ? .ipv4 : .ipv6
    let header = TestSupport.LinkHeader(tags: index.isMultiple(of: 3) ? [0x88A8, 0x8100] : [])
    return FrameForm.allCases.compactMap { form in
      header.frame(content, packet, as: form).map { ($0, LinkType(number: form.rawValue)) }
    }
  }
}()

/// What matters of a packet, for comparing.
private struct Gist: Equatable {
  let ends: [Socket]
  let hops: UInt8
  let kind: String

  init(_ packet: Decoded) {
    ends = [packet.source, packet.destination]
    hops = packet.hops
    kind =
      switch packet.content {
      case .segment(let segment): "TCP \(segment.sequence) \(segment.flags) \(segment.length)"
      case .datagram: "UDP"
      case .chunks(let chunks): "SCTP \(chunks.tag) \(chunks.initiateTag)"
      case .refusal(let refusal): "refused \(refusal.source) \(refusal.destination) \(refusal.sequence)"
      }
  }
}

private func gist(_ bytes: [UInt8], _ link: LinkType, wireLength: Int? = nil) -> Result<Gist, Passed> {
  Wire.decode(bytes, link: link, wireLength: wireLength).map(Gist.init)
}

@Suite("Laws of frames, for every form")
struct FrameLawTests {
  @Test("a frame that is cut says the same as the whole, or that it is cut")
  func prefixes() throws {
    #expect(frames.count > 700)
    for frame in frames {
      let whole = try gist(frame.bytes, frame.link).get()
      for length in 0..<frame.bytes.count {
        switch gist(Array(frame.bytes.prefix(length)), frame.link, wireLength: frame.bytes.count) {
        case .success(let part):
          #expect(part == whole, "\(frame.link), \(length) bytes of \(frame.bytes)")
        case .failure(let reason):
          // An error without a quote is one of ICMP's many messages.
          let isExpected =
            [.cut, .overlayCut].contains(reason) || reason == .icmp && whole.kind.hasPrefix("refused")
          #expect(isExpected, "\(reason): \(frame.link), \(length) bytes of \(frame.bytes)")
        }
      }
    }
  }

  @Test("bytes behind the packet say nothing", arguments: UInt64(1)...5)
  func padding(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for frame in frames {
      let tail = (0..<Int.random(in: 1...60, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      #expect(try gist(frame.bytes + tail, frame.link).get() == gist(frame.bytes, frame.link).get())
    }
  }

  @Test("no byte anywhere traps", arguments: UInt64(1)...40)
  func mutants(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let links = FrameForm.allCases.map { LinkType(number: $0.rawValue) }
    var decoded = 0
    for _ in 0..<1_000 {
      guard let original = frames.randomElement(using: &random) else { continue }
      var frame = original.bytes
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<frame.count, using: &random)
        frame[place] = Bool.random(using: &random) ? UInt8.random(in: 0...255, using: &random) : 255
      }
      if Bool.random(using: &random) { frame.removeLast(Int.random(in: 0...frame.count, using: &random)) }
      let link = Bool.random(using: &random) ? original.link : links.randomElement(using: &random) ?? .raw
      let wireLength = Int.random(in: 0...Int.max, using: &random)
      if case .success = gist(frame, link, wireLength: wireLength) { decoded += 1 }
    }
    #expect(decoded > 100, "most mutants decode to nothing, so they try little")
  }
}
