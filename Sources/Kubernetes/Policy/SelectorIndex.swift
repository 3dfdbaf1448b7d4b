/// Which of many selectors may choose somebody, found without a look at all of them.
///
/// Each stands under the rarest of the labels whose values it asks for; those that ask for no value are always asked.
struct SelectorIndex: Sendable {
  private var byLabel: [Label: [Int]] = [:]
  private var others: [Int] = []

  private struct Label: Hashable {
    let key: String
    let value: String
  }

  /// So few are looked through as quickly.
  static let worthwhile = 16

  /// The index of these selectors, each with its place; places are in order.
  init(_ selectors: [(place: Int, selector: LabelSelector)]) {
    guard selectors.count >= Self.worthwhile else {
      others = selectors.map(\.place)
      return
    }
    var counts: [Label: Int] = [:]
    for (_, selector) in selectors {
      for label in Self.conditions(of: selector).joined() { counts[label, default: 0] += 1 }
    }
    for (place, selector) in selectors {
      let rarest = Self.conditions(of: selector).min { one, other in
        one.reduce(0) { $0 + counts[$1, default: 0] } < other.reduce(0) { $0 + counts[$1, default: 0] }
      }
      // Nobody has two values of a key, so nobody finds a selector twice.
      for label in rarest ?? [] { byLabel[label, default: []].append(place) }
      if rarest == nil { others.append(place) }
    }
  }

  /// The places of those that may choose these labels, in order.
  func candidates(for labels: Labels) -> [Int] {
    var found = others
    guard !byLabel.isEmpty else { return found }
    for (key, value) in labels {
      if let places = byLabel[Label(key: key, value: value)] { found += places }
    }
    return found.count > others.count ? found.sorted() : found
  }

  /// For each key of which it asks for a value the labels that will do.
  private static func conditions(of selector: LabelSelector) -> [[Label]] {
    selector.labels.map { [Label(key: $0.key, value: $0.value)] }
      + selector.requirements.compactMap { requirement in
        guard case .isOneOf(let values) = requirement.test else { return nil }
        return values.map { Label(key: requirement.key, value: $0) }
      }
  }
}
