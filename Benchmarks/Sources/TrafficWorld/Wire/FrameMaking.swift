import Support
import Traffic

/// Writes packets as frames into the records of a capture file.
struct FrameMaking {
  /// How many frames were written.
  private(set) var frames = 0
  private let link: FrameLink
  private let noise: [UInt8]
  private var file: RecordMaking
  /// The transport's bytes of the packet that is sent, ports still zero.
  private var body: [UInt8] = []
  private var chance: SeededRandom

  init(_ plan: TrafficWorld.Plan) {
    link = plan.link
    chance = SeededRandom(seed: ~plan.seed)
    noise = chance.bytes(1 << 16)
    file = RecordMaking(plan)
    body.reserveCapacity(2_048)
  }

  /// How many bytes the file has so far.
  var count: Int { file.count }

  /// Whether the recording device sees a packet where it comes from and where it goes to.
  var isSeenOnBothEnds: Bool { link == .cooked2 }

  /// Whether a piece of the file is ready.
  var isDue: Bool { file.bytes.count >= 1 << 22 }

  /// Gives away the piece of the file that is ready.
  mutating func handOver() -> [UInt8] { file.handOver() }

  /// Writes one sighting of a packet.
  mutating func send(_ message: Message, _ passing: Passing, isInOverlay: Bool) {
    say(message, isV4: passing.source.address.isV4)
    let number = message.number(isV4: passing.source.address.isV4)
    begin()
    switch link {
    case .raw: break
    case .cooked2: cook(passing)
    case .ethernet:
      if isInOverlay {
        enclose(passing)
        cover(passing, isTagged: false)
      } else {
        cover(passing, isTagged: passing.isTagged)
      }
    }
    address(passing, number: number, count: body.count)
    let start = file.bytes.count
    file.bytes.append(contentsOf: body)
    // All but ICMP begin with their ports.
    if number != 1, number != 58 {
      file.bytes.put(passing.source.port, at: start)
      file.bytes.put(passing.destination.port, at: start + 2)
    }
    end()
  }

  /// Writes an ARP question of a pod (RFC 826).
  mutating func resolve(_ asker: Place) {
    begin()
    file.bytes.append(card: 0xFFFF_FFFF_FFFF)
    file.bytes.append(card: asker.card)
    for number in [0x0806, 1, 0x0800, 0x0604, 1] as [UInt16] { file.bytes.append(big: number) }
    file.bytes.append(card: asker.card)
    file.bytes.append(big: asker.address.v4Bits ?? 0)
    file.bytes.append(contentsOf: repeatElement(0, count: 28))
    end()
  }

  private mutating func begin() {
    frames += 1
    file.begin(after: UInt64.random(in: 200..<60_200, using: &chance))
  }

  private mutating func end() { file.end() }
}

// What the headers hold.
extension FrameMaking {
  private mutating func say(_ message: Message, isV4: Bool) {
    body.removeAll(keepingCapacity: true)
    switch message {
    case .segment(let flags, let sequence, let acknowledgement, let count):
      body.append(big: 0 as UInt32)
      body.append(big: sequence)
      body.append(big: acknowledgement)
      // Linux sends these options: greatest segment, selective acknowledgement, time, window scale.
      let opening: [UInt8] = [2, 4, 5, 0xB4, 4, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 0, 1, 3, 3, 7]
      let going: [UInt8] = [1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 1]
      let options = flags & 2 == 0 ? going : opening
      body.append(UInt8((20 + options.count) / 4) << 4)
      body.append(flags)
      body.append(big: 64_240 as UInt16)
      body.append(big: 0 as UInt32)
      body.append(contentsOf: options)
      mumble(count)
    case .datagram(let bytes):
      body.append(big: 0 as UInt32)
      body.append(big: UInt16(8 + bytes.count))
      body.append(big: 0 as UInt16)
      body.append(contentsOf: bytes)
    case .noise(let count):
      body.append(big: 0 as UInt32)
      body.append(big: UInt16(8 + count))
      body.append(big: 0 as UInt16)
      mumble(count)
    case .echo(let isReply):
      body.append(isV4 ? (isReply ? 0 : 8) : (isReply ? 129 : 128))
      body.append(contentsOf: [0, 0, 0, 0, 0, 0, 1])
      mumble(56)
    case .chunk(let kind, let tag, let own):
      body.append(big: 0 as UInt32)
      body.append(big: tag)
      body.append(big: 0 as UInt32)
      let content: [UInt32] =
        switch kind {
        // The own tag, the window, how many streams each way, the first number.
        case 1, 2: [own, 65_536, 0x000A_000A, own]
        case 0: [own, 0, 46, own, own, own]
        case 3: [own, 65_536, 0]
        case 10: [own, own, own]
        default: []
        }
      body.append(contentsOf: [kind, kind == 0 ? 3 : 0])
      body.append(big: UInt16(4 + 4 * content.count))
      for word in content { body.append(big: word) }
    }
  }

