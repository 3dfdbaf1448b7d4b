import Console
import Documents
import Kubernetes
import TestSupport
import Testing

@testable import netpol_learn

@Suite("How policies are written can be chosen")
struct WritingTests {
  @Test("a staged policy replaces the one in force, and back")
  func dialect() throws {
    let session = try Session.ofTheStory()
    let plain = try session.run("generate", "--ns", "payments", "--out", "@policies")
    let before = session.text(of: "policies/networkpolicy-api.yaml")
    let staged = try session.run(
      "generate", "--ns", "payments", "--out", "@policies", "--dialect", "calico-staged")
    #expect(staged.code == .done && staged.talk == plain.talk)
    let text = try #require(session.text(of: "policies/networkpolicy-api.yaml"))
    #expect(text.hasPrefix("apiVersion: projectcalico.org/v3\nkind: StagedKubernetesNetworkPolicy\n"))
    #expect(text.hasSuffix("  stagedAction: Set\n"))
    _ = try session.run("generate", "--ns", "payments", "--out", "@policies")
    #expect(session.text(of: "policies/networkpolicy-api.yaml") == before)
    let json = try session.run("generate", "--ns", "payments", "-o", "json", "--dialect", "calico-staged")
    #expect(json.output.contains("\"kind\": \"StagedKubernetesNetworkPolicy\""))
    #expect(!json.output.contains("\"kind\": \"NetworkPolicy\""))
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
