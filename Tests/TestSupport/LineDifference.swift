/// The lines in which two texts differ, short enough to read in a test's failure.
struct LineDifference: CustomStringConvertible {
  let description: String

  init(from wanted: String, to made: String, atMost limit: Int = 24) {
    let before = Self.lines(wanted)
    let after = Self.lines(made)
    var said: [(line: Int, isNew: Bool, text: String)] = []
    for change in after.difference(from: before) {
      switch change {
      case .remove(let offset, let text, _): said.append((offset + 1, false, text))
      case .insert(let offset, let text, _): said.append((offset + 1, true, text))
      }
    }
    said.sort { ($0.line, $0.isNew ? 1 : 0) < ($1.line, $1.isNew ? 1 : 0) }
    var lines = said.prefix(limit).map { "\($0.isNew ? "+" : "-") \($0.line): \($0.text)" }
    if said.count > limit { lines.append("and \(said.count - limit) more lines") }
    description = lines.joined(separator: "\n")
  }

  private static func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}
