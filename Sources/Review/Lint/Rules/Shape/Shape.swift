extension LintRule {
  /// What does not mean what it looks like, or nothing at all.
  static let shape: [LintRule] = [
    invalidPolicy,
    suppressions,
    unreadableFile,
  ]
}
