import Documents
import Kubernetes
import Review
import Testing
import Traffic

/// Workloads and namespaces that come, go or change beside the policies.
@Suite struct TopologyTests {
  private static let cache = NamedParty(
    workload: "shop/cache", PodTraits(namespace: "shop", labels: ["app": "cache"]))

  private func changes(
    _ before: [NamedParty], _ after: [NamedParty], _ policies: [NetworkPolicy] = [],
    labels: (before: [String: Labels], after: [String: Labels]) = ([:], [:])
  ) -> Difference {
    Difference(
      from: PolicySet(policies, namespaces: labels.before), to: PolicySet(policies, namespaces: labels.after),
      among: Participant.paired(before, after))
  }

  @Test("a workload that came opens what it may do, and that is told apart from what policies do")
  func added() {
    let difference = changes([Shop.api], [Shop.api, Self.cache], [Shop.defaultDeny])
    #expect(difference.isEmpty, "nobody may reach anybody there")
    let open = changes([Shop.api], [Shop.api, Self.cache])
    #expect(
      open.text == """
        becomes allowed, with workloads that came, went or changed
          shop/api → shop/cache  all  the destination is new
          shop/cache → shop/api  all  the source is new
          shop/cache → shop/cache  all  both ends are new

        3 with ends that came, went or changed

        """)
    #expect(open.changes.map(\.topology) == [.destinationAdded, .sourceAdded, .bothAdded])
    #expect(
      open.node.sequence?.map { $0["topology"]?.string } == ["destinationAdded", "sourceAdded", "bothAdded"])
  }

  @Test("a workload that went takes with it what was open, for the rules that opened it")
  func removed() throws {
    let rules = [Shop.api(try Shop.rule(Shop.frontendPeer, 8080, line: 12))]
    let difference = changes([Shop.api, Shop.web], [Shop.api], rules)
    #expect(difference.changes.map(\.topology) == [.destinationRemoved, .sourceRemoved, .bothRemoved])
    #expect(
      difference.text.contains(
        "web/frontend → shop/api  TCP/8080  the source is gone; without shop/api ingress rule 0 (api.yaml:12)"
      ))
    #expect(!difference.widens)
  }

  @Test("other labels are no other policy, and what comes of them is told so")
  func relabelled() throws {
    let rules = [Shop.api(try Shop.rule(Shop.frontendPeer, 8080, line: 12))]
    let renamed = NamedParty(
      name: Shop.web.name, NamedParty(workload: "", PodTraits(namespace: "web", labels: ["app": "spa"])).party
    )
    let difference = changes([Shop.api, Shop.web], [Shop.api, renamed], rules)
    #expect(
      difference.changes.map { "\($0.from) \($0.to) \($0.topology)" } == [
        "web/frontend shop/api sourceChanged"
      ])
    #expect(difference.changes.first?.after.isEmpty == true)
  }

  @Test("a namespace with other labels changes who its pods are")
  func namespaceLabels() {
    let policy = NetworkPolicy(
      namespace: "shop", name: "api", subject: .everything, isolates: .ingress,
      ingress: [Rule(.only(.namespaces(LabelSelector(["team": "red"]))), .every)])
    let difference = changes(
      [Shop.api, Shop.web], [Shop.api, Shop.web], [policy],
      labels: (before: ["web": [:]], after: ["web": ["team": "red"]]))
    #expect(
      difference.changes.map { "\($0.from) \($0.to) \($0.topology)" } == [
        "web/frontend shop/api sourceChanged"
      ])
    #expect(difference.widens)
  }

  @Test(
    "a namespace with other labels is told where none of its pods is known, and only where a rule asks for them"
  )
  func namespaceOfNobody() {
    func difference(_ asked: Labels, was: Labels, now: Labels) -> Difference {
      let policy = NetworkPolicy(
        namespace: "shop", name: "api", subject: .everything, isolates: .ingress,
        ingress: [Rule(.only(.namespaces(LabelSelector(asked))), .every)])
      return changes([Shop.api], [Shop.api], [policy], labels: (before: ["web": was], after: ["web": now]))
    }
    let opens = difference(["team": "red"], was: [:], now: ["team": "red"])
    #expect(opens.widens && opens.undecided.map(\.role) == [.opens])
    #expect(opens.text.contains("not decided: labels of namespaces changed"), "\(opens.text)")
    #expect(difference(["team": "red"], was: ["team": "red"], now: [:]).undecided.map(\.role) == [.opened])
    #expect(difference(["team": "red"], was: [:], now: ["team": "blue"]).isEmpty)
    #expect(difference(["team": "red"], was: ["team": "red"], now: ["team": "red", "a": "b"]).isEmpty)
  }

  @Test("what a roll-out or another address changes is no change of a workload")
  func rollout() {
    let look = { (hash: String, address: UInt32) in
      NamedParty(
        workload: "shop/api",
        PodTraits(namespace: "shop", labels: ["app": "api", "pod-template-hash": hash]),
        address: .init(v4: address))
    }
    #expect(changes([look("1", 1), Shop.web], [look("2", 2), Shop.web], [Shop.defaultDeny]).isEmpty)
  }
}
