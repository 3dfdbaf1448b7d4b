extension LintRule {
  /// The rule's page in Markdown: what it finds, why that matters, and how to mend it.
  public var page: String {
    var parts = ["# `\(name)`: \(summary)"]
    parts.append("Severity: \(severity.rawValue)." + (needs.isEmpty ? "" : " " + needed))
    parts += why
    parts.append("It finds something in this:\n\n```yaml\n\(bad)\n```")
    parts.append("And nothing in this:\n\n```yaml\n\(good)\n```")
    parts.append(
      "Where it is known and meant, say so on the object: "
        + "`\(Suppression.prefix)\(name): \"until 2027-01-31: why\"`.")
    return parts.joined(separator: "\n\n") + "\n"
  }

  /// All rules in Markdown, each with a link to its page.
  public static var index: String {
    let rows = all.map { "| [`\($0.name)`](\($0.name).md) | \($0.severity.rawValue) | \($0.summary) |\n" }
    return "# What `netpol-learn lint` looks for\n\n| rule | severity | finds |\n|---|---|---|\n"
      + rows.joined()
  }

  /// What must be known of the cluster, in words.
  var needed: String {
    let words = Scene.Knowledge.allCases.filter(needs.contains).map(\.words)
    return
      "It looks only where \(words.joined(separator: " and ")) are known, among the manifests or by `--cluster`."
  }
}
