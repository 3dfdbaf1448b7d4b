@testable import Traffic

/// Frames, header by header, for tests that need to lie in one of them.
enum Wire {
  static func number16(_ value: Int) -> [UInt8] { [UInt8(value >> 8 & 255), UInt8(value & 255)] }

  static func number32(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
  }

  static func bytes(_ address: Address) -> [UInt8] {
    if let v4 = address.v4Bits { return number32(v4) }
    return (0..<16).map { UInt8(truncatingIfNeeded: address.bits >> UInt128(120 - 8 * $0)) }
  }

  /// Parts behind one another; long sums of arrays are too much for the type checker.
  ///
  /// Appended whole: byte by byte, as `joined` goes, was half of what these tests did.
  static func join(_ parts: [UInt8]...) -> [UInt8] { parts.reduce(into: []) { $0 += $1 } }

  static func tcp(
    _ source: UInt16, _ destination: UInt16, sequence: UInt32 = 1, acknowledgement: UInt32 = 0,
    flags: UInt8 = 2, options: [UInt8] = [], payload: [UInt8] = []
  ) -> [UInt8] {
    join(
      number16(Int(source)), number16(Int(destination)), number32(sequence), number32(acknowledgement),
      [UInt8((20 + options.count) / 4 * 16), flags], number16(65_535), [0, 0, 0, 0], options, payload)
  }

  static func udp(
    _ source: UInt16, _ destination: UInt16, payload: [UInt8] = [], length: Int? = nil
  ) -> [UInt8] {
    join(
      number16(Int(source)), number16(Int(destination)), number16(length ?? 8 + payload.count), [0, 0],
      payload)
  }

  static func ip(
    _ source: Address, _ destination: Address, inside: UInt8 = 6, _ payload: [UInt8], hops: UInt8 = 64,
    options: [UInt8] = [], fragment: Int = 0, length: Int? = nil
  ) -> [UInt8] {
    let ends = bytes(source) + bytes(destination)
    guard source.isV4 else {
      return join(
        [0x60, 0, 0, 0], number16(length ?? payload.count), [inside, hops], ends, payload)
    }
    let headerLength = 20 + options.count
    return join(
      [UInt8(0x40 + headerLength / 4), 0], number16(length ?? headerLength + payload.count), [0, 0],
      number16(fragment), [hops, inside, 0, 0], ends, options, payload)
  }

  /// An IPv6 packet with extension headers, each given by its own number and its bytes from the second on.
  static func extended(
    _ source: Address, _ destination: Address, _ headers: [(number: UInt8, rest: [UInt8])],
    _ payload: [UInt8],
    inside: UInt8
  ) -> [UInt8] {
    let numbers = headers.map(\.number) + [inside]
    let bytes = headers.indices.flatMap { [numbers[$0 + 1]] + headers[$0].rest }
    return ip(source, destination, inside: numbers[0], bytes + payload)
  }

  /// The error that a router or host sends back for a packet, quoting so much of it behind the IP header.
  static func unreachable(
    from source: Address, quoting packet: [UInt8], to destination: Address, type: UInt8? = nil,
    code: UInt8 = 3,
    bytes: Int = 8
  ) -> [UInt8] {
    let headerLength = source.isV4 ? Int(packet[0] & 15) * 4 : 40
    let usual: UInt8 = source.isV4 ? 3 : 1
    return ip(
      source, destination, inside: source.isV4 ? 1 : 58,
      join([type ?? usual, code, 0, 0, 0, 0, 0, 0], Array(packet.prefix(headerLength + bytes))))
  }

  static func frame(
    _ packet: [UInt8], link: LinkType, interface: UInt32 = 0, etherType: Int? = nil, tags: [Int] = [],
    hardware: Int = 1, packetType: UInt8 = 0
  ) -> [UInt8] {
    let isV6 = packet.first.map { $0 >> 4 == 6 } == true
    let inner = etherType ?? (isV6 ? 0x86DD : 0x0800)
    // Each tag's identifier, then what follows it; the last is followed by the inner type.
    let kinds: [[UInt8]] = (tags + [inner]).map(number16)
    let tagged: [UInt8] = kinds.dropFirst().flatMap { [0, 7] as [UInt8] + $0 }
    let sender: [UInt8] = [0, 6, 2, 0, 0, 0, 0, 1, 0, 0]
    let family: UInt8 = isV6 ? 10 : 2
    switch link {
    case .ethernet:
      return join([2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2], kinds[0], tagged, packet)
    case .cooked:
      return join([0, packetType], number16(hardware), sender, kinds[0], tagged, packet)
    case .cooked2:
      return join(
        kinds[0], [0, 0], number32(interface), number16(hardware), [packetType], Array(sender.dropFirst()),
        tagged, packet)
    case .null: return join([family, 0, 0, 0], packet)
    case .loop: return join([0, 0, 0, family], packet)
    case .raw, .unknown: return packet
    }
  }

  /// Lends bytes as the decoder takes them.
  static func lend<Result>(_ bytes: [UInt8], _ body: (RawSpan) -> Result) -> Result {
    // In bounds: the span is the array's own.
    let span = unsafe bytes.span.bytes
    return body(span)
  }

  /// What the decoder makes of a frame.
  static func decode(
    _ bytes: [UInt8], link: LinkType = .raw, wireLength: Int? = nil, overlays: OverlayPorts = .usual
  )
    -> Result<Decoded, Passed>
  {
    lend(bytes) { frame in
      do throws(Passed) {
        var packet = Packet(at: Instant(seconds: 0), interface: 9)
        try packet.read(frame, link: link, wireLength: wireLength ?? bytes.count, overlays: overlays)
        return .success(Decoded(packet, try packet.content(frame), frame))
      } catch {
        return .failure(error)
      }
    }
  }
}

/// What the decoder makes of a frame, with the ports that it leaves in the frame.
struct Decoded {
  let interface: UInt32
  let hops: UInt8
  let identification: UInt16
  let source: Socket
  let destination: Socket
  let content: Packet.Content

  init(_ packet: Packet, _ content: Packet.Content, _ frame: RawSpan) {
    let header = packet.header
    var ports: (UInt16, UInt16) = (0, 0)
    if case .refusal = content {
    } else {
      ports = (frame.number16(header.offset), frame.number16(header.offset + 2))
    }
    interface = packet.interface
    hops = header.hops
    identification = header.identification
    source = Socket(header.source, ports.0)
    destination = Socket(header.destination, ports.1)
    self.content = content
  }
}

extension Address {
  /// An address that a test writes out; a wrong one is the test's fault.
  init(test text: String) {
    guard let address = Address(text) else { fatalError("no address: \(text)") }
    self = address
  }
}

extension Socket {
  init(test text: String, _ port: UInt16) { self.init(Address(test: text), port) }
}
