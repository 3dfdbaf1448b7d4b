import Console
import Documents
import TestSupport
import Testing

@testable import netpol_learn

@Suite("replay tells what manifests would do to what was recorded")
struct ReplayCommandTests {
  private static let deny = """
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: deny, namespace: payments}
    spec: {podSelector: {}, policyTypes: [Ingress, Egress]}

    """

  private static let open = """
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: open, namespace: payments}
    spec: {podSelector: {}, policyTypes: [Ingress, Egress], ingress: [{}], egress: [{}]}

    """

  @Test("the generated policies block nothing that is needed, and closed doors alone block all of it")
  func both() throws {
    let session = try Session.ofTheStory()
    _ = try session.run("generate", "--ns", "payments", "--out", "@policies")
    let generated = try session.run("replay", "--ns", "payments", "--policies", "@policies", "-o", "json")
    #expect(generated.code == .done)
    try session.write(Self.deny, to: "deny.yaml")
    let closed = try session.run("replay", "--ns", "payments", "--policies", "@deny.yaml", "-o", "json")
    #expect(closed.code == .difference)
    for (outcome, passing) in [(generated, 12), (closed, 0)] {
      let document = try JSON.read(Array(outcome.output.utf8))
      for thing in ["edges", "conversations"] {
        let sums = try #require(document[["replay", thing]])
        func sum(_ name: String) throws -> Int { try #require(sums[name]?.integer) }
        #expect(try sum("asked") + sum("notAsked") == sum("seen"))
        #expect(try sum("passing") + sum("blocked") == sum("asked"))
        #expect(try sum("seen") == document[["accounting", thing, "seen"]]?.integer)
      }
      #expect(document[["replay", "edges", "passing"]]?.integer == passing)
      #expect(document["edges"]?.sequence?.count == 26 && document["notAsked"]?.sequence?.count == 4)
    }
  }

  @Test("the sums say how many of what is blocked are listed, in how many lines, and how to go on")
  func listed() throws {
    let session = try Session.ofTheStory()
    let outcome = try session.run("replay", "--ns", "payments", "--policies", Story.manifests)
    // The two addresses of one name share a line.
    #expect(outcome.talk.contains("14 quarantined; 9 are needed, listed in 8 lines\n"), "\(outcome.talk)")
    let head = try #require(outcome.output.split(separator: "\n\n").first)
    #expect(head.split(separator: "\n").dropFirst().count { !$0.hasPrefix(" ") } == 8, "\(head)")
    #expect(outcome.talk.contains("hint: `netpol-learn why CLIENT SERVER PORT --policies PATH` says"))
    try session.write(Self.open, to: "open.yaml")
    let open = try session.run("replay", "--ns", "payments", "--policies", "@open.yaml")
    #expect(open.code == .done && !open.talk.contains("says of one of them"), "\(open.talk)")
    #expect(open.talk.contains("; 14 quarantined ones would be open, listed in 9 lines\n"), "\(open.talk)")
  }

  @Test("what people accepted is a need here too, and no longer would be open")
  func accepted() throws {
    let session = try Session.ofTheStory()
    try session.write(
      """
      kind: Review
      edges:
      - {client: Pod payments/debug-shell, server: StatefulSet payments/postgres, port: 5432, protocol: TCP,
         decision: accept, owner: ada}

      """, to: "decided.yaml")
    let made = try session.run(
      "generate", "--ns", "payments", "--out", "@policies", "--accept", "@decided.yaml")
    #expect(made.code == .done, "\(made.talk)")
    let words = ["replay", "--ns", "payments", "--policies", "@policies"]
    let plain = try session.run(words)
    #expect(plain.output.contains("WOULD BE OPEN"))
    #expect(plain.talk.contains("pass     13 = 8 learned + 4 baseline + 1 quarantined"), "\(plain.talk)")
    let told = try session.run(words + ["--accept", "@decided.yaml"])
    #expect(!told.output.contains("WOULD BE OPEN"), "\(told.output)")
    #expect(told.talk.contains("pass     13 = 9 learned + 4 baseline;"), "\(told.talk)")
    // Where policies of before would cut what was accepted, that is a loss.
    _ = try session.run("generate", "--ns", "payments", "--out", "@before")
    let before = ["replay", "--ns", "payments", "--policies", "@before"]
    #expect(try session.run(before).code == .done)
    #expect(try session.run(before + ["--accept", "@decided.yaml"]).code == .difference)
    let why = ["why", "payments/debug-shell", "payments/postgres", "5432"]
    #expect(try session.run(why).output.contains("\nquarantined  "))
    let answer = try session.run(why + ["--accept", "@decided.yaml"])
    #expect(answer.output.contains("\nlearned ") && answer.output.contains("\nallowed "), "\(answer.output)")
    #expect(answer.code == .done)
  }

  @Test("where a network plugin rules what a machine asks of its own pods, that is asked")
  func plugin() throws {
    let session = try Session.ofTheStory()
    _ = try session.run("generate", "--ns", "payments", "--out", "@policies")
    let words = ["replay", "--ns", "payments", "--policies", "@policies", "--cni"]
    #expect(try session.run(words + ["calico"]).code == .done)
    let cut = try session.run(words + ["kindnet"])
    #expect(cut.code == .difference)
    #expect(cut.output.contains("node node-a"), "\(cut.output)")
    _ = try session.run("generate", "--ns", "payments", "--out", "@kind", "--cni", "kindnet")
    let kind = try session.run(["replay", "--ns", "payments", "--policies", "@kind", "--cni", "kindnet"])
    #expect(kind.code == .done, "\(kind.output)")
    #expect(kind.talk.contains("pass     14 = 8 learned + 6 baseline"), "\(kind.talk)")
  }

  @Test("what was made with --strict is played with --strict")
  func strict() throws {
    let session = try Session.ofTheStory()
    let made = try session.run("generate", "--ns", "payments", "--strict", "--out", "@policies")
    #expect(made.code == .done, "\(made.talk)")
    let words = ["replay", "--ns", "payments", "--policies", "@policies"]
    #expect(try session.run(words).code == .difference)
    #expect(try session.run(words + ["--strict"]).code == .done)
  }

  @Test("what people accepted is told, with what becomes of it")
  func acceptedEdges() throws {
    let session = try Session.ofTheStory()
    try session.write(
      """
      kind: Review
      edges:
      - {client: Pod payments/debug-shell, server: StatefulSet payments/postgres, port: 5432, protocol: TCP, decision: accept, owner: ada}
      - {client: address 10.244.1.17, server: StatefulSet payments/postgres, port: 5432, protocol: TCP, decision: accept, owner: ada}

      """, to: "decided.yaml")
    let words = ["replay", "--ns", "payments", "--policies", Story.manifests]
    let outcome = try session.run(words + ["--accept", "@decided.yaml"])
    #expect(
      outcome.talk.contains(
        "accepted 1 quarantined edge, blocked; the loss of 1 edge not asked about\n"
      ),
      "\(outcome.talk)")
    #expect(try !session.run(words).talk.contains("accepted"))
  }

