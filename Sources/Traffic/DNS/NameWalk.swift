/// A walk over the labels of one name in a message (RFC 1035 §3.1 and §4.1.4).
///
/// It ends for every message: labels have up to 63 bytes, names up to 255, pointers only lead back, and there are no
/// more of them than a name can have labels. Nothing is copied.
struct NameWalk {
  private let message: Range<Int>
  private var offset: Int
  /// Where the latest pointer led to; the next must lead before it.
  private var barrier: Int
  private var length = 1
  private var pointers = 0
  /// Where what follows the name begins; nil until that is known.
  private(set) var end: Int?
  /// Whether the name breaks the rules.
  private(set) var isBroken = false

  init(at offset: Int, in message: Range<Int>) {
    self.message = message
    self.offset = offset
    barrier = offset
  }

  /// The bytes of the next label; nil behind the last one, and where the name breaks the rules.
  mutating func next(_ frame: RawSpan) -> Range<Int>? {
    while !isBroken {
      guard message.contains(offset) else { break }
      let byte = Int(frame.byte(offset))
      switch byte {
      case 0:
        end = end ?? offset + 1
        return nil
      case 1...63:
        length += byte + 1
        guard offset + byte < message.upperBound, length <= 255 else { break }
        defer { offset += byte + 1 }
        return offset + 1..<offset + 1 + byte
      case 0xC0...0xFF:
        guard offset + 1 < message.upperBound, pointers < Self.mostPointers else { break }
        let target = message.lowerBound + (byte & 0x3F) << 8 + Int(frame.byte(offset + 1))
        guard target < barrier else { break }
        end = end ?? offset + 2
        pointers += 1
        barrier = target
        offset = target
        continue
      default: break
      }
      break
    }
    isBroken = true
    return nil
  }

  /// A name of 255 bytes has 127 labels at most.
  private static let mostPointers = 127
}

extension NameWalk {
  /// Where what follows a name begins; nil when it breaks the rules.
  static func end(_ frame: RawSpan, at offset: Int, in message: Range<Int>) -> Int? {
    var walk = NameWalk(at: offset, in: message)
    while walk.next(frame) != nil {}
    return walk.isBroken ? nil : walk.end
  }

  /// Where what follows a name begins and a hash of the name in lower case; nil when it breaks the rules.
  static func measure(_ frame: RawSpan, at offset: Int, in message: Range<Int>) -> (end: Int, hash: UInt64)? {
    var walk = NameWalk(at: offset, in: message)
    // FNV-1a. Whoever makes two names of one hash gains nothing: names are compared byte by byte too.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    while let label = walk.next(frame) {
      hash = (hash ^ UInt64(label.count)) &* 0x100_0000_01B3
      for place in label { hash = (hash ^ UInt64(lowered(frame.byte(place)))) &* 0x100_0000_01B3 }
    }
    guard !walk.isBroken, let end = walk.end else { return nil }
    return (end, hash)
  }

  /// Whether two names of one message are the same but for capital letters.
  static func isSame(_ frame: RawSpan, _ one: Int, _ other: Int, in message: Range<Int>) -> Bool {
    let (one, other) = (start(frame, at: one, in: message), start(frame, at: other, in: message))
    // Most owners are pointers to the name that was asked for.
    if one == other { return true }
    var mine = NameWalk(at: one, in: message)
    var theirs = NameWalk(at: other, in: message)
    while let label = mine.next(frame) {
      guard let match = theirs.next(frame), label.count == match.count else { return false }
      for (place, peer) in zip(label, match) where lowered(frame.byte(place)) != lowered(frame.byte(peer)) {
        return false
      }
    }
    return theirs.next(frame) == nil && !mine.isBroken && !theirs.isBroken
  }

  /// Where the first label of a name is: behind a pointer, if the name is nothing else.
  private static func start(_ frame: RawSpan, at offset: Int, in message: Range<Int>) -> Int {
    guard message.contains(offset), offset + 1 < message.upperBound, frame.byte(offset) >= 0xC0 else {
      return offset
    }
    let target = message.lowerBound + Int(frame.number16(offset) & 0x3FFF)
    return target < offset ? target : offset
  }

  static func lowered(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }
}
