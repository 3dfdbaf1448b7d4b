import Kubernetes
import Review
import Testing

@Suite struct LooksTests {
  private func pod(_ labels: Labels) -> Party {
    .pod(PodTraits(namespace: "shop", labels: labels), address: nil)
  }

  @Test("what a roll-out or a replica has of its own makes no other look")
  func passing() {
    let looks = [
      pod(["app": "api", "pod-template-hash": "1"]),
      pod([
        "app": "api", "pod-template-hash": "2", "controller-revision-hash": "x",
        "pod-template-generation": "3",
        "statefulset.kubernetes.io/pod-name": "api-0", "apps.kubernetes.io/pod-index": "0",
        "batch.kubernetes.io/job-name": "j", "controller-uid": "u", "job-name": "j",
      ]),
    ]
    #expect(NamedParty.looks(of: "shop/api", looks) == [NamedParty(name: "shop/api", looks[0])])
    #expect(NamedParty.looks(of: "shop/api", []) == [])
  }

  @Test("looks that policies may tell apart are named by what sets them apart")
  func apart() {
    let looks = [
      pod(["app": "api", "role": "primary", "pod-template-hash": "1"]),
      pod(["app": "api", "role": "replica"]),
      pod(["app": "api"]), pod(["app": "api", "canary": "yes", "role": "primary"]),
    ]
    #expect(
      NamedParty.looks(of: "shop/api", looks).map(\.name) == [
        "shop/api", "shop/api (role=replica)", "shop/api (without role)", "shop/api (canary=yes)",
      ])
  }

  @Test("a rule for one look of a workload is a difference, though the first look is not touched")
  func difference() throws {
    let looks = NamedParty.looks(
      of: "shop/api", [pod(["app": "api"]), pod(["app": "api", "role": "replica"])])
    let deny = NetworkPolicy(
      namespace: "shop", name: "replicas", subject: LabelSelector(["role": "replica"]), isolates: .ingress)
    let difference = Difference(from: PolicySet([]), to: PolicySet([deny]), among: looks)
    #expect(Set(difference.changes.map(\.to)) == ["shop/api (role=replica)"])
  }

  @Test("a backtick that a mark combines with ends no code span")
  func combinedBacktick() {
    let look = NamedParty(name: "a`\u{301}|b", pod(["app": "api"]))
    let deny = NetworkPolicy(namespace: "shop", name: "deny", subject: .everything, isolates: .both)
    let markdown = Difference(from: PolicySet([]), to: PolicySet([deny]), among: [look]).markdown
    #expect(!markdown.unicodeScalars.contains("\u{301}") || !markdown.contains("a`"))
    #expect(markdown.unicodeScalars.count { $0 == "`" }.isMultiple(of: 2))
    #expect(markdown.contains("a'\u{301}\\|b"))
  }
}
