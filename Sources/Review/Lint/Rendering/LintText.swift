import Kubernetes

extension Lint {
  /// The findings for people, as compilers print them; suppressed ones only where they are asked for.
  public func text(showingSuppressed isAll: Bool) -> String {
    findings.filter { isAll || $0.isOpen }.map(\.text).joined()
  }

  /// What was looked at and found, in one line.
  public func summary(policies: Int) -> String {
    let counts = Severity.allCases.map {
      "\(count($0)) \($0.rawValue)" + (count($0) == 1 || $0 == .info ? "" : "s")
    }
    let suppressed = findings.count { !$0.isOpen }
    let tail = suppressed > 0 ? ", \(suppressed) suppressed" : ""
    return counts.joined(separator: ", ") + tail + " by \(rules.count) rules in \(policies) "
      + (policies == 1 ? "policy" : "policies")
  }
}

extension Finding {
  fileprivate var text: String {
    let place = place.map { "\($0): " } ?? ""
    var text = "\(place)\(severity.rawValue)[\(rule)]: \(message)\n"
    if let suppression { text += "  suppressed until \(suppression.until): \(suppression.reason)\n" }
    if let hint { text += "  hint: \(hint)\n" }
    return text
  }
}
