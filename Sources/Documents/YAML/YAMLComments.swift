/// A comment in a YAML text.
public struct YAMLComment: Hashable, Sendable {
  /// Where it begins.
  public let position: Position
  /// All of it, from the number sign to the end of the line.
  public let text: String
  /// Whether nothing stands before it on its line.
  public let isAlone: Bool
}

extension YAML {
  /// The comments of a text, in order; values know nothing of them.
  ///
  /// A number sign begins one wherever libyaml finds no scalar: nothing else in YAML holds one.
  public static func comments(in text: [UInt8]) throws(DocumentError) -> [YAMLComment] {
    let source = try SourceText(text)
    try source.checkUTF8()
    let bytes = source.bytes[source.start...]
    guard bytes.contains(UInt8(ascii: "#")) else { return [] }
    var events = try EventParser(bytes)
    var search = CommentSearch(String(decoding: bytes, as: UTF8.self).unicodeScalars)
    while true {
      switch try events.next() {
      case .streamEnd:
        search.look(upTo: .max)
        return search.comments
      case .scalar:
        let characters = events.characters
        search.look(upTo: characters.lowerBound)
        // The line that announces a block of text may end with a comment.
        if events.isBlock { search.lookThroughLine() }
        search.pass(upTo: characters.upperBound)
      default: continue
      }
    }
  }
}

/// One way through a text, from one scalar to the next.
private struct CommentSearch {
  private(set) var comments: [YAMLComment] = []

  private let text: String.UnicodeScalarView
  private var index: String.UnicodeScalarView.Index
  /// How many characters were passed, as libyaml counts them.
  private var passed = 0
  private var line = 1
  private var column = 1
  private var isLineEmpty = true

  init(_ text: String.UnicodeScalarView) {
    self.text = text
    index = text.startIndex
  }

  /// Takes the comments up to a character.
  mutating func look(upTo end: Int) {
    while passed < end, let next = peek {
      if next == "#" { take() } else { step() }
    }
  }

  /// Takes the comment in what is left of a line.
  mutating func lookThroughLine() {
    while let next = peek, !Self.breaks.contains(next) {
      if next == "#" { take() } else { step() }
    }
  }

  /// Passes over a scalar.
  mutating func pass(upTo end: Int) {
    while passed < end, peek != nil { step() }
  }

  private mutating func take() {
    let position = Position(line: line, column: column)
    let isAlone = isLineEmpty
    var comment = ""
    while let next = peek, !Self.breaks.contains(next) {
      comment.unicodeScalars.append(next)
      step()
    }
    comments.append(YAMLComment(position: position, text: comment, isAlone: isAlone))
  }

  private var peek: Unicode.Scalar? { index < text.endIndex ? text[index] : nil }

  private mutating func step() {
    guard let scalar = peek else { return }
    text.formIndex(after: &index)
    passed += 1
    guard Self.breaks.contains(scalar), !(scalar == "\r" && peek == "\n") else {
      column += 1
      isLineEmpty = isLineEmpty && (scalar == " " || scalar == "\t")
      return
    }
    line += 1
    column = 1
    isLineEmpty = true
  }

  /// What ends a line in YAML 1.1, which libyaml reads.
  private static let breaks: Set<Unicode.Scalar> = ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"]
}
