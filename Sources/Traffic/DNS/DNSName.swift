/// A domain name in lower case and without compression.
struct DNSName: Hashable {
  /// Labels with their lengths before them, without the root.
  private(set) var labels: [UInt8]

  /// The name at `offset` of a message; nil when it breaks the rules.
  init?(_ frame: RawSpan, at offset: Int, in message: Range<Int>) {
    var walk = NameWalk(at: offset, in: message)
    labels = []
    while let label = walk.next(frame) {
      labels.append(UInt8(label.count))
      for place in label { labels.append(NameWalk.lowered(frame.byte(place))) }
    }
    guard !walk.isBroken else { return nil }
  }

  /// The name as text, if each label could stand in a host's name.
  ///
  /// Not so for the root and for characters other than letters, digits, hyphen and the underscore that people use
  /// nonetheless: what becomes text in a store and in a policy's comment can't hold anything else.
  var hostName: String? {
    var text: [UInt8] = []
    text.reserveCapacity(labels.count)
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

  private static func isHostCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
