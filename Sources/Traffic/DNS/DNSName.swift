/// A domain name as the wire holds it, in lower case and without compression.
struct DNSName: Hashable {
  /// Labels with their lengths before them, without the root.
  private(set) var labels: [UInt8]

  /// The name at `offset` of the message in `message`, and where what follows it begins.
  ///
  /// Nil when it breaks RFC 1035 §3.1 or §4.1.4: labels up to 63 bytes, names up to 255, and pointers that only
  /// lead back, so that no chain of them can turn in a circle.
  static func read(_ frame: RawSpan, at offset: Int, in message: Range<Int>) -> (name: DNSName, end: Int)? {
    var labels: [UInt8] = []
    var offset = offset
    var end: Int?
    var barrier = offset
    while true {
      guard message.contains(offset) else { return nil }
      let length = Int(frame.byte(offset))
      switch length {
      case 0:
        return (DNSName(labels: labels), end ?? offset + 1)
      case 1...63:
        guard offset + length < message.upperBound, labels.count + length + 2 <= 255 else { return nil }
        labels.append(UInt8(length))
        for place in offset + 1...offset + length { labels.append(Self.lowered(frame.byte(place))) }
        offset += length + 1
      case 0xC0...0xFF:
        guard offset + 1 < message.upperBound else { return nil }
        let target = message.lowerBound + (length & 0x3F) << 8 + Int(frame.byte(offset + 1))
        guard target < barrier else { return nil }
        end = end ?? offset + 2
        barrier = target
        offset = target
      default:
        return nil
      }
    }
  }

  /// The name as text, if each label could stand in a host's name.
  ///
  /// Nil for the root and for characters other than letters, digits, hyphen and the underscore that people use
  /// nonetheless: what becomes text in a store and in a policy's comment can't hold anything else.
  var hostName: String? {
    var text: [UInt8] = []
    var offset = 0
    while offset < labels.count {
      let length = Int(labels[offset])
      let label = labels[offset + 1..<offset + 1 + length]
      guard label.allSatisfy(Self.isHostCharacter) else { return nil }
      if !text.isEmpty { text.append(UInt8(ascii: ".")) }
      text += label
      offset += 1 + length
    }
    return text.isEmpty ? nil : String(decoding: text, as: UTF8.self)
  }

  private static func lowered(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }

  private static func isHostCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
