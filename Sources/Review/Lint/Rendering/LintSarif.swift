public import Documents

extension Lint {
  /// The findings as a SARIF 2.1.0 log.
  public func sarif(version: String) -> Node {
    Sarif.log(findings, by: rules.map(\.sarif), version: version)
  }
}

extension LintRule {
  fileprivate var sarif: Sarif.Rule {
    Sarif.Rule(
      name: name, severity: severity, summary: summary, why: why.joined(separator: "\n\n"), page: page)
  }
}
