import Documents

/// A text of manifests in its documents, so that one of them can change and every other byte stays.
struct ManifestText {
  /// The documents in order; what stands before the first mark is one too.
  var pieces: [Piece] = []

  /// One document, with all that stands around it.
  struct Piece {
    /// The line that begins it; empty for what stands before the first of them.
    let mark: String
    /// Everything up to the next one.
    var body: String

    /// What it says; nil where that is nothing but comments.
    var document: Node?
  }

  /// Takes a text apart; nil for one that no change may be made to.
  ///
  /// A line that begins with three dashes and a space, or nothing else, begins a document wherever it stands (YAML 1.2,
  /// section 9.1.2). Texts with directives, marks of an end, several documents beneath one mark or lines that end as on
  /// Windows are left alone: nobody would see what a change does to them.
  init?(_ bytes: [UInt8]) {
    guard !bytes.contains(UInt8(ascii: "\r")), let text = String(validating: bytes, as: UTF8.self),
      text.unicodeScalars.first != "\u{FEFF}"
    else { return nil }
    var mark = ""
    var body = ""
    for line in Self.lines(of: text) {
      if line.hasPrefix("%") || line == "..." || line.hasPrefix("...\n") || line.hasPrefix("... ") {
        return nil
      }
      if Self.isMark(line) {
        guard let piece = Self.piece(mark, body) else { return nil }
        pieces.append(piece)
        (mark, body) = (line, "")
        guard Self.isBare(line) else { return nil }
      } else {
        body += line
      }
    }
    guard let last = Self.piece(mark, body) else { return nil }
    pieces.append(last)
  }

  /// The whole text.
  var text: String { pieces.map { $0.mark + $0.body }.joined() }

  private static func piece(_ mark: String, _ body: String) -> Piece? {
    guard let documents = try? YAML.read(Array(body.utf8)), documents.count <= 1 else { return nil }
    return Piece(mark: mark, body: body, document: documents.first)
  }

  /// The lines, each with what ends it.
  private static func lines(of text: String) -> [String] {
    var lines: [String] = []
    var rest = text.utf8[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      lines.append(String(Substring(rest[...end])))
      rest = rest[rest.index(after: end)...]
    }
    if !rest.isEmpty { lines.append(String(Substring(rest))) }
    return lines
  }

  private static func isMark(_ line: String) -> Bool {
    guard line.hasPrefix("---") else { return false }
    let next = line.utf8.dropFirst(3).first
    return next == nil
      || next.map { [UInt8(ascii: "\n"), UInt8(ascii: " "), UInt8(ascii: "\t")].contains($0) } ?? true
  }

  /// Whether nothing but a comment stands beside a mark.
  private static func isBare(_ line: String) -> Bool {
    let beside = line.utf8.dropFirst(3).first {
      ![UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n")].contains($0)
    }
    return beside == nil || beside == UInt8(ascii: "#")
  }
}

extension ManifestText.Piece {
  /// Says something else; comments and empty lines above and below stay.
  mutating func say(_ text: String) {
    let lines = body.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let isAround = { (line: String) in
      let first = line.utf8.first { $0 != UInt8(ascii: " ") }
      return first == nil || first == UInt8(ascii: "#")
    }
    let head = lines.prefix(while: isAround)
    let tail = lines.dropFirst(head.count).reversed().prefix(while: isAround).reversed()
    // What ended the last line is a line of its own, and empty.
    body = head.map { $0 + "\n" }.joined() + text + tail.joined(separator: "\n")
  }
}
