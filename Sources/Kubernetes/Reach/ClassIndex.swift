/// Which classes bear a label: selectors are resolved from here, without a look at all the others.
struct ClassIndex {
  private let classes: PartyClasses
  private let selectors: SelectorTable
  /// For each pair of label and value where its classes begin in `bearers`.
  private var starts: [Int]
  /// The classes that bear each pair, in order.
  private var bearers: [UInt32]

  init(_ classes: PartyClasses, _ selectors: SelectorTable) {
    self.classes = classes
    self.selectors = selectors
    starts = [Int](repeating: 0, count: selectors.vocabulary.pairCount + 1)
    for each in classes.all {
      for pair in each.signature { starts[Int(pair) + 1] += 1 }
    }
    for pair in 1..<max(1, starts.count) { starts[pair] += starts[pair - 1] }
    bearers = [UInt32](repeating: 0, count: starts.last ?? 0)
    var ends = starts
    for (number, each) in classes.all.enumerated() {
      for pair in each.signature {
        bearers[ends[Int(pair)]] = UInt32(number)
        ends[Int(pair)] += 1
      }
    }
  }

  /// The classes of a range that a selector picks.
  func classes(in range: Range<UInt32>, selectedBy selector: Int) -> ClassSet {
    let conditions = selectors.conditions(of: selector)
    guard !conditions.isEmpty else { return ClassSet(range) }
    guard let (first, slices) = narrowest(of: conditions, in: range) else {
      var chosen = ClassSet()
      for number in range where holds(conditions, number, but: nil) { chosen.append(number) }
      return chosen
    }
    var candidates = slices.flatMap { bearers[$0] }
    // A class has one value of a key, so no class is in two slices.
    if slices.count > 1 { candidates.sort() }
    var chosen = ClassSet()
    for number in candidates where holds(conditions, number, but: first) { chosen.append(number) }
    return chosen
  }

  /// The condition that leaves the fewest classes to look at, and these; nil where each may leave all.
  private func narrowest(
    of conditions: [SelectorTable.Condition], in range: Range<UInt32>
  ) -> (condition: Int, slices: [Range<Int>])? {
    var best: (condition: Int, slices: [Range<Int>])?
    var fewest = Int.max
    for (place, condition) in conditions.enumerated() {
      guard case .isOneOf(let pairs) = condition.test else { continue }
      let slices = pairs.map { slice(of: $0, in: range) }
      let count = slices.reduce(0) { $0 + $1.count }
      if count < fewest {
        fewest = count
        best = (place, slices)
      }
    }
    return best
  }

  private func slice(of pair: LabelVocabulary.Pair, in range: Range<UInt32>) -> Range<Int> {
    let (start, end) = (starts[Int(pair)], starts[Int(pair) + 1])
    let low = firstBearer(from: start, to: end, notBelow: range.lowerBound)
    return low..<firstBearer(from: low, to: end, notBelow: range.upperBound)
  }

  private func firstBearer(from start: Int, to end: Int, notBelow bound: UInt32) -> Int {
    var (low, high) = (start, end)
    while low < high {
      let middle = (low + high) / 2
      if bearers[middle] < bound { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func holds(_ conditions: [SelectorTable.Condition], _ number: UInt32, but known: Int?) -> Bool {
    let signature = classes.all[Int(number)].signature
    for (place, condition) in conditions.enumerated() where place != known {
      guard selectors.holds(condition, signature) else { return false }
    }
    return true
  }
}
