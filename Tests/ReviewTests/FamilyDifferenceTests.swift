import Documents
import Kubernetes
import Review
import Testing
import Traffic

/// Known pairs with addresses of both families are compared over each.
@Suite struct FamilyDifferenceTests {
  private func pod(_ name: String, _ addresses: String...) -> NamedParty {
    let traits = PodTraits(namespace: "shop", labels: ["app": name])
    return NamedParty(
      name: "shop/\(name)", .pod(traits, addresses: PodAddresses(addresses.compactMap { Address($0) })))
  }

  private func difference(
    _ before: [(block: String, port: UInt16)], _ after: [(block: String, port: UInt16)],
    _ parties: NamedParty...
  ) throws -> Difference {
    func set(_ opened: [(block: String, port: UInt16)]) throws -> PolicySet {
      let rules = try opened.enumerated().map { index, rule in
        Rule(
          .only(.block(try #require(Prefix(rule.block)), except: [])),
          .only(.range(.tcp, try #require(PortRange(rule.port)))),
          origin: Origin(file: "a.yaml", line: index + 1))
      }
      return PolicySet([
        NetworkPolicy(
          namespace: "shop", name: "api", subject: LabelSelector(["app": "api"]), isolates: .ingress,
          ingress: rules)
      ])
    }
    return Difference(from: try set(before), to: try set(after), among: parties)
  }

  private func known(_ difference: Difference) -> [String] {
    difference.changes.filter { !$0.isSymbolic && $0.from != $0.to }.map {
      "\($0.from) \($0.before.terms) \($0.after.terms) \($0.family.map { "\($0)" } ?? "any")"
    }
  }

  private let v4 = "10.0.0.0/8"
  private let v6 = "fd00::/8"

  @Test("what changes over the family that is not taken by itself is told, with its name")
  func second() throws {
    let (web, api) = (pod("web", "10.0.0.1", "fd00::1"), pod("api", "10.0.0.2", "fd00::2"))
    let wider = try difference([(v4, 80)], [(v4, 80), (v6, 80)], web, api)
    #expect(known(wider) == ["shop/web [] [\"TCP/80\"] IPv6"])
    #expect(
      wider.text.contains("\n  shop/api, shop/web → shop/api  TCP/80 over IPv6  by shop/api ingress rule 1"))
    #expect(wider.markdown.contains("| **added**, over IPv6 | "))
    #expect(wider.node.sequence?.first?["family"]?.string == "IPv6")
    #expect(
      try known(difference([(v4, 80), (v6, 80)], [(v6, 80)], web, api)) == ["shop/web [\"TCP/80\"] [] IPv4"])
  }

  @Test("what is the same over both is told once, and a pair is counted once")
  func both() throws {
    let (web, api) = (pod("web", "10.0.0.1", "fd00::1"), pod("api", "fd00::2", "10.0.0.2"))
    let rules: [(block: String, port: UInt16)] = [(v4, 80), (v6, 80)]
    // Over each family another rule opens it.
    let same = try difference([], rules, web, api)
    #expect(known(same) == ["shop/web [] [\"TCP/80\"] any"])
    #expect(same.changes.filter { !$0.isSymbolic }.allSatisfy { $0.causes.count == 2 })
    let other = try difference([], [(v4, 80), (v6, 81)], web, api)
    #expect(known(other) == ["shop/web [] [\"TCP/80\"] IPv4", "shop/web [] [\"TCP/81\"] IPv6"])
    #expect(other.text.contains("2 pairs change: 2 allowed more, 0 allowed less"))
    let open = PolicySet([
      NetworkPolicy(
        namespace: "shop", name: "api", subject: LabelSelector(["app": "api"]), isolates: .ingress,
        ingress: [Rule(.only(.pods(.everything)), .every)])
    ])
    let closed = PolicySet([
      NetworkPolicy(
        namespace: "shop", name: "api", subject: LabelSelector(["app": "api"]), isolates: .ingress)
    ])
    #expect(
      known(Difference(from: closed, to: open, among: [web, api])) == ["shop/web [] [\"all\"] any"]
    )
  }

  @Test("only over families that both ends have, also where the destination's first is another")
  func common() throws {
    let api = pod("api", "fd00::2", "10.0.0.2")
    let rules: [(block: String, port: UInt16)] = [(v4, 80), (v6, 81)]
    #expect(try known(difference([], rules, pod("web", "10.0.0.1"), api)) == ["shop/web [] [\"TCP/80\"] any"])
    #expect(try known(difference([], rules, pod("web", "fd00::1"), api)) == ["shop/web [] [\"TCP/81\"] any"])
  }

  @Test("an end that came is compared over the families that it has")
  func came() throws {
    let (web, api) = (pod("web", "10.0.0.1", "fd00::1"), pod("api", "10.0.0.2", "fd00::2"))
    let set = PolicySet([
      NetworkPolicy(
        namespace: "shop", name: "api", subject: LabelSelector(["app": "api"]), isolates: .ingress,
        ingress: [Rule(.only(.block(try #require(Prefix(v6)), except: [])), .every)])
    ])
    let difference = Difference(from: set, to: set, among: Participant.paired([web], [web, api]))
    #expect(difference.changes.filter { $0.from == "shop/web" && $0.to == "shop/api" }.map(\.family) == [.v6])
  }
}
