/// One TCP segment, by its header.
struct Segment: BitwiseCopyable {
  /// The number of its first byte, or of the SYN.
  var sequence: UInt32
  /// The next byte expected from the other side, where `hasAcknowledgement`.
  var acknowledgement: UInt32
  /// The lower eight control bits.
  var flags: UInt8
  /// Bytes of payload by the IP header's account.
  var length: UInt32
  /// Where in the frame the payload begins; beyond the frame when it was cut.
  var payload: Int

  var isSYN: Bool { flags & Self.syn != 0 }
  var isRST: Bool { flags & Self.rst != 0 }
  var isFIN: Bool { flags & Self.fin != 0 }
  var hasAcknowledgement: Bool { flags & 0x10 != 0 }

  static let fin: UInt8 = 0x01
  static let syn: UInt8 = 0x02
  static let rst: UInt8 = 0x04

  /// The number after its last byte; SYN and FIN take one each (RFC 9293 §3.4).
  var next: UInt32 { sequence &+ length &+ (isSYN ? 1 : 0) &+ (isFIN ? 1 : 0) }

  /// Both numbers: hardly two segments of one connection have them in common, and all sightings of one do.
  var numbers: UInt64 { UInt64(sequence) << 32 | UInt64(acknowledgement) }

  /// RFC 9293 §3.1.
  @inline(__always)
  init(_ frame: RawSpan, _ place: IPHeader.Payload) throws(Passed) {
    let offset = place.offset
    guard place.end >= offset + 20 else { throw .malformed }
    // Window, checksum and urgent pointer teach nothing, so a snap length may take them.
    guard frame.byteCount >= offset + 14 else { throw .cut }
    // Sequence number, acknowledgement, header length and flags, of which the first two bytes are read twice.
    let (first, second) = (frame.number64(offset), frame.number64(offset + 6))
    let headerLength = Int(second >> 12 & 15) * 4
    guard headerLength >= 20, offset + headerLength <= place.end else { throw .malformed }
    sequence = UInt32(truncatingIfNeeded: first)
    acknowledgement = UInt32(truncatingIfNeeded: second >> 16)
    flags = UInt8(truncatingIfNeeded: second)
    payload = offset + headerLength
    length = UInt32(clamping: place.end - payload)
  }

  init(sequence: UInt32, acknowledgement: UInt32 = 0, flags: UInt8, length: UInt32 = 0) {
    self.sequence = sequence
    self.acknowledgement = acknowledgement
    self.flags = flags
    self.length = length
    payload = .max
  }
}
