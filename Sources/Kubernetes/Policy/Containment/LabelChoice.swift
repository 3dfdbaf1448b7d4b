/// What a selector leaves open for one label: the values it may have, and whether it may be missing.
struct LabelChoice: Hashable {
  /// The values, or all but these.
  private var values: Values
  private var mayBeAbsent: Bool

  private enum Values: Hashable {
    case only(Set<String>)
    case allBut(Set<String>)
  }

  /// A label of which nothing is asked.
  static let anything = LabelChoice(values: .allBut([]), mayBeAbsent: true)

  /// A label that must be there with this value.
  init(_ value: String) {
    self.init(values: .only([value]), mayBeAbsent: false)
  }

  /// What a requirement leaves open for the label it is about.
  init(_ test: LabelRequirement.Test) {
    switch test {
    case .isOneOf(let values): self.init(values: .only(Set(values)), mayBeAbsent: false)
    case .isNoneOf(let values): self.init(values: .allBut(Set(values)), mayBeAbsent: true)
    case .isPresent: self.init(values: .allBut([]), mayBeAbsent: false)
    case .isAbsent: self.init(values: .only([]), mayBeAbsent: true)
    }
  }

  private init(values: Values, mayBeAbsent: Bool) {
    self.values = values
    self.mayBeAbsent = mayBeAbsent
  }
}

extension LabelChoice {
  /// Whether nothing is left open, so that no labels at all can be chosen.
  var isImpossible: Bool { values == .only([]) && !mayBeAbsent }

  /// Whether it leaves open all that the other one does.
  func contains(_ other: LabelChoice) -> Bool {
    guard mayBeAbsent || !other.mayBeAbsent else { return false }
    return switch (values, other.values) {
    case (.only(let mine), .only(let theirs)): theirs.isSubset(of: mine)
    case (.allBut(let mine), .only(let theirs)): theirs.isDisjoint(with: mine)
    case (.allBut(let mine), .allBut(let theirs)): mine.isSubset(of: theirs)
    // There are more values than any list names.
    case (.only, .allBut): false
    }
  }

  /// What both leave open.
  func intersection(_ other: LabelChoice) -> LabelChoice {
    let both: Values =
      switch (values, other.values) {
      case (.only(let mine), .only(let theirs)): .only(mine.intersection(theirs))
      case (.only(let mine), .allBut(let theirs)): .only(mine.subtracting(theirs))
      case (.allBut(let mine), .only(let theirs)): .only(theirs.subtracting(mine))
      case (.allBut(let mine), .allBut(let theirs)): .allBut(mine.union(theirs))
      }
    return LabelChoice(values: both, mayBeAbsent: mayBeAbsent && other.mayBeAbsent)
  }
}
