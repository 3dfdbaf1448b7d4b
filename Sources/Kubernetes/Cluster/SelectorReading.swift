public import Documents

extension LabelSelector {
  /// The selector of an object that makes pods; nil where the API server would refuse it.
  public init?(written node: Node) {
    var findings = PolicyFindings()
    let selector = findings.selector(PolicyField(node: node, path: "spec.selector"))
    guard let selector, findings.causes.isEmpty else { return nil }
    self = selector
  }
}
