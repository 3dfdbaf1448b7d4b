import Traffic

/// The form of Wireshark and dumpcap (draft-ietf-opsawg-pcapng): blocks, several interfaces, drop counters.
struct NextGenerationCapture {
  struct Interface {
    var link: LinkType
    var snapLength: UInt32
    var unit: TimeUnit
  }

  private(set) var isBig = false
  private(set) var interfaces: [Interface] = []
  /// How many interfaces the sections before had, so that each has a number of its own in the file.
  private(set) var earlier: UInt32 = 0
  var latest = Instant(nanoseconds: 0)
  private var statistics: [UInt32: InterfaceLoss] = [:]
  /// What each interface of the file had, all sections counted together.
  var tallies: [Tally] = []

  struct Tally {
    var packets: UInt64 = 0
    /// What the packets themselves say was dropped before them; nil where none says so.
    var dropped: UInt64?
  }

  static let magic: UInt32 = 0x0A0D_0D0A

  /// What the file says about drops, by interface; empty when it says nothing of any.
  var losses: [InterfaceLoss] {
    guard !statistics.isEmpty || tallies.contains(where: { $0.dropped != nil }) else { return [] }
    return tallies.indices.map { index in
      let number = UInt32(index) + 1
      var loss = statistics[number] ?? InterfaceLoss(interface: number, at: latest)
      loss.received = loss.received ?? tallies[index].packets
      loss.dropped = loss.dropped ?? tallies[index].dropped
      return loss
    }
  }

  mutating func next(_ window: inout ByteWindow) throws(CaptureError) -> Next {
    while true {
      guard try window.holds(Self.shortestBlock) else { return window.count == 0 ? .end : .cut }
      let isSection = window.number32(0, isBig: true) == Self.magic
      if isSection {
        guard try window.holds(Self.shortestSection) else { return .cut }
        if let damage = beginSection(window) { return .damage(damage) }
      }
      let length = window.number32(4, isBig: isBig)
      guard length >= UInt32(Self.shortestBlock), length % 4 == 0 else { return .damage(.length(length)) }
      let kind = isSection ? nil : Block(rawValue: window.number32(0, isBig: isBig))
      guard let kind else {
        guard length <= Self.longestBlock else { return .damage(.length(length)) }
        guard try window.skip(Int(length) - 4), try window.holds(4) else { return .cut }
        guard window.number32(0, isBig: isBig) == length else { return .damage(.unequalLengths) }
        window.advance(4)
        continue
      }
      guard Int(length) <= ByteWindow.longestRecord else { return .damage(.length(length)) }
      guard try window.holds(Int(length)) else { return beginning(kind, window, length: Int(length)) }
      guard window.number32(Int(length) - 4, isBig: isBig) == length else { return .damage(.unequalLengths) }
      switch kind {
      case .interface:
        guard tallies.count < Self.mostInterfaces else { return .damage(.tooManyInterfaces) }
        describe(window, length: Int(length))
      case .statistics: noteStatistics(window, length: Int(length))
      case .packet, .oldPacket, .simplePacket: return packet(kind, window, length: Int(length))
      }
      window.advance(Int(length))
    }
  }

  private mutating func beginSection(_ window: borrowing ByteWindow) -> CaptureError.Damage? {
    switch window.number32(8, isBig: true) {
    case 0x1A2B_3C4D: isBig = true
    case 0x4D3C_2B1A: isBig = false
    default: return .byteOrder
    }
    // A reader must not guess at a later form; the minor version changes nothing that matters (§4.1).
    let major = window.number16(12, isBig: isBig)
    guard major == 1 else { return .version(major, window.number16(14, isBig: isBig)) }
    earlier = UInt32(clamping: tallies.count)
    interfaces = []
    return nil
  }

  private mutating func describe(_ window: borrowing ByteWindow, length: Int) {
    var interface = Interface(
      link: LinkType(number: UInt32(window.number16(8, isBig: isBig))),
      snapLength: window.number32(12, isBig: isBig), unit: TimeUnit())
    var options = BlockOptions(from: 16, length: length, isBig: isBig)
    while let (code, value) = options.next(window) {
      switch (code, value.count) {
      case (9, 1): interface.unit.setResolution(window.byte(value.lowerBound))
      case (14, 8): interface.unit.offset = Int64(bitPattern: number64(window, value.lowerBound))
      default: break
      }
    }
    interfaces.append(interface)
    tallies.append(Tally())
  }

  private mutating func packet(_ kind: Block, _ window: borrowing ByteWindow, length: Int) -> Next {
    let head = head(kind, window, length: length)
    if let damage = damage(head, length: length) { return .damage(damage) }
    let interface = interfaces[Int(head.interface)]
    // A simple packet has no time of its own.
    if kind != .simplePacket { latest = interface.unit.instant(ticks(window, 12)) }
    note(kind, window, Int(earlier + head.interface), after: head.end, length: length)
    return .record(
      CaptureRecord(
        instant: latest, link: interface.link, interface: earlier + head.interface + 1,
        wireLength: Int(head.wireLength), frame: head.length..<head.length + Int(head.captured),
        length: length))
  }

