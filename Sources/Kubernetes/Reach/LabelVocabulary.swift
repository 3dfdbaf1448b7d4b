/// The labels that selectors tell apart, as numbers.
///
/// Whatever no selector asks for is left out: two pods that differ only there are alike to every policy.
struct LabelVocabulary {
  /// A label with its value: each value that some selector names, and one for all other values of a key.
  typealias Pair = UInt32

  private var keys: [String: Int] = [:]
  private var values: [[String: Pair]] = []
  private var others: [Pair] = []
  /// The key of each pair.
  private(set) var keyOfPair: [Int] = []

  /// How many pairs there are.
  var pairCount: Int { keyOfPair.count }

  /// The number of a key that a selector asks for.
  mutating func key(_ name: String) -> Int {
    if let known = keys[name] { return known }
    let number = values.count
    keys[name] = number
    values.append([:])
    others.append(newPair(of: number))
    return number
  }

  /// The number of a value that a selector names.
  mutating func pair(_ value: String, of key: Int) -> Pair {
    if let known = values[key][value] { return known }
    let pair = newPair(of: key)
    values[key][value] = pair
    return pair
  }

  private mutating func newPair(of key: Int) -> Pair {
    keyOfPair.append(key)
    return Pair(keyOfPair.count - 1)
  }

  /// What selectors see of these labels, in order.
  func signature(of labels: Labels) -> [Pair] {
    var pairs: [Pair] = []
    for (name, value) in labels {
      guard let key = keys[name] else { continue }
      pairs.append(values[key][value] ?? others[key])
    }
    if pairs.count > 1 { pairs.sort() }
    return pairs
  }
}
