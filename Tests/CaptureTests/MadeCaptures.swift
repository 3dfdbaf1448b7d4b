import TestSupport
import Testing
import Traffic

/// Captures of every form of frame that the packet builder can make.
struct MadeCapture: CustomTestStringConvertible {
  let name: String
  let form: FrameForm
  let frames: [(at: Instant, bytes: [UInt8], kept: Int)]

  var testDescription: String { name }

  /// The file, in one of the ways in which it may be written.
  func bytes(
    precision: CaptureWriter.Precision = .microseconds, order: CaptureWriter.ByteOrder = .littleEndian
  ) -> [UInt8] {
    var writer = CaptureWriter(form, precision: precision, order: order)
    for frame in frames { writer.write(frame.bytes, at: frame.at, keeping: frame.kept) }
    return writer.bytes
  }

  /// The payments story in every form, with tags and in overlays, and packets that no story has.
  static func all() throws -> [MadeCapture] {
    let story = try TrafficScript(try Repository.text("samples/payments/story.txt"))
    var made = FrameForm.allCases.map { MadeCapture(name: "story-\($0)", form: $0, frames: story.frames($0)) }
    for (name, tags) in [("vlan", [0x8100]), ("qinq", [0x88A8, 0x8100])] as [(String, [UInt16])] {
      for form in [FrameForm.ethernet, .cooked2] {
        let frames = story.frames(form) { header, _, _ in header.tags = tags }
        made.append(MadeCapture(name: "story-\(name)-\(form)", form: form, frames: frames))
      }
    }
    for carrier in Carrier.allCases {
      for (version, nodes) in [("4", nodes), ("6", nodes6)] {
        let frames = story.frames(.ethernet) { _, content, packet in
          guard content != .arp else { return }
          packet = carrier.carry(packet, from: nodes.0, to: nodes.1)
          content = version == "4" ? .ipv4 : .ipv6
        }
        made.append(MadeCapture(name: "story-in-\(carrier)-over-\(version)", form: .ethernet, frames: frames))
      }
    }
    let bare = MadeCapture(name: "families", form: .raw, frames: timed(families))
    let carried = MadeCapture(
      name: "families-in-vxlan", form: .raw,
      frames: timed(families.map { Carrier.vxlan.carry($0, from: nodes.0, to: nodes.1) }))
    return made + [bare, carried]
  }

  private static let nodes = (address("10.0.0.11"), address("10.0.0.12"))
  private static let nodes6 = (address("2001:db8::11"), address("2001:db8::12"))

  private static func address(_ text: String) -> Address { Address(text) ?? Address(v4: 0) }

  private static func timed(_ packets: [[UInt8]]) -> [(at: Instant, bytes: [UInt8], kept: Int)] {
    packets.enumerated().map { index, packet in
      (Instant(nanoseconds: 1_795_165_080_000_000_000 + Int64(index) * 1_000_000), packet, .max)
    }
  }

  /// Every transport over both families, whole and in fragments, behind extension headers, and refused.
  private static var families: [[UInt8]] {
    let ends = [("10.244.1.10", "10.244.2.11"), ("fd00:1::10", "fd00:2::11")].map {
      (Socket(address($0.0), 40_000), Socket(address($0.1), 38_412))
    }
    var packets: [[UInt8]] = []
    for (client, server) in ends {
      let whole = [
        PacketBuilder.tcp(TCPSegment(.syn, sequence: 7), from: client, to: server),
        PacketBuilder.udp(Array("gauge:1|g".utf8), from: client, to: server),
        PacketBuilder.sctp(SCTPPacket(tag: 0, .initiation(tag: 77)), from: client, to: server),
        PacketBuilder.sctp(SCTPPacket(tag: 77, .initiationAck(tag: 99)), from: server, to: client),
        PacketBuilder.sctp(
          SCTPPacket(tag: 99, .cookieEcho, .data([1, 2, 3], number: 77)), from: client, to: server),
      ]
      packets += whole
      packets += whole.map { quoted in
        PacketBuilder.unreachable(quoting: quoted, from: server.address, to: client.address)
      }
      let large = PacketBuilder.udp([UInt8](repeating: 0x78, count: 900), from: client, to: server)
      packets += PacketBuilder.fragments(of: large, size: 400)
    }
    // Hop by hop, routing, destination options (RFC 8200 §4).
    let (client, server) = ends[1]
    let segment = PacketBuilder.tcp(TCPSegment(.syn, sequence: 7), from: client, to: server).dropFirst(40)
    let headers: [UInt8] =
      [43, 0, 1, 4, 0, 0, 0, 0] + [60, 0, 253, 0, 0, 0, 0, 0] + [6, 0, 1, 4, 0, 0, 0, 0]
    packets.append(
      PacketBuilder.ip(from: client.address, to: server.address, protocol: 0, headers + segment))
    return packets
  }
}
