extension LintRule {
  /// What lets through more than it looks.
  static let holes: [LintRule] = [
    noDefaultDeny
  ]
}
