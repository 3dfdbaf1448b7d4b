/// How long text is broken into lines.
enum Wrapping {
  /// The text in lines of at most `width` columns; a word that is longer keeps a line to itself.
  static func lines(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if line.isEmpty {
        line = String(word)
      } else if VisibleText.width(line) + 1 + VisibleText.width(String(word)) <= width {
        line += " " + word
      } else {
        lines.append(line)
        line = String(word)
      }
    }
    return lines + (line.isEmpty ? [] : [line])
  }

  /// A name and beside it a text in lines; under it, where the name leaves too little room.
  static func entry(_ name: String, _ text: String, indent: Int, column: Int, width: Int) -> [String] {
    let margin = String(repeating: " ", count: column)
    let head = String(repeating: " ", count: indent) + name
    var lines = Self.lines(text, width: width - column)
    guard !lines.isEmpty else { return [head] }
    let used = VisibleText.width(head)
    guard used + 2 <= column else { return [head] + lines.map { margin + $0 } }
    let first = lines.removeFirst()
    return [head + String(repeating: " ", count: column - used) + first] + lines.map { margin + $0 }
  }
}