  private mutating func mumble(_ count: Int) {
    guard count > 0 else { return }
    let start = Int.random(in: 0..<32_768, using: &chance)
    body.append(contentsOf: noise[start..<start + count])
  }

  private mutating func address(_ passing: Passing, number: UInt8, count: Int) {
    let start = file.bytes.count
    guard passing.source.address.isV4 else {
      file.bytes.append(big: 0x6000_0000 as UInt32)
      file.bytes.append(big: UInt16(count))
      file.bytes.append(number)
      file.bytes.append(passing.hops)
      file.bytes.append(passing.source.address)
      file.bytes.append(passing.destination.address)
      return
    }
    file.bytes.append(big: 0x4500 as UInt16)
    file.bytes.append(big: UInt16(20 + count))
    file.bytes.append(big: passing.identification)
    file.bytes.append(big: 0x4000 as UInt16)
    file.bytes.append(passing.hops)
    file.bytes.append(number)
    file.bytes.append(big: 0 as UInt16)
    file.bytes.append(passing.source.address)
    file.bytes.append(passing.destination.address)
    file.bytes.put(checksum(from: start), at: start + 10)
  }

  /// Of an IPv4 header without options (RFC 1071).
  private func checksum(from start: Int) -> UInt16 {
    var sum: UInt32 = 0
    for place in stride(from: start, to: start + 20, by: 2) {
      sum += UInt32(file.bytes[place]) << 8 | UInt32(file.bytes[place + 1])
    }
    sum = (sum & 0xFFFF) + (sum >> 16)
    return ~UInt16(truncatingIfNeeded: (sum & 0xFFFF) + (sum >> 16))
  }

  private func etherType(_ passing: Passing) -> UInt16 { passing.source.address.isV4 ? 0x0800 : 0x86DD }

  private mutating func cover(_ passing: Passing, isTagged: Bool) {
    file.bytes.append(card: passing.destination.card)
    file.bytes.append(card: passing.source.card)
    if isTagged {
      file.bytes.append(big: 0x8100 as UInt16)
      file.bytes.append(big: 100 as UInt16)
    }
    file.bytes.append(big: etherType(passing))
  }

  private mutating func cook(_ passing: Passing) {
    file.bytes.append(big: etherType(passing))
    file.bytes.append(big: 0 as UInt16)
    file.bytes.append(big: passing.interface)
    file.bytes.append(big: 1 as UInt16)
    file.bytes.append(passing.isOutgoing ? 4 : 0)
    file.bytes.append(6)
    file.bytes.append(card: passing.source.card)
    file.bytes.append(big: 0 as UInt16)
  }

  /// From node to node in VXLAN (RFC 7348), on the port that Linux has for it.
  private mutating func enclose(_ passing: Passing) {
    let number = Int(passing.interface)
    var outer = passing
    outer.source = .node(number)
    outer.destination = .node(number + 7)
    cover(outer, isTagged: false)
    let inside = 14 + (passing.source.address.isV4 ? 20 : 40) + body.count
    address(outer, number: 17, count: 16 + inside)
    file.bytes.append(big: UInt16(49_152 + number % 1_024))
    file.bytes.append(big: 8_472 as UInt16)
    file.bytes.append(big: UInt16(16 + inside))
    file.bytes.append(big: 0 as UInt16)
    file.bytes.append(big: 0x0800_0000 as UInt32)
    file.bytes.append(big: 0x0000_0100 as UInt32)
  }
}
