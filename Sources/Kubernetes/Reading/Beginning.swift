/// A text that comes in pieces, of which the beginning is looked at before it is read.
struct Beginning {
  /// The first line, or what there is of it; of a long one only a part.
  let text: [UInt8]
  /// Every piece, those that were looked at first.
  let pieces: () -> [UInt8]?

  /// More than the first line of any table that is known by it.
  private static let most = 1024

  init(of pieces: @escaping () -> [UInt8]?) {
    var text: [UInt8] = []
    while text.count < Self.most, !text.contains(UInt8(ascii: "\n")), let piece = pieces() { text += piece }
    let seen = text
    var isTold = seen.isEmpty
    self.text = Array(seen.prefix(Self.most))
    self.pieces = {
      guard isTold else {
        isTold = true
        return seen
      }
      return pieces()
    }
  }

  /// The whole text.
  var whole: [UInt8] {
    var text: [UInt8] = []
    while let piece = pieces() { text += piece }
    return text
  }
}
