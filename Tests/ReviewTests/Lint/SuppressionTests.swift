import Testing

@testable import Review

@Suite("Findings are suppressed with a reason, and for a time")
struct SuppressionTests {
  private func policy(_ annotation: String) -> String {
    """
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      annotations:
        lint.netpol-learn/dns-without-tcp: \(annotation)
      name: api
      namespace: shop
    spec:
      podSelector: {}
      policyTypes: [Egress]
      egress:
      - ports:
        - port: 53
          protocol: UDP
    """
  }

  private func finding(_ annotation: String, today: String = "2026-06-15") throws -> Finding {
    let scene = try LintScene(policy(annotation), rule: .dnsWithoutTCP, today: today)
    return try #require(scene.lint.findings.first)
  }

  @Test("up to and with the day it names, and not a day longer")
  func days() throws {
    let annotation = "'until 2026-06-15: the resolver knows no TCP'"
    let held = try finding(annotation, today: "2026-06-15")
    #expect(held.suppression?.reason == "the resolver knows no TCP")
    #expect(!held.isOpen)
    #expect(try finding(annotation, today: "2026-06-16").isOpen)
  }

  @Test(
    "not without a day, a reason or their form",
    arguments: [
      "because", "'until 2026-06-31: no such day'", "'until 2999-01-01'", "'until 2999-01-01:'",
      "'2999-01-01: why'",
      "'until 2999-1-1: why'", "''",
    ])
  func malformed(_ annotation: String) throws {
    #expect(try finding(annotation).isOpen)
    let told = try LintScene(policy(annotation), rule: .suppressions).lines
    #expect(
      told == [
        "5 suppression: the annotation for `dns-without-tcp` lacks a day or a reason, and suppresses nothing"
      ])
  }

  @Test("an ended one and one for an unknown rule are told")
  func told() throws {
    let ended = try LintScene(policy("'until 2026-01-01: why'"), rule: .suppressions).lines
    #expect(ended == ["5 suppression: the suppression of `dns-without-tcp` ended on 2026-01-01"])
    let text = policy("'until 2999-01-01: why'").replacing("dns-without-tcp", with: "dns")
    #expect(
      try LintScene(text, rule: .suppressions).lines == ["5 suppression: there is no rule `dns` to suppress"])
  }

  @Test("a suppressed finding does not fail the run")
  func fails() throws {
    let scene = try LintScene(policy("'until 2999-01-01: why'"), rule: .dnsWithoutTCP)
    #expect(!scene.lint.fails(at: .info))
    #expect(scene.lint.findings.count == 1)
    #expect(try LintScene(policy("why"), rule: .dnsWithoutTCP).lint.fails(at: .error))
  }
}

@Suite("Days are read, ordered and reckoned as the calendar has them")
struct DayTests {
  @Test("seconds since the epoch become the day of universal time")
  func seconds() {
    let table: [(Int, String)] = [
      (0, "1970-01-01"), (86_399, "1970-01-01"), (86_400, "1970-01-02"), (-1, "1969-12-31"),
      (951_782_400, "2000-02-29"), (951_868_800, "2000-03-01"), (1_709_164_800, "2024-02-29"),
      (4_107_542_400, "2100-03-01"), (1_798_761_599, "2026-12-31"),
    ]
    for (seconds, day) in table { #expect(Day(secondsSinceEpoch: seconds).description == day) }
    _ = Day(secondsSinceEpoch: .min)
    _ = Day(secondsSinceEpoch: .max)
  }

  @Test("text that names no day is none")
  func nonsense() {
    for text in [
      "", "2026-02-29", "2100-02-29", "2026-13-01", "2026-00-10", "2026-1-01", "+026-01-01", "2026-01-01x",
    ] {
      #expect(Day(text) == nil, "\(text)")
    }
    #expect(Day("2024-02-29") != nil && Day("2000-02-29") != nil)
  }
}
