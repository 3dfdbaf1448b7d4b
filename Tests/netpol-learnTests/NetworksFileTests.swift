import Console
import TestSupport
import Testing

@testable import netpol_learn

@Suite("A file of named networks")
struct NetworksFileTests {
  private static func file(_ cidrs: String) -> String {
    "apiVersion: netpol-learn/v1\nkind: Networks\nnetworks:\n- name: paygate\n  cidrs: \(cidrs)\n"
  }

  private static func generate(_ text: String) throws -> (session: Session, outcome: Session.Outcome) {
    let session = try Session.ofTheStory()
    try session.write(text, to: "networks.yaml")
    let outcome = try session.run(
      "generate", "--ns", "payments", "--networks", "@networks.yaml", "--out", "@policies")
    return (session, outcome)
  }

  @Test("the provider's network takes the place of the whole internet")
  func provider() throws {
    let (session, outcome) = try Self.generate(Self.file("[203.0.113.16/28, 2001:db8:5::/48]"))
    #expect(outcome.code == .done, "\(outcome.talk)")
    let policy = try #require(session.text(of: "policies/networkpolicy-api.yaml"))
    #expect(
      policy.contains(
        """
          # paygate, a named network
          - ports:
            - port: 443
              protocol: TCP
            to:
            - ipBlock:
                cidr: 203.0.113.16/28

        """), "\(policy)")
    #expect(!policy.contains("0.0.0.0/0") && !outcome.talk.contains("broad rule"))
  }

  @Test("one that holds the cluster's own addresses is refused, and nothing is written")
  func conflict() throws {
    let (session, outcome) = try Self.generate(Self.file("[10.0.0.0/8]"))
    #expect(outcome.code == .refused)
    #expect(outcome.talk.contains("holds addresses of pods, 10.244."), "\(outcome.talk)")
    #expect(session.text(of: "policies/kustomization.yaml") == nil)
  }

  @Test(
    "what makes no sense is told with its line, in the API server's words",
    arguments: [
      (
        file("[10.1.2.3/8]"),
        ":5` is no file of networks: paygate.cidrs[0].cidr: Invalid value: \"10.1.2.3/8\": must not have bits set beyond the prefix length"
      ),
      (
        file("[{cidr: 10.0.0.0/8, except: [11.0.0.0/16]}]"),
        ":5` is no file of networks: paygate.cidrs[0].except[0]: Invalid value: \"11.0.0.0/16\": must be a strict subset of `cidr`"
      ),
      (
        file("[{cidr: 10.0.0.0/8, but: []}]"),
        ":5` is no file of networks: paygate.cidrs[0].but: unknown field"
      ),
      (file("[]"), ":4` is no file of networks: `cidrs` is missing"),
      (file("[7]"), "is no file of networks: "),
      (
        file("[10.0.0.0/8]") + "- name: paygate\n  cidrs: [192.0.2.0/24]\n",
        ":6` is no file of networks: `paygate` is given twice"
      ),
      ("kind: Networks\nnetworks:\n- cidrs: []\n", ":3` is no file of networks: `name` is missing"),
      ("networks: []\n", "is no file of networks: `kind` is missing"),
      ("kind: Networks\nnetwork: []\n", ":2` is no file of networks: there is no field `network`"),
    ])
  func damaged(text: String, words: String) throws {
    let (session, outcome) = try Self.generate(text)
    #expect(outcome.code == .input, "\(outcome.talk)")
    #expect(outcome.talk.contains("error: `networks.yaml"), "\(outcome.talk)")
    #expect(outcome.talk.contains(words), "\(outcome.talk)")
    #expect(session.text(of: "policies/kustomization.yaml") == nil)
  }

  @Test("a file that is not there is wrong usage")
  func missing() throws {
    let outcome = try Session.ofTheStory().run("generate", "--ns", "payments", "--networks", "@none.yaml")
    #expect(outcome.code == .usage)
  }
}
