extension LintRule {
  /// What breaks something that works.
  static let outages: [LintRule] = [
    dnsWithoutTCP
  ]
}
