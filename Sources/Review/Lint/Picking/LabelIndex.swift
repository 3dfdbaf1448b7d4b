import Kubernetes

/// Sets of labels, so ordered that a selector is tried on few of them.
struct LabelIndex: Sendable {
  /// The sets, in the order given.
  let sets: [Labels]
  /// Where each value of each label occurs, in ascending order.
  private let occurrences: [String: [String: [Int]]]

  init(_ sets: [Labels]) {
    self.sets = sets
    var occurrences: [String: [String: [Int]]] = [:]
    for (place, labels) in sets.enumerated() {
      for (key, value) in labels { occurrences[key, default: [:]][value, default: []].append(place) }
    }
    self.occurrences = occurrences
  }

  /// The places of the sets that a selector picks, in ascending order.
  func places(_ selector: LabelSelector) -> [Int] {
    guard let few = candidates(selector) else { return sets.indices.filter { selector.matches(sets[$0]) } }
    return few.filter { selector.matches(sets[$0]) }
  }

  /// Whether a selector picks any of the sets.
  func picks(_ selector: LabelSelector) -> Bool {
    guard let few = candidates(selector) else { return sets.contains(where: selector.matches) }
    return few.contains { selector.matches(sets[$0]) }
  }

  /// The labels that any of the sets has, in order.
  var keys: [String] { occurrences.keys.sorted() }

  /// The values of a label, in order.
  func values(of key: String) -> [String] { occurrences[key, default: [:]].keys.sorted() }

  /// Whether any of the sets has a label with this value.
  func has(_ key: String, _ value: String) -> Bool { occurrences[key]?[value] != nil }

  /// The places that the most telling label of a selector leaves; nil where it names no value.
  private func candidates(_ selector: LabelSelector) -> [Int]? {
    var lists = selector.labels.map { occurrences[$0.key]?[$0.value] ?? [] }
    for requirement in selector.requirements {
      guard case .isOneOf(let values) = requirement.test else { continue }
      // A set has one value of a label, so no place is in two of the lists.
      lists.append(values.flatMap { occurrences[requirement.key]?[$0] ?? [] }.sorted())
    }
    return lists.min { $0.count < $1.count }
  }
}
