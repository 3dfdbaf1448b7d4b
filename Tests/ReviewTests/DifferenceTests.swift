import Documents
import Kubernetes
import Review
import Testing
import Traffic

@Suite struct DifferenceTests {
  @Test("a new rule is an added pair, for that rule")
  func added() throws {
    let before = PolicySet([Shop.defaultDeny])
    let after = PolicySet([Shop.defaultDeny, Shop.api(try Shop.rule(Shop.frontendPeer, 8080, line: 12))])
    let difference = Difference(from: before, to: after, among: Shop.parties)
    #expect(
      difference.text == """
        becomes allowed
          web/frontend → shop/api  TCP/8080  by shop/api ingress rule 0 (api.yaml:12)

        1 pair changes: 1 allowed more, 0 allowed less

        """)
    #expect(difference.changes.map(\.kind) == [.added])
    #expect(difference.widens)
  }

  @Test("the way back is a removed pair, for the rule that is gone")
  func removed() throws {
    let before = PolicySet([Shop.defaultDeny, Shop.api(try Shop.rule(Shop.frontendPeer, 8080, line: 12))])
    let difference = Difference(from: before, to: PolicySet([Shop.defaultDeny]), among: Shop.parties)
    #expect(
      difference.text == """
        stops
          web/frontend → shop/api  TCP/8080  without shop/api ingress rule 0 (api.yaml:12)

        1 pair changes: 0 allowed more, 1 allowed less

        """)
    #expect(difference.changes.map(\.kind) == [.removed])
    #expect(!difference.widens)
  }

  @Test("a moved port is told on both sides, each with its own reason")
  func changed() throws {
    let before = PolicySet([Shop.api(try Shop.rule(Shop.frontendPeer, 8080, line: 12))])
    let after = PolicySet([Shop.api(try Shop.rule(Shop.frontendPeer, 8081, line: 14))])
    let difference = Difference(from: before, to: after, among: Shop.parties)
    #expect(
      difference.text == """
        becomes allowed
          web/frontend → shop/api  TCP/8081  by shop/api ingress rule 0 (api.yaml:14)

        stops
          web/frontend → shop/api  TCP/8080  without shop/api ingress rule 0 (api.yaml:12)

        1 pair changes: 1 allowed more, 1 allowed less

        """)
    #expect(difference.changes.map(\.kind) == [.changed])
  }

  @Test("isolation stops everything at once, and pairs that go together stand in one line")
  func isolation() {
    let difference = Difference(from: PolicySet([]), to: PolicySet([Shop.defaultDeny]), among: Shop.parties)
    #expect(
      difference.text == """
        stops
          shop/api, shop/postgres, web/frontend → shop/api, shop/postgres  all  isolated by shop/default-deny (deny.yaml:1)

        6 pairs change: 0 allowed more, 6 allowed less

        """)
    let back = Difference(from: PolicySet([Shop.defaultDeny]), to: PolicySet([]), among: Shop.parties)
    #expect(back.text.contains("all  no longer isolated by shop/default-deny (deny.yaml:1)\n"))
  }

  @Test("a default-deny is named alone, and what stays open is told as what does not stop")
  func broadestIsolator() throws {
    let dns = NetworkPolicy(
      namespace: "shop", name: "allow-dns", subject: .everything, isolates: .ingress,
      ingress: [try Shop.rule(Shop.apiPeer, 53, line: 3)])
    let after = PolicySet([dns, Shop.defaultDeny, Shop.api(try Shop.rule(Shop.frontendPeer, 8080, line: 12))])
    let difference = Difference(from: PolicySet([]), to: after, among: Shop.parties)
    #expect(
      difference.text == """
        stops
          shop/api → shop/api, shop/postgres  all but TCP/53  isolated by shop/default-deny (deny.yaml:1)
          shop/postgres → shop/api  all  isolated by shop/default-deny (deny.yaml:1)
          shop/postgres, web/frontend → shop/postgres  all  isolated by shop/default-deny (deny.yaml:1)
          web/frontend → shop/api  all but TCP/8080  isolated by shop/default-deny (deny.yaml:1)

        6 pairs change: 0 allowed more, 6 allowed less

        """)
  }

  @Test("isolation at both ends of a pair is told for both, and many names are counted")
  func manyNames() {
    let workloads = (0..<6).map { number in
      NamedParty(
        workload: "n\(number)/app", PodTraits(namespace: "n\(number)", labels: [:]),
        address: Address(v4: UInt32(number)))
    }
    let denials = (0..<6).map { number in
      NetworkPolicy(namespace: "n\(number)", name: "deny", subject: .everything, isolates: .both)
    }
    let difference = Difference(from: PolicySet([]), to: PolicySet(denials), among: workloads)
    #expect(
      difference.text == """
        stops
          n0/app, n1/app, n2/app and 3 more → n0/app, n1/app, n2/app and 3 more  all  isolated by n0/deny, n1/deny, n2/deny and 3 more

        36 pairs change: 0 allowed more, 36 allowed less

        """)
  }

  @Test("only the direction that changed is named")
  func direction() throws {
    let egress = NetworkPolicy(
      namespace: "web", name: "frontend", subject: .everything, isolates: .egress,
      egress: [Rule(.anyone, .only(.all(.tcp)))])
    let before = PolicySet([egress, Shop.api()])
    let after = PolicySet([egress, Shop.api(try Shop.rule(Shop.frontendPeer, 8080, line: 12))])
    let causes = Difference(from: before, to: after, among: Shop.parties).changes.flatMap(\.causes)
    #expect(causes.map(\.citation.description) == ["shop/api ingress rule 0 (api.yaml:12)"])
  }

  @Test("two pods of one workload are a pair of their own")
  func replicas() throws {
    let after = PolicySet([Shop.api(try Shop.rule(Shop.apiPeer, 7946, line: 9))])
    let difference = Difference(from: PolicySet([Shop.api()]), to: after, among: [Shop.api])
    #expect(difference.changes.map { "\($0.from) \($0.to) \($0.after)" } == ["shop/api shop/api TCP/7946"])
  }

  @Test("how policies are laid out is no difference")
  func layout() throws {
    let frontend = try Shop.rule(Shop.frontendPeer, 8080, line: 12)
    let api = try Shop.rule(Shop.apiPeer, 8080, line: 20)
    let port = try #require(PortRange(8080))
    let joined = Rule(.only(Shop.apiPeer, Shop.frontendPeer), .only(.range(.tcp, port)))
    let sets = [
      [Shop.api(frontend, api)], [Shop.api(api, frontend)], [Shop.api(api), Shop.api(frontend)],
      [Shop.api(joined)],
    ].map { PolicySet($0) }
    for one in sets {
      for other in sets {
        let difference = Difference(from: one, to: other, among: Shop.parties)
        #expect(difference.isEmpty, "\(difference.text)")
      }
    }
    #expect(
      Difference(from: sets[0], to: sets[1], among: Shop.parties).text
        == "no difference: both let the same through, also for pods and namespaces that may come\n")
  }

  @Test(
    "a port by name is the same as its number to pods that declare it so, and not to others that may come")
  func namedPort() throws {
    let numbered = PolicySet([Shop.api(try Shop.rule(Shop.frontendPeer, 8080, line: 12))])
    let named = PolicySet([Shop.api(Rule(.only(Shop.frontendPeer), .only(.named(.tcp, "http"))))])
    let difference = Difference(from: numbered, to: named, among: Shop.parties)
    #expect(!difference.isEmpty && difference.changes.allSatisfy(\.isSymbolic))
    #expect(
      difference.text.contains(
        "app=api declaring http=1/TCP of namespace shop  TCP/1  by shop/api ingress rule 0"))
  }

  @Test("programs get one element for each pair, with the fields of the contract")
  func document() throws {
    let after = PolicySet([Shop.api(try Shop.rule(Shop.frontendPeer, 8080, line: 12))])
    let node = Difference(from: PolicySet([Shop.api()]), to: after, among: Shop.parties).node
    #expect(
      node
        == .sequence([
          .mapping([
            "change": .string("added"), "from": .string("web/frontend"), "to": .string("shop/api"),
            "before": .sequence([]), "after": .sequence([.string("TCP/8080")]),
            "cause": .sequence([
              .mapping([
                "policy": .string("shop/api"), "rule": .integer(0), "file": .string("api.yaml"),
                "line": .integer(12), "direction": .string("ingress"), "role": .string("opens"),
              ])
            ]), "widens": .bool(true), "symbolic": .bool(false), "topology": .string("none"),
            "family": .null,
          ])
        ]))
  }

  @Test("a pull request gets a table in which what widens is bold")
  func markdown() throws {
    let after = PolicySet([Shop.defaultDeny, Shop.api(try Shop.rule(Shop.frontendPeer, 8080, line: 12))])
    let widening = Difference(from: PolicySet([Shop.defaultDeny]), to: after, among: Shop.parties)
    #expect(
      widening.markdown == """
        | change | from | to | before | after | why |
        |---|---|---|---|---|---|
        | **added** | `web/frontend` | `shop/api` | `none` | `TCP/8080` | `by shop/api ingress rule 0 (api.yaml:12)` |

        """)
  }

  @Test("a name cannot break out of a line or a cell")
  func hostileNames() throws {
    let evil = NamedParty(name: "a|b`c\n\u{1B}[31m\u{202E}", Shop.web.party)
    let after = PolicySet([Shop.api(try Shop.rule(Shop.frontendPeer, 8080, line: 12))])
    let difference = Difference(from: PolicySet([Shop.api()]), to: after, among: [evil, Shop.api])
    #expect(difference.text.contains("  a|b`c\\u{a}\\u{1b}[31m\\u{202e} → shop/api  TCP/8080"))
    #expect(difference.markdown.contains("`a\\|b'c\\u{a}\\u{1b}[31m\\u{202e}`"))
  }
}
