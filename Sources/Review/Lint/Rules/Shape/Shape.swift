extension LintRule {
  /// What does not mean what it looks like, or nothing at all.
  static let shape: [LintRule] = [
    containedPolicy,
    containedRule,
    duplicatePolicy,
    emptyEgress,
    enforcedEntries,
    invalidObject,
    invalidPolicy,
    namespaceMissing,
    policyTypesMissing,
    portRanges,
    removedAPI,
    sectionWithoutEffect,
    suppressions,
    unreadableFile,
    yamlTrap,
  ]
}