  @Test("what is generated for a story blocks nothing of it", arguments: Sample.all)
  func stories(sample: Sample) throws {
    let session = try Session.of(sample)
    _ = try session.run(["generate", "--out", "@policies"] + sample.namespaceOptions)
    let words = ["replay", "--policies", "@policies", "-o", "json"] + sample.namespaceOptions
    let outcome = try session.run(words)
    #expect(outcome.code == .done, "\(outcome.output)")
    let document = try JSON.read(Array(outcome.output.utf8))
    #expect(document[["replay", "edges", "passing"]]?.integer ?? 0 > 0)
  }

  @Test("several paths are one set, and of a policy that is given twice the later one counts")
  func union() throws {
    let session = try Session.ofTheStory()
    _ = try session.run("generate", "--ns", "payments", "--out", "@policies")
    let words = ["replay", "--ns", "payments", "--policies"]
    #expect(try session.run(words + [Story.manifests, "--policies", "@policies"]).code == .done)
    #expect(try session.run(words + ["@policies", "--policies", Story.manifests]).code == .difference)
  }

  @Test("a policy without a namespace belongs to the one that is asked for")
  func home() throws {
    let session = try Session.ofTheStory()
    try session.write(Self.deny.replacing(", namespace: payments", with: ""), to: "deny.yaml")
    #expect(
      try session.run("replay", "--ns", "payments", "--policies", "@deny.yaml").code == .difference)
    let other = try session.run("replay", "-A", "--policies", "@deny.yaml")
    #expect(other.code == .done && other.talk.contains("taken for `default`'s"))
  }

  @Test("the window is that of the facts")
  func window() throws {
    let session = try Session.ofTheStory()
    try session.write(Self.deny, to: "deny.yaml")
    let late = try session.run(
      "replay", "--ns", "payments", "--policies", "@deny.yaml", "--since", "2030-01-01T00:00:00Z")
    #expect(late.code == .done && late.talk.contains("nothing is recorded"))
    // Nor may a quiet run look as if all were well.
    let quiet = try session.run(
      "replay", "--ns", "payments", "--policies", "@deny.yaml", "--since", "2030-01-01T00:00:00Z", "-q")
    #expect(quiet.talk.contains("so that nothing is said of these policies"), "\(quiet.talk)")
    #expect(
      try !session.run("replay", "--ns", "payments", "--policies", "@deny.yaml", "-q").talk.contains(
        "nothing is said"))
  }

  @Test("without a namespace those that were seen are listed, and unknown ones and paths are mistakes")
  func usage() throws {
    let session = try Session.ofTheStory()
    let none = try session.run("replay", "--policies", Story.manifests)
    #expect(none.code == .usage && none.talk.contains("known are") && none.talk.contains("payments"))
    #expect(try session.run("replay", "--ns", "nobody", "--policies", Story.manifests).code == .usage)
    #expect(try session.run("replay", "--ns", "payments", "--policies", "@nothing").code == .usage)
    #expect(try session.run("replay", "--ns", "payments").code == .usage)
    #expect(
      try session.run("replay", "-A", "--policies", "-", "--cluster", "-").code == .usage)
  }

  @Test("where a policy can't be read the rest is asked, and the run ends with 3")
  func partial() throws {
    let session = try Session.ofTheStory()
    try session.write(
      Self.deny + "---\n" + Self.deny.replacing("podSelector: {}", with: "pods: 1"), to: "a.yaml")
    let outcome = try session.run("replay", "--ns", "payments", "--policies", "@a.yaml")
    #expect(outcome.code == .input)
    #expect(outcome.output.contains("payments/deny") && outcome.talk.contains("is no valid NetworkPolicy"))
    try session.write("a: [1\n", to: "b.yaml")
    #expect(try session.run("replay", "--ns", "payments", "--policies", "@b.yaml").code == .input)
    try session.write("kind: ConfigMap\nmetadata: {name: a}\n", to: "c.yaml")
    let empty = try session.run("replay", "--ns", "payments", "--policies", "@c.yaml")
    #expect(empty.code == .done && empty.talk.contains("so everything passes"))
  }
}
