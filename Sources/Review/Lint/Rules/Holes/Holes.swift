extension LintRule {
  /// What lets through more than it looks.
  static let holes: [LintRule] = [
    allowAll,
    anyAddress,
    anyNamespace,
    ipBlockOnPods,
    metadataReachable,
    noDefaultDeny,
    probeRule,
    sensitivePort,
    unprotectedWorkload,
  ]
}