  /// Counts a packet, and what was dropped before it (epb_dropcount; the old form has a field for it).
  private mutating func note(
    _ kind: Block, _ window: borrowing ByteWindow, _ index: Int, after end: Int, length: Int
  ) {
    tallies[index].packets += 1
    var dropped: UInt64?
    if kind == .oldPacket {
      let count = window.number16(10, isBig: isBig)
      // All ones say that nobody counted.
      dropped = count == .max ? nil : UInt64(count)
    } else if kind == .packet, end + 4 < length {
      var options = BlockOptions(from: end, length: length, isBig: isBig)
      while let (code, value) = options.next(window) {
        if code == 4, value.count == 8 { dropped = number64(window, value.lowerBound) }
      }
    }
    guard let dropped else { return }
    tallies[index].dropped = (tallies[index].dropped ?? 0).saturatingPlus(dropped)
  }

  /// What stands before a packet's bytes.
  private struct PacketHead {
    let interface: UInt32
    let captured: UInt32
    let wireLength: UInt32
    let length: Int

    /// Where the packet's bytes end, with what fills them up to a multiple of four.
    var end: Int { length + (Int(captured) + 3) / 4 * 4 }
  }

  private func head(_ kind: Block, _ window: borrowing ByteWindow, length: Int) -> PacketHead {
    if kind == .simplePacket {
      let wireLength = window.number32(8, isBig: isBig)
      let room = UInt32(clamping: length - 16)
      let snapLength = interfaces.first?.snapLength ?? 0
      let captured = min(wireLength, snapLength == 0 ? room : min(snapLength, room))
      return PacketHead(interface: 0, captured: captured, wireLength: wireLength, length: 12)
    }
    let interface =
      kind == .packet ? window.number32(8, isBig: isBig) : UInt32(window.number16(8, isBig: isBig))
    return PacketHead(
      interface: interface, captured: window.number32(20, isBig: isBig),
      wireLength: window.number32(24, isBig: isBig), length: 28)
  }

  private func damage(_ head: PacketHead, length: Int) -> CaptureError.Damage? {
    guard length >= head.length + 4 else { return .length(UInt32(clamping: length)) }
    guard Int(head.interface) < interfaces.count else { return .undescribedInterface(head.interface) }
    guard Int(head.captured) <= length - head.length - 4 else { return .length(head.captured) }
    guard head.captured <= head.wireLength else {
      return .surplus(captured: head.captured, wire: head.wireLength)
    }
    return nil
  }

  /// What the rest of the file is, in which a block of this length has no room: the block's beginning, or damage.
  ///
  /// A damaged length in the middle of a file reaches beyond its end as the cut last block does. What is there of a
  /// cut one makes sense, and the block is as long as its packet asks for.
  private func beginning(_ kind: Block, _ window: borrowing ByteWindow, length: Int) -> Next {
    let long = Next.damage(.length(UInt32(clamping: length)))
    guard kind != .interface, kind != .statistics else { return length <= Self.longestOptions ? .cut : long }
    let head = head(kind, window, length: length)
    guard window.count >= head.length else { return .cut }
    if let damage = damage(head, length: length) { return .damage(damage) }
    let snapLength = interfaces[Int(head.interface)].snapLength
    guard snapLength == 0 || head.captured <= snapLength else { return .damage(.length(head.captured)) }
    guard length - head.end - 4 <= (kind == .simplePacket ? 0 : Self.longestOptions) else { return long }
    // The length that closes a block, where its options should begin: the one at its head is wrong.
    let isClosed =
      window.count >= head.end + 4 && Int(window.number32(head.end, isBig: isBig)) == head.end + 4
    return isClosed && head.end + 4 != length ? .damage(.unequalLengths) : .cut
  }

  private mutating func noteStatistics(_ window: borrowing ByteWindow, length: Int) {
    guard length >= 24 else { return }
    let number = window.number32(8, isBig: isBig)
    guard Int(number) < interfaces.count else { return }
    let unit = interfaces[Int(number)].unit
    var loss = InterfaceLoss(interface: earlier + number + 1, at: unit.instant(ticks(window, 12)))
    var options = BlockOptions(from: 20, length: length, isBig: isBig)
    while let (code, value) = options.next(window) {
      guard value.count == 8 else { continue }
      let place = value.lowerBound
      switch code {
      case 2: loss.from = unit.instant(ticks(window, place))
      case 3: loss.until = unit.instant(ticks(window, place))
      case 4: loss.received = number64(window, place)
      case 5, 7: loss.addDrops(number64(window, place))
      default: break
      }
    }
    // Counters grow from the beginning of the recording, so the latest say it all.
    statistics[loss.interface] = loss
  }

  /// A time is written as two numbers, the upper one first in either byte order.
  private func ticks(_ window: borrowing ByteWindow, _ place: Int) -> UInt64 {
    UInt64(window.number32(place, isBig: isBig)) << 32 | UInt64(window.number32(place + 4, isBig: isBig))
  }

  private func number64(_ window: borrowing ByteWindow, _ place: Int) -> UInt64 {
    let one = UInt64(window.number32(place, isBig: isBig))
    let other = UInt64(window.number32(place + 4, isBig: isBig))
    return isBig ? one << 32 | other : other << 32 | one
  }

  /// The blocks that matter; others are stepped over.
  private enum Block: UInt32 {
    case interface = 1
    case oldPacket = 2
    case simplePacket = 3
    case statistics = 5
    case packet = 6
  }

  private static let shortestBlock = 12
  /// What Wireshark allows for a block of any kind.
  private static let longestBlock: UInt32 = 16 << 20
  /// One option's value has at most 65,535 bytes, and recorders write a few short ones.
  private static let longestOptions = 1 << 17
  /// A section header without options.
  static let shortestSection = 28
  /// Interfaces of one file; more than anybody records.
  private static let mostInterfaces = 65_536
}
