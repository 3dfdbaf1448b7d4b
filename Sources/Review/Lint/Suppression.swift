import Documents

/// Somebody's word that a finding is known and meant, and until when.
///
/// It stands in an annotation of the object: `lint.netpol-learn/RULE: "until 2027-01-31: why"`.
public struct Suppression: Hashable, Sendable {
  /// The last day on which it holds.
  public let until: Day
  /// Why.
  public let reason: String

  /// What the annotation's name begins with; the rule's name follows.
  static let prefix = "lint.netpol-learn/"

  /// What an annotation says; nil where a day or a reason is missing.
  init?(_ text: String) {
    let words = text.drop { $0 == " " }
    guard words.hasPrefix("until ") else { return nil }
    let rest = words.dropFirst("until ".count).drop { $0 == " " }
    guard let until = Day(String(rest.prefix(10))) else { return nil }
    let tail = rest.dropFirst(10).drop { $0 == " " }
    let reason = tail.dropFirst().drop { $0 == " " || $0 == "\n" || $0 == "\t" }
    guard tail.first == ":", !reason.isEmpty else { return nil }
    self.until = until
    self.reason = String(reason)
  }
}

extension Manifest {
  /// The annotations that would suppress a rule's findings, with the rule each names.
  var suppressions: [(rule: String, member: Node.Member, suppression: Suppression?)] {
    annotations.filter { $0.key.hasPrefix(Suppression.prefix) }.map { member in
      let rule = String(member.key.dropFirst(Suppression.prefix.count))
      return (rule, member, member.value.string.flatMap { Suppression($0) })
    }
  }

  /// What suppresses a rule's findings about this object today.
  func suppression(of rule: String, on today: Day) -> Suppression? {
    suppressions.lazy.filter { $0.rule == rule }.compactMap(\.suppression).first { today <= $0.until }
  }
}
