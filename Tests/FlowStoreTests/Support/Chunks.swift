import TestSupport

extension SeededRandom {
  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

  /// The elements in another order, cut into pieces.
  mutating func chunks<Element>(of elements: [Element]) -> [[Element]] {
    var rest = elements.shuffled(using: &self)[...]
    var chunks: [[Element]] = []
    while !rest.isEmpty {
      let count = 1 + below(rest.count)
      chunks.append(Array(rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
    return chunks
  }
}
