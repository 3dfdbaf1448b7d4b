import Console
import TestSupport
import Testing

@testable import netpol_learn

@Suite("The next step that why names is one that helps")
struct NextStepTests {
  /// The last lines of an answer: what to do.
  private static func next(_ outcome: Session.Outcome) -> String {
    let lines = outcome.output.split(separator: "\n").map(String.init)
    return lines.drop { !$0.hasPrefix("next ") }.joined(separator: "\n")
  }

  private static func ask(_ session: Session, _ question: String, _ words: String...) throws
    -> Session.Outcome
  {
    try session.run(["why"] + question.split(separator: " ").map(String.init) + words)
  }

  @Test(
    "what is kept out whether or not it succeeds wants a decision, and what failed may be seen to succeed",
    arguments: [
      ("payments", "payments/debug-shell payments/postgres 5432", true),
      ("payments", "payments/debug-shell payments/postgres 22", true),
      ("scan", "bank/intern 169.254.169.254 80", true), ("scan", "bank/intern node-a 10250", true),
      ("scan", "203.0.113.200 bank/cache 6379", false),
    ])
  func keptOut(sample: String, question: String, isForGood: Bool) throws {
    let next = Self.next(try Self.ask(try Self.session(sample), question))
    #expect(next.contains("accept it in the review file"), "\(next)")
    #expect(next.contains("seen to succeed") != isForGood, "\(next)")
  }

  @Test("what a policy that runs denies wants that policy changed, since it can't succeed")
  func denied() throws {
    let session = try Self.session("scan")
    try session.write(Self.deny("bank"), to: "running.yaml")
    let next = Self.next(
      try Self.ask(session, "203.0.113.200 bank/cache 6379", "--cluster", "@running.yaml"))
    #expect(next.contains("bank/deny"), "\(next)")
    #expect(!next.contains("let it be seen to succeed"), "\(next)")
  }

  @Test("who rejected a connection is told, and that its entry lets it in")
  func rejected() throws {
    let session = try Session.of(.payments)
    try session.write(
      Self.review("Pod payments/debug-shell", "StatefulSet payments/postgres", "reject"), to: "no.review")
    let outcome = try Self.ask(
      session, "payments/debug-shell payments/postgres 5432", "--accept", "@no.review")
    #expect(Self.next(outcome).contains("ada rejected it"), "\(outcome.output)")
  }

  @Test("what is cut because its loss was accepted is not to be recorded again")
  func borne() throws {
    let session = try Self.faceless()
    try session.write(
      Self.review("Job payments/settle-2992", "StatefulSet payments/postgres", "accept"), to: "yes.review")
    let outcome = try Self.ask(
      session, "payments/settle-2992 payments/postgres 5432", "--accept", "@yes.review")
    #expect(outcome.code == .difference)
    #expect(outcome.output.contains("\nnot allowed "), "\(outcome.output)")
    let next = Self.next(outcome)
    #expect(next.contains("ada accepted its loss") && !next.contains("let it be seen"), "\(next)")
  }

  @Test(
    "where no policy rules a connection, nothing is to be done",
    arguments: [
      ("nodelocal-dns", "node-a kube-system/coredns 53/TCP"), ("payments", "node node 10250"),
      ("payments", "203.0.113.21 198.51.100.9 443"),
    ])
  func unruled(sample: String, question: String) throws {
    let outcome = try Self.ask(try Self.session(sample), question)
    #expect(outcome.code == .done, "\(outcome.talk)")
    let next = Self.next(outcome)
    #expect(next.hasPrefix("next         nothing: ") && !next.contains("let it be seen"), "\(next)")
  }

  @Test("a rule that lets pass what was never seen is not called unused")
  func broad() throws {
    let session = try Session.of(.payments)
    let next = Self.next(try Self.ask(session, "payments/debug-shell kube-system/coredns 53/TCP"))
    #expect(next.contains("nothing recorded needs it") && next.contains("others may need"), "\(next)")
  }

