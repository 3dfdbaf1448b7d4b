import Console
import Kubernetes
import Review

extension Lint {
  /// The findings for people, as compilers print them; suppressed ones only where they are asked for.
  func text(showingSuppressed isAll: Bool, colored: Bool) -> String {
    findings.filter { isAll || $0.isOpen }.map { $0.text(colored: colored) }.joined()
  }

  /// What was looked at and found, in one line.
  func summary(of scene: Scene) -> String {
    let counts = [
      count(.error).counted("error"), count(.warning).counted("warning"), "\(count(.info).grouped) info",
    ]
    let suppressed = findings.count { !$0.isOpen }
    let tail = suppressed > 0 ? ", \(suppressed.grouped) suppressed" : ""
    let policies = scene.policyCount.counted("policy", "policies")
    return counts.joined(separator: ", ") + tail + " by \(rules.count.counted("rule")) in \(policies)"
  }
}

extension Finding {
  /// Names in it come from elsewhere, so nothing in it reaches the terminal as a command to it.
  fileprivate func text(colored: Bool) -> String {
    let place = place.map { VisibleText.escaped("\($0)") + ": " } ?? ""
    let label = severity.style.applied(to: severity.rawValue, colored)
    var text = "\(place)\(label)[\(rule)]: \(VisibleText.escaped(message))\n"
    if let suppression {
      text += "  suppressed until \(suppression.until): \(VisibleText.escaped(suppression.reason))\n"
    }
    if let hint { text += "  \(Style.hint.applied(to: "hint:", colored)) \(VisibleText.escaped(hint))\n" }
    return text
  }
}

extension Severity {
  fileprivate var style: Style {
    switch self {
    case .error: .error
    case .warning: .warning
    case .info: .hint
    }
  }
}
