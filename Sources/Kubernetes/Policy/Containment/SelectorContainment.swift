extension LabelSelector {
  /// Whether whatever the other one chooses is chosen by this one too, whichever labels there may be.
  ///
  /// A selector asks of each label by itself, so this is exact.
  public func contains(_ other: LabelSelector) -> Bool {
    if isEverything || self == other { return true }
    // Nearly all selectors are plain labels, and most pairs differ in one.
    if requirements.isEmpty, other.requirements.isEmpty {
      return labels.allSatisfy { other.labels[$0.key] == $0.value }
    }
    let theirs = other.choices
    if theirs.values.contains(where: \.isImpossible) { return true }
    return choices.allSatisfy { key, choice in choice.contains(theirs[key] ?? .anything) }
  }

  private var choices: [String: LabelChoice] {
    var choices = labels.mapValues { LabelChoice($0) }
    for requirement in requirements {
      let choice = LabelChoice(requirement.test)
      choices[requirement.key] = choices[requirement.key].map { $0.intersection(choice) } ?? choice
    }
    return choices
  }
}
