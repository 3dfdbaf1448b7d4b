import Documents

extension LintRule {
  /// Annotations that suppress nothing.
  static let suppressions = LintRule(
    "suppression", .warning, "an annotation that should suppress findings and does not",
    why: [
      """
      A finding that is known and meant is suppressed by an annotation of the object it is about: \
      `lint.netpol-learn/RULE: "until 2027-01-31: why"`. The day and the reason are both needed, so that nobody has to \
      guess later. After that day the finding is back, and the annotation is told too.
      """
    ],
    bad: """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        annotations:
          lint.netpol-learn/dns-without-tcp: the load test needs it
        name: api
        namespace: shop
      spec:
        podSelector: {}
      """,
    good: """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        annotations:
          lint.netpol-learn/dns-without-tcp: "until 2999-01-31: the load test needs it"
        name: api
        namespace: shop
      spec:
        podSelector: {}
      """
  ) { scene in
    let known = Set(all.map(\.name))
    return scene.manifests.flatMap { manifest in
      manifest.suppressions.compactMap { rule, member, suppression in
        let place = manifest.place("metadata", "annotations", .member(member.key))
        guard known.contains(rule) else {
          return Notice(
            "there is no rule `\(rule)` to suppress", hint: "`netpol-learn lint --rules` lists them",
            on: manifest,
            at: place)
        }
        guard let suppression else {
          return Notice(
            "the annotation for `\(rule)` lacks a day or a reason, and suppresses nothing",
            hint: "write `until YYYY-MM-DD: why`", on: manifest, at: place)
        }
        guard suppression.until < scene.today else { return nil }
        return Notice(
          "the suppression of `\(rule)` ended on \(suppression.until)",
          hint: "mend what it is about, or give it a new day", on: manifest, at: place)
      }
    }
  }
}
