import Console
import Documents
import Kubernetes
import TestSupport
import Testing

@testable import netpol_learn

@Suite("How policies are written can be chosen")
struct WritingTests {
  @Test("a staged policy is told to be in force nowhere, and one in force takes its place")
  func dialect() throws {
    let session = try Session.ofTheStory()
    let plain = try session.run("generate", "--ns", "payments", "--out", "@plain")
    let staged = try session.run(
      "generate", "--ns", "payments", "--out", "@policies", "--dialect", "calico-staged")
    #expect(staged.code == .done)
    let proof = "proof    "
    let words = plain.talk.replacing("plain/", with: "policies/").replacing(
      proof,
      with:
        "staged   they are in force nowhere, so that nothing is closed or cut by them yet\n\(proof)once they are in force: "
    ).replacing("opens    ", with: "opens    once they are in force: ")
    #expect(staged.talk == words)
    let text = try #require(session.text(of: "policies/networkpolicy-api.yaml"))
    #expect(text.hasPrefix("apiVersion: projectcalico.org/v3\nkind: StagedKubernetesNetworkPolicy\n"))
    #expect(text.hasSuffix("  stagedAction: Set\n"))
    let replay = try session.run("replay", "--ns", "payments", "--policies", "@policies")
    #expect(
      replay.talk.contains(
        "warning: 7 staged policies were passed over: what is staged is in force nowhere\n"),
      "\(replay.talk)")
    _ = try session.run("generate", "--ns", "payments", "--out", "@policies")
    let plainText = session.text(of: "plain/networkpolicy-api.yaml")
    #expect(session.text(of: "policies/networkpolicy-api.yaml") == plainText)
    let json = try session.run("generate", "--ns", "payments", "-o", "json", "--dialect", "calico-staged")
    #expect(json.output.contains("\"kind\": \"StagedKubernetesNetworkPolicy\""))
    #expect(!json.output.contains("\"kind\": \"NetworkPolicy\""))
  }

  @Test("what is in force is never staged in its place", arguments: ["--out", "--into"])
  func inForce(option: String) throws {
    let session = try Session.ofTheStory()
    _ = try session.run("generate", "--ns", "payments", "--out", "@policies")
    let before = session.text(of: "policies/networkpolicy-api.yaml")
    let outcome = try session.run(
      "generate", "--ns", "payments", option, "@policies", "--dialect", "calico-staged")
    #expect(outcome.code == .refused)
    #expect(
      outcome.talk.contains(
        "\n  `payments/api` in `networkpolicy-api.yaml` is in force, and staged in its place it would not be\n"
      ),
      "\(outcome.talk)")
    #expect(!outcome.talk.contains("proof"))
    #expect(session.text(of: "policies/networkpolicy-api.yaml") == before)
  }

  @Test(
    "a policy of an earlier run that closes a side that is left open stops the run",
    arguments: [
      ("--out", "ingress", "allow-dns", "egress"), ("--into", "ingress", "allow-dns", "egress"),
      ("--out", "egress", "redis", "ingress"), ("--into", "egress", "redis", "ingress"),
    ])
  func otherSide(option: String, direction: String, name: String, side: String) throws {
    let session = try Session.ofTheStory()
    _ = try session.run("generate", "--ns", "payments", "--out", "@policies")
    let before = session.text(of: "policies/networkpolicy-api.yaml")
    let words = ["generate", "--ns", "payments", option, "@policies", "--direction", direction]
    let outcome = try session.run(words)
    #expect(outcome.code == .refused)
    #expect(
      outcome.talk.contains(
        "\n  `payments/\(name)` in `networkpolicy-\(name).yaml` closes \(side), which `--direction` leaves open: what its pods need there would be cut\n"
      ), "\(outcome.talk)")
    #expect(session.text(of: "policies/networkpolicy-api.yaml") == before)
    // Those that are named are all that is in the way.
    for name in Self.names(in: outcome.talk) { session.remove("policies/networkpolicy-\(name).yaml") }
    let second = try session.run(words)
    #expect(second.code == .done, "\(second.talk)")
    let policies = try session.run("replay", "--ns", "payments", "--policies", "@policies")
    #expect(policies.code == .done, "\(policies.output)")
    #expect(!policies.output.contains("\(side)  "), "\(policies.output)")
  }

  private static func names(in talk: String) -> [String] {
    talk.split(separator: "\n").compactMap { line in
      line.hasPrefix("  `payments/") ? line.dropFirst(12).split(separator: "`").first.map(String.init) : nil
    }
  }

  @Test("policies that Kustomize leaves alone let the same through")
  func kustomizeSafe() throws {
    let session = try Session.ofTheStory()
    _ = try session.run("generate", "--ns", "payments", "--out", "@plain")
    let safe = try session.run("generate", "--ns", "payments", "--out", "@safe", "--kustomize-safe")
    #expect(safe.code == .done)
    #expect(session.text(of: "safe/networkpolicy-api.yaml")?.contains("matchExpressions") == true)
    let difference = try session.run(
      "diff", "--against", "@plain", "--policies", "@safe", "--cluster", Story.cluster)
    #expect(difference.code == .done, "\(difference.output)")
    try session.write(
      """
      apiVersion: kustomize.config.k8s.io/v1beta1
      kind: Kustomization
      resources:
      - networkpolicy-allow-dns.yaml
      commonLabels:
        env: prod
      """, to: "safe/kustomization.yaml")
    let findings = try session.run("lint", "@safe", Story.cluster)
    #expect(!findings.output.contains("kustomize-labels"), "\(findings.output)")
  }

  @Test("what another namespace lacks stands in a folder of its own, and in no list")
  func companions() throws {
    let session = try Session.ofTheStory()
    try session.write(
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: closed, namespace: web}
      spec: {podSelector: {}, policyTypes: [Egress]}
      """, to: "standing/closed.yaml")
    let outcome = try session.run(
      "generate", "--ns", "payments", "--out", "@policies", "--against", "@standing")
    #expect(outcome.code == .done)
    #expect(
      outcome.talk.contains("warning: 2 needs are cut by policies of `web`, which lack policies\n"),
      "\(outcome.talk)")
    #expect(
      outcome.talk.contains("\n  `web/frontend` → `payments/api` 8080/TCP, cut by `web/closed`\n"),
      "\(outcome.talk)")
    let text = try #require(session.text(of: "policies/companions/companion-web-frontend-companion.yaml"))
    #expect(text.contains("\n  namespace: web\n"))
    #expect(session.text(of: "policies/kustomization.yaml")?.contains("companion") == false)
    let stream = try session.run("generate", "--ns", "payments", "--against", "@standing")
    #expect(!stream.output.contains("namespace: web\n"))
    // With them nothing is cut any more.
    try session.write(text, to: "standing/one.yaml")
    let other = try #require(session.text(of: "policies/companions/companion-web-promo-companion.yaml"))
    try session.write(other, to: "standing/two.yaml")
    let again = try session.run("generate", "--ns", "payments", "--against", "@standing")
    #expect(!again.talk.contains("cut by policies"), "\(again.talk)")
  }

  @Test("what puts policies in force can be said, and a name that nobody has is refused")
  func plugin() throws {
    let session = try Session.ofTheStory()
    let flannel = try session.run("generate", "--ns", "payments", "--cni", "flannel")
    #expect(flannel.code == .done)
    #expect(flannel.talk.contains("warning: Flannel by itself puts no policy in force"))
    let typo = try session.run("generate", "--ns", "payments", "--cni", "celium")
    #expect(typo.code == .usage)
  }
}
