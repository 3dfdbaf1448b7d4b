public import Documents
import Generator
import Kubernetes
import Traffic

extension Replay {
  /// What would go wrong as a SARIF 2.1.0 log: lost needs, openings, idle policies, and unused parts where asked for.
  public func sarif(version: String, withUnused: Bool) -> Node {
    let parts = withUnused ? unused.map(Self.finding) : []
    // Code hosts refuse a log with a finding that has no place.
    let findings =
      losses.flatMap(Self.findings) + openings.compactMap(finding) + unaskedNeeds.compactMap(finding)
      + idle.map(Self.finding) + parts
    return Sarif.log(findings.sorted(), by: Self.rules, version: version)
  }

  /// One finding for each side that cuts it.
  private static func findings(_ outcome: Outcome) -> [Finding] {
    outcome.ruling.verdict.denials.map { direction, denial in
      let isolators = denial.isolatedBy.map { "`\($0)`" }.joined(separator: " and ")
      let nearest = denial.nearest.map { "; nearest is `\($0)`, which lacks this \(denial.cause.rawValue)" }
      let place = denial.nearest ?? denial.isolatedBy[denial.isolatedBy.startIndex]
      return finding(
        "replay-blocked", .error,
        "\(words(outcome.edge)) was recorded and would be cut on \(direction.rawValue), isolated by \(isolators)"
          + (nearest ?? ", without any rule"), at: place)
    }
  }

  /// At the rule that lets it pass, or where none does at the first policy of the namespace that leaves it open.
  private func finding(_ outcome: Outcome) -> Finding? {
    let edge = outcome.edge
    guard let place = outcome.ruling.verdict.passages.last ?? firstPolicy(of: edge) else { return nil }
    return Self.finding(
      "replay-open", .warning,
      "\(Self.words(edge)) is quarantined (\(edge.reason ?? edge.tier.name)) and would pass", at: place)
  }

  private func finding(_ unasked: Unasked) -> Finding? {
    guard let place = firstPolicy(of: unasked.edge) else { return nil }
    return Self.finding(
      "replay-unasked", .warning,
      "\(Self.words(unasked.edge)) is needed and could not be asked: \(unasked.cause.rawValue)", at: place)
  }

  /// The first policy of the namespace of an edge's server, else of its client's.
  private func firstPolicy(of edge: Edge) -> Citation? {
    [(edge.server, PolicyDirection.ingress), (edge.client, .egress)].lazy.compactMap { end, direction in
      policies.first { $0.namespace == end.namespace }.map { Citation($0, direction) }
    }.first
  }

  private static func finding(_ policy: NetworkPolicy) -> Finding {
    finding(
      "replay-idle", .warning, "`\(policy.path)` picks no pod that is known",
      at: Citation(policy, .ingress))
  }

  private static func finding(_ part: UnusedPart) -> Finding {
    let remark = part.remark.map { ": \($0)" } ?? ""
    return finding(
      "replay-unused", .info,
      "nothing recorded needs \(part.part.kind == "rule" ? "" : "\(part.part.kind) `\(part.part.words)` of ")\(part.rule.direction.rawValue) rule \(part.rule.rule ?? 0)\(remark)",
      at: part.rule)
  }

  private static func finding(
    _ rule: String, _ severity: Severity, _ message: String, at citation: Citation?
  ) -> Finding {
    Finding(
      rule: rule, severity: severity, message: message, hint: nil,
      object: citation.map { "NetworkPolicy \($0.policy)" }, place: citation?.origin, suppression: nil)
  }

  private static func words(_ edge: Edge) -> String {
    "`\(edge.client)` → `\(edge.server)` \(edge.port)/\(edge.transport)"
  }

  private static let rules = [
    rule(
      "replay-blocked", .error, "a recorded need would be cut",
      "Connections that were recorded and belong to the learned or baseline edges would not be let through by these policies. Add what the nearest rule lacks, or generate the policies again."
    ),
    rule(
      "replay-idle", .warning, "a policy picks no pod that is known",
      "No pod and no workload of the inventory has labels that the policy's `podSelector` asks for, so that it means nothing, or not what its author meant."
    ),
    rule(
      "replay-open", .warning, "a quarantined edge would pass",
      "What was recorded of a scan, a refusal or an address that hands out secrets would be let through by these policies."
    ),
    rule(
      "replay-unasked", .warning, "nobody can say whether a recorded need would be cut",
      "The pods of one end are not known, or nobody can be named for it, so that no policy can be asked. Load the cluster's objects as they were then."
    ),
    rule(
      "replay-unused", .info, "nothing recorded needs a rule, a peer or a port",
      "In the time that was looked at no needed edge passed by it. What happens once a month was not seen in a week: ask who wrote it before it is taken away."
    ),
  ]

  private static func rule(
    _ name: String, _ severity: Severity, _ summary: String, _ why: String
  ) -> Sarif.Rule {
    Sarif.Rule(name: name, severity: severity, summary: summary, why: why, page: "# \(name)\n\n\(why)\n")
  }
}
