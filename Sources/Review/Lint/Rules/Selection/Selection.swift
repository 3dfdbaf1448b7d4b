extension LintRule {
  /// What picks nobody, somebody else, or soon somebody else.
  static let selection: [LintRule] = [
    andOrSuspicion,
    hostNetwork,
    kustomizeLabels,
    mutableLabel,
    namespaceByName,
    peerSelectsNothing,
    peerSelectsSeveralWorkloads,
    selectsNothing,
    selectsSeveralWorkloads,
    unknownNamespaceLabel,
  ]
}