  @Test("a namespace of which nothing was seen keeps no answer back that another's policies give")
  func silent() throws {
    let session = try Session.of(.payments)
    try session.write(
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: idle, namespace: quiet}
      spec:
        selector: {matchLabels: {app: idle}}
        template: {metadata: {labels: {app: idle}}, spec: {containers: [{name: c}]}}
      """, to: "extra.yaml")
    let outcome = try Self.ask(session, "quiet/idle payments/api 8080", "--cluster", "@extra.yaml")
    #expect(
      outcome.output.contains("\nnot allowed  under the policies that would be generated for `payments`\n"),
      "\(outcome.output)")
    #expect(
      outcome.output.contains(
        "\nnote         nothing was seen of `quiet`, and no policies would be generated for it\n"),
      "\(outcome.output)")
    let alone = try Self.ask(session, "quiet/idle 203.0.113.9 443", "--cluster", "@extra.yaml")
    #expect(alone.output.contains("\nno answer    "), "\(alone.output)")
  }

  @Test("what stands in the way of one workload's policies keeps the answer back for it alone")
  func obstacle() throws {
    let session = try Self.faceless()
    let other = try Self.ask(session, "web/frontend payments/api 8080")
    #expect(
      other.output.contains(
        "\nallowed      under the policies that would be generated for `payments` and `web`\n"),
      "\(other.output)")
    #expect(
      other.output.contains("\nnote         they would not be written as long as "), "\(other.output)")
    let own = try Self.ask(session, "payments/settle-2992 payments/postgres 5432")
    #expect(own.output.contains("\nno answer    there are no policies"), "\(own.output)")
  }

  @Test("a machine is told whether it has the pods itself, and once")
  func machine() throws {
    let session = try Session.of(.payments)
    let both = try Self.ask(session, "node-a payments/api 9090").output
    #expect(both.split(separator: "not allowed ").count == 2, "\(both)")
    #expect(both.contains("1 of 2 pods of payments/api runs on node-a, which always reaches it"), "\(both)")
    let own = try Self.ask(session, "node-a payments/redis 9090").output
    #expect(own.contains("\nno answer    a machine always reaches its own pods"), "\(own)")
    let none = try Self.ask(session, "node-b payments/redis 9090").output
    #expect(none.contains("\nnot allowed ") && !none.contains("always reaches"), "\(none)")
  }
}

// The stories that are asked about.
extension NextStepTests {
  private static func session(_ sample: String) throws -> Session {
    try Session.of(try #require(Sample.all.first { $0.name == sample }))
  }

  /// The payments story, where a Job's pods have no label that outlives a roll-out.
  private static func faceless() throws -> Session {
    let session = try Session()
    let cluster = try String(decoding: Repository.read(Story.cluster), as: UTF8.self)
    // A Job's pods go by these labels, and what takes their place tells one roll-out from the next.
    let bare = [
      (#""app": "settle""#, #""helm.sh/chart": "settle-1""#),
      (#""batch.kubernetes.io/job-name": "settle-2992""#, #""controller-revision-hash": "c1""#),
      (#""job-name": "settle-2992""#, #""pod-template-hash": "c1""#),
    ].reduce(cluster) { $0.replacing($1.0, with: $1.1) }
    try session.write(bare, to: "bare.json")
    _ = try session.run("learn", "-r", Story.capture, "--cluster", "@bare.json")
    return session
  }

  private static func deny(_ namespace: String, _ rest: String = "") -> String {
    """
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: deny, namespace: \(namespace), uid: "1", creationTimestamp: 2026-11-01T00:00:00Z\(rest)}
    spec: {podSelector: {}, policyTypes: [Ingress]}
    """
  }

  private static func review(_ client: String, _ server: String, _ answer: String) -> String {
    """
    kind: Review
    edges:
    - {client: \(client), server: \(server), port: 5432, protocol: TCP, decision: \(answer), owner: ada}
    """
  }
}
