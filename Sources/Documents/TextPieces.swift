/// A text that comes in pieces, such as from a pipe.
///
/// Where a piece ends means nothing: it may end in the middle of a character.
struct TextPieces {
  /// Hands out the next piece; nil at the end of the text.
  private let source: () -> [UInt8]?
  private let limit: Int
  private var count = 0
  /// What was looked at, but not handed out yet.
  private var held: [UInt8]?

  /// The pieces of a text that may have so many bytes.
  init(limit: Int, from source: @escaping () -> [UInt8]?) {
    self.source = source
    self.limit = limit
  }

  /// The next piece, which is not empty; nil at the end.
  mutating func next() throws(DocumentError) -> [UInt8]? {
    if let held {
      self.held = nil
      return held
    }
    while let piece = source() {
      // The difference cannot overflow: `count` is at most the limit.
      guard piece.count <= limit - count else { throw DocumentError(.tooManyBytes(limit: limit)) }
      count += piece.count
      if !piece.isEmpty { return piece }
    }
    return nil
  }

  /// The beginning of the text, up to and with the first piece that satisfies, or all of it; it is handed out again.
  mutating func beginning(upTo isEnough: ([UInt8]) -> Bool) throws(DocumentError) -> [UInt8] {
    var text = try next() ?? []
    while !isEnough(text), let more = try next() { text += more }
    held = text
    return text
  }

  /// All that is left of the text.
  mutating func all() throws(DocumentError) -> [UInt8] {
    var text = try next() ?? []
    while let more = try next() { text += more }
    return text
  }
}

extension TextPieces {
  /// A text that is there as a whole.
  init(_ text: [UInt8], limit: Int) {
    var rest: [UInt8]? = text
    self.init(limit: limit) {
      defer { rest = nil }
      return rest
    }
  }
}
