/// What a mistyped word was probably meant to be.
enum Suggestion {
  /// The nearest of the words, if any is near enough to be worth naming.
  static func nearest(to word: String, among words: [String]) -> String? {
    let typed = Array(word)
    let core = word.drop { $0 == "-" }
    // Who stopped typing early meant the one word that goes on like that.
    let longer = words.filter { core.count >= 3 && $0.hasPrefix(word) }
    if longer.count == 1, let only = longer.first { return only }
    // Among short words nearly all are two steps apart, so one must do.
    let reach = core.count <= 3 ? 1 : 2
    var best: (word: String, distance: Int)?
    for candidate in words where candidate != word {
      let distance = distance(typed, Array(candidate))
      if distance <= min(reach, (best?.distance ?? .max) - 1) { best = (candidate, distance) }
    }
    return best?.word
  }

  /// How many letters were left out, added, changed or swapped with their neighbour.
  static func distance(_ a: [Character], _ b: [Character]) -> Int {
    // Lengths alone rule most words out, and keep a hostile word from costing time.
    guard abs(a.count - b.count) <= 2 else { return abs(a.count - b.count) }
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for (row, letter) in a.enumerated() {
      var current = [row + 1]
      for (column, other) in b.enumerated() {
        var steps = min(last[column + 1] + 1, current[column] + 1, last[column] + (letter == other ? 0 : 1))
        if row > 0, column > 0, letter == b[column - 1], a[row - 1] == other {
          steps = min(steps, beforeLast[column - 1] + 1)
        }
        current.append(steps)
      }
      (beforeLast, last) = (last, current)
    }
    return last[b.count]
  }
}
