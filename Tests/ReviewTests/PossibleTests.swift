import Documents
import Kubernetes
import Review
import Testing
import Traffic

/// What a difference tells of pods and namespaces that nobody has yet.
@Suite struct PossibleTests {
  private static let web = LabelSelector(["app": "web"])

  private func text(
    _ before: [NetworkPolicy], _ after: [NetworkPolicy], _ parties: [NamedParty] = [],
    namespaces: [String: Labels] = [:]
  ) -> String {
    Difference(
      from: PolicySet(before, namespaces: namespaces), to: PolicySet(after, namespaces: namespaces),
      among: parties
    ).text
  }

  private func policy(_ peers: Peers, _ ports: Ports = .every, subject: LabelSelector = Self.web)
    -> NetworkPolicy
  {
    NetworkPolicy(
      namespace: "shop", name: "web", subject: subject, isolates: .ingress,
      ingress: [Rule(peers, ports, origin: Origin(file: "web.yaml", line: 9))],
      origin: Origin(file: "web.yaml", line: 1))
  }

  private func tcp(_ first: UInt16, _ last: UInt16) -> PolicyPort {
    PortRange(first, through: last).map { .range(.tcp, $0) } ?? .all(.tcp)
  }

  @Test("a peer whose pods are not there yet is told by an example, with the rule")
  func newPeer() {
    #expect(
      text(
        [policy(.only(.pods(LabelSelector(["app": "api"]))))],
        [policy(.only(.pods(LabelSelector(["app": "api", "tier": "db"]))))])
          == """
          stops, for pods that may come
            a pod labelled app=api,tier notin (db) of namespace shop → a pod labelled app=web of namespace shop  all  without shop/web ingress rule 0 (web.yaml:9)

          1 example of pods that may come

          """)
  }

  @Test("what known pods show needs no example, and what they do not show has one")
  func besideKnown() throws {
    let before = [Shop.api(try Shop.rule(Shop.frontendPeer, 8080, line: 12))]
    let same = [Shop.api(try Shop.rule(Shop.frontendPeer, 8081, line: 12))]
    #expect(!text(before, same, Shop.parties).contains("may come"))
    let port = try #require(PortRange(8081))
    let peers = Peers.only(Shop.frontendPeer, .namespaces(LabelSelector(["team": "new"])))
    let wider = [Shop.api(Rule(peers, .only(.range(.tcp, port))))]
    #expect(
      text(before, wider, Shop.parties).contains(
        """
        becomes allowed, for pods that may come
          any pod of a new namespace labelled team=new → a pod labelled app=api of namespace shop  TCP/8081  by shop/api ingress rule 0 (api.yaml:1)

        """))
  }

  @Test("a rule that the other end closes on both sides makes no difference")
  func closedElsewhere() {
    let closed = NetworkPolicy(namespace: "shop", name: "deny", subject: .everything, isolates: .egress)
    let before = [policy(.only(.pods(LabelSelector(["app": "a"]))), .only(tcp(80, 80))), closed]
    let after = [policy(.only(.pods(LabelSelector(["app": "b"]))), .only(tcp(80, 80))), closed]
    #expect(text(before, after).hasPrefix("no difference"))
  }

  @Test("a subject that changed is told for the pods that are isolated now and for those no longer")
  func subject() {
    let before = [policy(.only(.pods(Self.web)))]
    let after = [policy(.only(.pods(Self.web)), subject: LabelSelector(["app": "web", "tier": "front"]))]
    let told = text(before, after)
    #expect(
      told.contains(
        "any address → a pod labelled app=web,tier notin (front) of namespace shop  all  no longer isolated by shop/web"
      ))
    #expect(!told.contains("stops"))
    #expect(text(after, before).contains("all  isolated by shop/web (web.yaml:1)"))
  }

  @Test("a namespace that is known has its labels, one that is not may have any")
  func namespaces() {
    let before = [policy(.only(.namespaces(.namespace("web"))))]
    let after = [policy(.only(.namespaces(LabelSelector(["team": "red"]))))]
    let known: [String: Labels] = ["web": ["team": "red"], "shop": [:]]
    let told = text(before, after, namespaces: known)
    #expect(
      told.contains("any pod of a new namespace labelled team=red → a pod labelled app=web of namespace shop")
    )
    #expect(!told.contains("stops"), "web is of that team")
    let guessed = text(before, after)
    #expect(guessed.contains("stops") && guessed.contains("of namespace web, if labelled team notin (red)"))
  }

  @Test("blocks, named ports and ranges have their examples")
  func ports() throws {
    let block = Peer.block(try #require(Prefix("10.0.0.0/8")), except: [])
    #expect(
      text([policy(.only(Peer.pods(Self.web)))], [policy(.only(.pods(Self.web), block))]).contains(
        "  10.0.0.0/8 → a pod labelled app=web of namespace shop  all  by shop/web ingress rule 0 (web.yaml:9)\n"
      ))
    #expect(
      text([policy(.anyone, .only(tcp(80, 80)))], [policy(.anyone, .only(tcp(80, 81)))]).contains(
        "  any address → a pod labelled app=web of namespace shop  TCP/81  by"))
    #expect(
      text([policy(.anyone, .only(tcp(80, 80)))], [policy(.anyone, .only(.named(.tcp, "http")))]).contains(
        "→ a pod labelled app=web declaring http=8080/TCP of namespace shop  TCP/8080  by"))
  }

  @Test("a rule contained in others can go, and a rule that two others cover together can")
  func covered() {
    let whole = policy(.only(.pods(.everything)), .only(tcp(1, 100)))
    let inner = policy(.only(.pods(Self.web)), .only(tcp(20, 30)))
    #expect(text([whole, inner], [whole]).hasPrefix("no difference"))
    let halves = [LabelRequirement.Test.isPresent, .isAbsent].map { test in
      policy(.only(.pods(LabelSelector([:], [LabelRequirement("x", test)]))), .only(tcp(1, 100)))
    }
    #expect(text([whole], halves).hasPrefix("no difference"))
    #expect(!text([whole], [halves[0]]).hasPrefix("no difference"))
  }

  @Test("selectors made to be hard end soon, with an answer or with `not decided`", arguments: [3, 30])
  func hard(keys: Int) throws {
    // A pigeonhole principle in labels: each of n + 1 pigeons has a hole, and the grants are for those who share one.
    let pigeons = keys / 3
    var grants: [Rule] = []
    for hole in 0..<max(1, pigeons - 1) {
      for one in 0..<pigeons {
        for other in 0..<one {
          let sharing = LabelSelector(["p\(one)h\(hole)": "y", "p\(other)h\(hole)": "y"])
          grants.append(Rule(.only(.pods(sharing)), .every))
        }
      }
    }
    for pigeon in 0..<pigeons {
      let homeless = (0..<max(1, pigeons - 1)).map {
        LabelRequirement("p\(pigeon)h\($0)", .isNoneOf(OneOrMore("y")))
      }
      grants.append(Rule(.only(.pods(LabelSelector([:], homeless))), .every))
    }
    let after = NetworkPolicy(
      namespace: "shop", name: "hard", subject: .everything, isolates: .ingress, ingress: grants)
    var before = after
    before.ingress = [Rule(.only(.pods(.everything)), .every)]
    let difference = Difference(from: PolicySet([before]), to: PolicySet([after]), among: [NamedParty]())
    if keys == 3 {
      #expect(!difference.isEmpty && difference.undecided.isEmpty, "one pigeon and one hole are easy")
    }
    if keys == 30 {
      #expect(!difference.undecided.isEmpty && difference.widens)
      #expect(
        difference.text == """
          not decided: too many selectors to compare
            without shop/hard ingress rule 0

          1 not decided

          """)
      #expect(
        difference.markdown.contains("| **not decided** |  |  |  |  | `without shop/hard ingress rule 0` |"))
      #expect(difference.node.sequence?.last?["change"]?.string == "undecided")
    }
  }

  @Test("thirty keys that overlap by chance have an answer")
  func manyKeys() {
    let selectors = (0..<30).map { LabelSelector(["k\($0)": "v", "k\(($0 + 7) % 30)": "w"]) }
    let one = selectors.map { policy(.only(.pods($0))) }
    let other = Array(one.dropLast())
    let difference = Difference(from: PolicySet(one), to: PolicySet(other), among: [NamedParty]())
    #expect(difference.undecided.isEmpty && difference.changes.count == 1)
    #expect(Difference(from: PolicySet(one), to: PolicySet(one.reversed()), among: [NamedParty]()).isEmpty)
  }
}
