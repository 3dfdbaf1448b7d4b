import Documents

/// The comments of a review file, by what they were written to.
///
/// Those beside an entry, in it or above it are the entry's, those before all entries the file's.
struct ReviewComments {
  /// Those before the first entry, but for the introduction.
  private(set) var above: [String] = []
  /// Those behind the last entry.
  private(set) var below: [String] = []
  private var byEntry: [Int: [String]] = [:]

  /// The comments of a text whose list of entries is this member; nil where it has none.
  init(_ comments: [YAMLComment], beside list: Node.Member?) {
    let places = (list?.value.sequence ?? []).map { $0.position ?? Position(line: 0, column: 0) }
    let lines = places.map(\.line)
    for comment in comments {
      // Entries of one line are one place: which of them is meant nobody can tell.
      let next = lines.firstIndex { $0 > comment.position.line } ?? lines.count
      let previous = next - 1
      let isInside =
        previous >= 0 && (!comment.isAlone || comment.position.column >= places[previous].column)
      if isInside {
        byEntry[previous, default: []].append(comment.text)
      } else if next < lines.count, previous >= 0 || comment.position.line > list?.position?.line ?? 0 {
        byEntry[next, default: []].append(comment.text)
      } else if previous < 0 {
        above.append(comment.text)
      } else {
        below.append(comment.text)
      }
    }
    above = Self.withoutIntroduction(above)
  }

  /// What was written to the entry at this place in the list.
  subscript(entry: Int) -> [String] { byEntry[entry] ?? [] }

  /// People may have written above our words and beneath them; what parts paragraphs is left out at both ends.
  private static func withoutIntroduction(_ comments: [String]) -> [String] {
    let ours = Set(ReviewFile.everyIntroduction.map { "# \($0)" })
    let theirs = comments.filter { !ours.contains($0) }
    let isEmpty = { (comment: String) in comment == "#" }
    return theirs.drop(while: isEmpty).reversed().drop(while: isEmpty).reversed()
  }
}
