/// Finds the word that was probably meant.
public enum Suggestion {
  /// The nearest known word: the same but for case, or at most two slips of the finger away.
  public static func nearest(to word: String, among known: [String]) -> String? {
    let written = word.lowercased()
    // Nothing sensible is two slips from a very short word, and a very long one is no slip.
    guard (1...64).contains(written.count) else { return nil }
    let allowed = written.count <= 3 ? 1 : 2
    return
      known
      .filter { abs($0.count - written.count) <= allowed }
      .map { (word: $0, slips: slips(from: Array(written), to: Array($0.lowercased()))) }
      .filter { $0.slips <= allowed }
      .min { ($0.slips, $0.word) < ($1.slips, $1.word) }?.word
  }

  /// How many characters must be changed, added or left out (Levenshtein's distance).
  private static func slips(from one: [Character], to other: [Character]) -> Int {
    var row = Array(0...other.count)
    for (index, character) in one.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in other.indices {
        let kept = diagonal + (other[column] == character ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(kept, diagonal + 1, row[column] + 1)
      }
    }
    return row[other.count]
  }
}
