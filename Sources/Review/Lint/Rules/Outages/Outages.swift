extension LintRule {
  /// What breaks something that works.
  static let outages: [LintRule] = [
    dnsBlocked,
    dnsWithoutTCP,
    oneSided,
    portNameDiffers,
    portNameUnknown,
    scrapeBlocked,
    serviceBlocked,
    servicePort,
    undeclaredPort,
  ]
}
