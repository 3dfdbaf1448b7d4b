import Kubernetes

/// A set of values that one label may have; nil stands for a label that is not there.
///
/// Labels can have values that nobody named, so a set that is told by what it lacks is never empty.
enum LabelValues: Hashable, Sendable {
  /// These values and no others.
  case these(Set<String?>)
  /// Every value but these.
  case allBut(Set<String?>)

  /// Whatever the label is, also when it is not there.
  static let any = LabelValues.allBut([])
  /// The label is there.
  static let present = LabelValues.allBut([nil])
  /// The label is not there.
  static let absent = LabelValues.these([nil])

  /// The values that meet a test.
  init(_ test: LabelRequirement.Test) {
    switch test {
    case .isOneOf(let values): self = .these(Set(values))
    case .isNoneOf(let values): self = .allBut(Set(values))
    case .isPresent: self = .present
    case .isAbsent: self = .absent
    }
  }

  /// Whether no value is left.
  var isEmpty: Bool {
    if case .these(let values) = self { values.isEmpty } else { false }
  }

  /// Every other value.
  var complement: LabelValues {
    switch self {
    case .these(let values): .allBut(values)
    case .allBut(let values): .these(values)
    }
  }

  /// The values of both sets.
  func intersection(_ other: LabelValues) -> LabelValues {
    switch (self, other) {
    case (.these(let mine), .these(let theirs)): .these(mine.intersection(theirs))
    case (.these(let mine), .allBut(let theirs)): .these(mine.subtracting(theirs))
    case (.allBut(let mine), .these(let theirs)): .these(theirs.subtracting(mine))
    case (.allBut(let mine), .allBut(let theirs)): .allBut(mine.union(theirs))
    }
  }

  /// Whether every value is also in the other set.
  func isSubset(of other: LabelValues) -> Bool {
    switch (self, other) {
    case (.these(let mine), .these(let theirs)): mine.isSubset(of: theirs)
    case (.these(let mine), .allBut(let theirs)): mine.isDisjoint(with: theirs)
    case (.allBut, .these): false
    case (.allBut(let mine), .allBut(let theirs)): theirs.isSubset(of: mine)
    }
  }

  /// Whether the sets have no value in common.
  func isDisjoint(with other: LabelValues) -> Bool {
    switch (self, other) {
    case (.these(let mine), .these(let theirs)): mine.isDisjoint(with: theirs)
    case (.these(let mine), .allBut(let theirs)): mine.isSubset(of: theirs)
    case (.allBut(let mine), .these(let theirs)): theirs.isSubset(of: mine)
    case (.allBut, .allBut): false
    }
  }

  /// One value of the set, the plainest: no label, else the first that was named, else one that nobody named.
  var example: String? {
    switch self {
    case .these(let values): values.contains(nil) ? nil : values.compactMap(\.self).min()
    case .allBut(let values): values.contains(nil) ? Self.unnamed("any", besides: values) : nil
    }
  }

  /// A value that is none of these.
  static func unnamed(_ word: String, besides values: Set<String?>) -> String {
    guard values.contains(word) else { return word }
    // One more number than there are values: one of them is free.
    let free = (1...values.count + 1).first { !values.contains("\(word)\($0)") }
    return free.map { "\(word)\($0)" } ?? word
  }
}

extension LabelSelector {
  /// What it asks, label by label; a label may be asked for several times.
  var demands: [(key: String, values: LabelValues)] {
    labels.sorted { $0.key < $1.key }.map { ($0.key, .these([$0.value])) }
      + requirements.map { ($0.key, LabelValues($0.test)) }
  }
}
