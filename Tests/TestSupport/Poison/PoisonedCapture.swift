public import Traffic

/// A story's capture, to which somebody who can send packets adds some of their own.
public struct PoisonedCapture: Sendable {
  /// When the next packet is sent.
  public var now: Instant
  private var frames: [(at: Instant, bytes: [UInt8], kept: Int)]

  /// A story as it is, and the moment from which packets are added.
  public init(_ script: TrafficScript, from now: Instant) {
    self.now = now
    frames = script.frames()
  }

  /// The file that a recorder would have written: in order of time.
  public var bytes: [UInt8] {
    let ordered = frames.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
    return Self.file(ordered.map(\.element))
  }

  /// The same with what was added behind all the rest, whatever its times say.
  public var bytesAsAdded: [UInt8] { Self.file(frames) }

  private static func file(_ frames: [(at: Instant, bytes: [UInt8], kept: Int)]) -> [UInt8] {
    var writer = CaptureWriter(.cooked2, snapLength: 65_535)
    for frame in frames { writer.write(frame.bytes, at: frame.at, keeping: frame.kept) }
    return writer.bytes
  }

  /// Waits.
  public mutating func wait(milliseconds: Int64) {
    now = Instant(nanoseconds: now.nanoseconds + milliseconds * 1_000_000)
  }

  /// A packet, as it comes in at one interface and goes out at another.
  public mutating func send(
    _ packet: [UInt8], in entry: UInt32, out exit: UInt32? = nil, keeping kept: Int = .max
  ) {
    show(packet, on: entry, .incoming, keeping: kept)
    if let exit { show(packet, on: exit, .outgoing, keeping: kept) }
    wait(milliseconds: 1)
  }

  private mutating func show(
    _ packet: [UInt8], on interface: UInt32, _ way: LinkHeader.Way, keeping kept: Int
  ) {
    let content: LinkHeader.Content = packet.first.map { $0 >> 4 == 6 } == true ? .ipv6 : .ipv4
    show(packet, content, LinkHeader(interface: interface, way: way), keeping: kept)
  }

  /// A frame of any content.
  public mutating func show(
    _ packet: [UInt8], _ content: LinkHeader.Content, _ header: LinkHeader, keeping kept: Int = .max
  ) {
    frames.append((now, header.frame(content, packet, as: .cooked2) ?? packet, kept))
    now = Instant(nanoseconds: now.nanoseconds + 10_000)
  }

  /// Every frame of the story again, so much later, or earlier; on another interface where one is given.
  public mutating func replay(laterBySeconds seconds: Int64, on interface: UInt32? = nil) {
    frames += frames.map { frame in
      var bytes = frame.bytes
      // The interface's index stands in bytes 4 to 7 of this form of frame.
      if let interface { bytes.put(UInt16(truncatingIfNeeded: interface), at: 6) }
      return (frame.at.advanced(bySeconds: seconds), bytes, frame.kept)
    }
  }
}

// Whole conversations.
extension PoisonedCapture {
  /// A connection with a word in each direction, as both ends would make it, or one who speaks for both.
  public mutating func connect(
    _ client: Socket, _ server: Socket, in entry: UInt32, out exit: UInt32, word: [UInt8] = [1, 2, 3],
    wrapped wrap: ([UInt8]) -> [UInt8] = { $0 }
  ) {
    let (mine, theirs) = (UInt32(client.port) &* 65_537, UInt32(server.port) &* 131_071)
    func one(_ flags: TCPSegment.Flags, _ sent: UInt32, _ got: UInt32, _ payload: [UInt8] = []) -> [UInt8] {
      wrap(
        PacketBuilder.tcp(
          TCPSegment(flags, sequence: mine &+ sent, acknowledgement: theirs &+ got, payload: payload),
          from: client, to: server))
    }
    func other(_ flags: TCPSegment.Flags, _ sent: UInt32, _ got: UInt32, _ payload: [UInt8] = []) -> [UInt8] {
      wrap(
        PacketBuilder.tcp(
          TCPSegment(flags, sequence: theirs &+ sent, acknowledgement: mine &+ got, payload: payload),
          from: server, to: client))
    }
    let length = UInt32(word.count)
    send(
      wrap(PacketBuilder.tcp(TCPSegment(.syn, sequence: mine), from: client, to: server)), in: entry,
      out: exit)
    send(other([.syn, .ack], 0, 1), in: exit, out: entry)
    send(one(.ack, 1, 1), in: entry, out: exit)
    send(one([.psh, .ack], 1, 1, word), in: entry, out: exit)
    send(other([.psh, .ack], 1, 1 + length, word), in: exit, out: entry)
    send(one([.fin, .ack], 1 + length, 1 + length), in: entry, out: exit)
  }

  /// An open door that is knocked on and left: a handshake and a reset.
  public mutating func knock(_ client: Socket, _ server: Socket, in entry: UInt32, out exit: UInt32) {
    let mine = UInt32(client.port) &* 65_537
    syn(client, server, in: entry, out: exit)
    let answer = TCPSegment([.syn, .ack], sequence: 9, acknowledgement: mine &+ 1)
    send(PacketBuilder.tcp(answer, from: server, to: client), in: exit, out: entry)
    for flags in [TCPSegment.Flags.ack, [.rst, .ack]] {
      let segment = TCPSegment(flags, sequence: mine &+ 1, acknowledgement: 10)
      send(PacketBuilder.tcp(segment, from: client, to: server), in: entry, out: exit)
    }
  }

  /// A closed door that is knocked on: a SYN and a reset.
  public mutating func bounce(_ client: Socket, _ server: Socket, in entry: UInt32, out exit: UInt32) {
    syn(client, server, in: entry, out: exit)
    let mine = UInt32(client.port) &* 65_537
    let reset = TCPSegment([.rst, .ack], sequence: 0, acknowledgement: mine &+ 1)
    send(PacketBuilder.tcp(reset, from: server, to: client), in: exit, out: entry)
  }

  /// A SYN alone.
  public mutating func syn(_ client: Socket, _ server: Socket, in entry: UInt32, out exit: UInt32? = nil) {
    let segment = TCPSegment(.syn, sequence: UInt32(client.port) &* 65_537)
    send(PacketBuilder.tcp(segment, from: client, to: server), in: entry, out: exit)
  }

  /// A question for a name and its answer, which anybody may have sent.
  public mutating func resolve(
    _ name: String, _ outcome: DNSText.Outcome, by client: Socket, from server: Socket, in entry: UInt32,
    out exit: UInt32, id: UInt16 = 4_711, answeredAs other: UInt16? = nil
  ) {
    send(
      PacketBuilder.udp(DNSText.question(name, .a, id: id), from: client, to: server), in: entry, out: exit)
    send(
      PacketBuilder.udp(DNSText.answer(name, .a, id: other ?? id, outcome), from: server, to: client),
      in: exit,
      out: entry)
  }
}
