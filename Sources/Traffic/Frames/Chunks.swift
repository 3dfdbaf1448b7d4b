/// The chunks of one SCTP packet, by their headers.
struct Chunks: BitwiseCopyable {
  /// Which kinds there are.
  var kinds: Kinds
  /// The verification tag: the number that the receiver chose for itself; 0 with an INIT, for nobody has chosen yet.
  var tag: UInt32
  /// The number that the sender chose for itself, with an INIT or an INIT-ACK; otherwise 0, which nobody may choose.
  var initiateTag: UInt32
  /// Whether an ABORT or SHUTDOWN-COMPLETE bears the sender's own number as its tag, for want of the receiver's (T bit).
  var isTagReflected: Bool

  /// Whether bytes of the user's are among them; a DATA chunk may not be empty (RFC 9260 §3.3.1).
  var hasBytes: Bool { kinds.contains(.data) }

  /// The common header and every chunk that was captured (RFC 9260 §3).
  ///
  /// Chunks that the snap length or a fragment cut off are not known: those before them are what the packet says.
  @inline(never)
  init(_ frame: RawSpan, _ place: IPHeader.Payload) throws(Passed) {
    let start = place.offset
    // No packet is without a chunk.
    guard place.end >= start + 16 else { throw .malformed }
    guard frame.byteCount >= start + 16 else { throw .cut }
    kinds = []
    tag = frame.number32(start + 4)
    initiateTag = 0
    isTagReflected = false
    let end = min(place.end, frame.byteCount)
    var offset = start + 12
    while offset + 4 <= end {
      let kind = Kinds(number: frame.byte(offset))
      let length = Int(frame.number16(offset + 2))
      guard length >= 4 else { throw .malformed }
      if !kind.isDisjoint(with: .openings) {
        guard length >= 20 else { throw .malformed }
        guard offset + 8 <= end else { throw .cut }
        initiateTag = frame.number32(offset + 4)
      }
      if !kind.isDisjoint(with: [.abort, .shutdownComplete]) {
        isTagReflected = frame.byte(offset + 1) & 1 != 0
      }
      // What opens stands alone (RFC 9260 §3); a second one would hide the first one's tag.
      guard kinds.isEmpty || (kinds.isDisjoint(with: .openings) && kind.isDisjoint(with: .openings))
      else { throw .malformed }
      kinds.formUnion(kind)
      // Each is padded to four bytes.
      offset += (length + 3) & ~3
    }
    if !kinds.isDisjoint(with: .openings) {
      // RFC 9260 §3.3.2, §3.3.3 and §8.5.1.
      guard initiateTag != 0, kinds.contains(.initiation) == (tag == 0) else { throw .malformed }
    }
  }
}

extension Chunks {
  /// A set of kinds of chunks.
  struct Kinds: OptionSet, BitwiseCopyable {
    let rawValue: UInt16

    static let data = Kinds(rawValue: 1 << 0)
    static let initiation = Kinds(rawValue: 1 << 1)
    static let initiationAck = Kinds(rawValue: 1 << 2)
    static let sack = Kinds(rawValue: 1 << 3)
    static let heartbeat = Kinds(rawValue: 1 << 4)
    static let heartbeatAck = Kinds(rawValue: 1 << 5)
    static let abort = Kinds(rawValue: 1 << 6)
    static let shutdown = Kinds(rawValue: 1 << 7)
    static let shutdownAck = Kinds(rawValue: 1 << 8)
    static let error = Kinds(rawValue: 1 << 9)
    static let cookieEcho = Kinds(rawValue: 1 << 10)
    static let cookieAck = Kinds(rawValue: 1 << 11)
    static let shutdownComplete = Kinds(rawValue: 1 << 12)
    /// Congestion notices, authentication, changes of addresses, and what nobody has defined.
    static let other = Kinds(rawValue: 1 << 13)

    /// INIT and INIT-ACK.
    static let openings: Kinds = [.initiation, .initiationAck]

    init(rawValue: UInt16) {
      self.rawValue = rawValue
    }

    /// The kind with this number (RFC 9260 §3.2; I-DATA is RFC 8260 §2.1).
    init(number: UInt8) {
      switch number {
      case 0, 64: self = .data
      case 1: self = .initiation
      case 2: self = .initiationAck
      case 3: self = .sack
      case 4: self = .heartbeat
      case 5: self = .heartbeatAck
      case 6: self = .abort
      case 7: self = .shutdown
      case 8: self = .shutdownAck
      case 9: self = .error
      case 10: self = .cookieEcho
      case 11: self = .cookieAck
      case 14: self = .shutdownComplete
      default: self = .other
      }
    }
  }
}
