import Kubernetes
import Testing
import Traffic

@testable import Generator

@Suite("Named networks take the place of addresses in them")
struct NetworkTests {
  private static func network(_ name: String, _ blocks: String...) -> Networks.Network {
    Networks.Network(name: name, blocks: blocks.compactMap { Prefix($0) }.map { Networks.Block($0) })
  }

  private static let provider = network(
    "paygate", "203.0.113.0/28", "198.51.100.8/32", "2001:db8:5::/48", "2001:db8:6::/48")

  private static func rules(
    _ direction: PolicyDirection = .egress, _ networks: [Networks.Network] = [provider],
    external: Options.External = .auto, _ change: (inout Town) -> Void
  ) throws -> [String] {
    var town = Shop.town()
    change(&town)
    return try Shop.rules(town, "api", direction) { options in
      options.networks = Networks(networks)
      options.external = external
    }.filter { !$0.contains("app=db") }
  }

  @Test(
    "one address that was seen stands for all blocks of its family, by name or without, also with exact addresses",
    arguments: [Options.External.auto, .exact, .public])
  func whole(external: Options.External) throws {
    let named = try Self.rules(external: external) { town in
      town.answered(Shop.api, "api.paygate.example", "203.0.113.3")
      town.saw(Shop.api, "203.0.113.3", 443)
    }
    #expect(named == ["198.51.100.8/32; 203.0.113.0/28 on TCP/443"])
    #expect(try Self.rules(external: external) { $0.saw(Shop.api, "203.0.113.3", 443) } == named)
  }

  @Test("the other family is opened when it was seen, too")
  func twins() throws {
    let rules = try Self.rules {
      $0.saw(Shop.api, "203.0.113.3", 443)
      $0.saw(Shop.api, "2001:db8:5::1", 443)
    }
    #expect(rules == ["198.51.100.8/32; 203.0.113.0/28; 2001:db8:5::/48; 2001:db8:6::/48 on TCP/443"])
  }

  @Test("an address beside the network is one of its own, and none at all is opened with none")
  func beside() throws {
    #expect(try Self.rules { $0.saw(Shop.api, "203.0.113.16", 443) } == ["203.0.113.16/32 on TCP/443"])
    var town = Shop.town()
    town.saw(Shop.api, "203.0.113.3", 443)
    var options = Options()
    options.namespaces = ["payments"]
    options.networks = Networks([Self.provider])
    options.external = .none
    let plan = Learned(town.facts, Inventory(town.objects), options).plan
    #expect(plan.proof.cutByChoice.count == 1 && plan.proof.failures.isEmpty)
  }

  @Test("a guest from a network opens the door for that network and not for the world")
  func guests() throws {
    let rules = try Self.rules(.ingress) { $0.saw("203.0.113.3", Shop.api, 8080) }
    #expect(rules == ["198.51.100.8/32; 203.0.113.0/28 on TCP/8080"])
  }

  @Test("who accepts a guest of a named network lets in all of it only where the door is offered outside")
  func acceptedNetwork() throws {
    for isOffered in [true, false] {
      var town = Shop.town()
      if isOffered {
        town.service(
          "payments", "shop", at: "10.96.0.30", selector: ["app": "api"], port: 80, target: .number(8080),
          nodePort: 30_080)
      }
      town.saw("10.20.0.5", Shop.api, 8080, .attempted)
      var options = Options()
      options.namespaces = ["payments"]
      options.networks = Networks([Self.network("office", "10.20.0.0/16")])
      let kept = Learned(town.facts, Inventory(town.objects), options).edges.filter { $0.bin == .quarantined }
      options.decisions = Decisions(
        Dictionary(uniqueKeysWithValues: kept.map { (EdgeName($0), Decision(.accept, owner: "alice")) }))
      let plan = Learned(town.facts, Inventory(town.objects), options).plan
      #expect(plan.proof.failures.isEmpty)
      let rules = plan.policies.first { $0.policy.name == "api" }?.policy.ingress ?? []
      #expect(rules.map(\.description) == [(isOffered ? "10.20.0.0/16" : "10.20.0.5/32") + " on TCP/8080"])
      #expect(
        rules.flatMap(\.note) == [
          isOffered
            ? "office, to port http, a named network; accepted by alice"
            : "10.20.0.5, to port http; accepted by alice"
        ])
    }
  }

  @Test("of networks in each other the smallest block counts, and what a wider one opens has no second rule")
  func nested() throws {
    let networks = [Self.network("office", "203.0.113.0/24"), Self.provider]
    #expect(
      try Self.rules(.egress, networks) { $0.saw(Shop.api, "203.0.113.3", 443) }
        == ["198.51.100.8/32; 203.0.113.0/28 on TCP/443"])
    let both = try Self.rules(.egress, networks) {
      $0.saw(Shop.api, "203.0.113.3", 443)
      $0.saw(Shop.api, "203.0.113.99", 443)
    }
    #expect(both == ["198.51.100.8/32; 203.0.113.0/24 on TCP/443"])
  }

  @Test("the comment names the network")
  func comment() throws {
    var town = Shop.town()
    town.saw(Shop.api, "203.0.113.3", 443)
    var options = Options()
    options.namespaces = ["payments"]
    options.networks = Networks([Self.provider])
    let plan = Learned(town.facts, Inventory(town.objects), options).plan
    let notes = plan.policies.flatMap(\.policy.egress).flatMap(\.note)
    #expect(notes.contains("paygate, a named network"))
  }

  @Test(
    "a network that holds addresses of the cluster is told, unless they are cut out of it",
    arguments: [
      ("10.0.0.0/8", [], ["pods", "Services", "machines"]), ("10.244.3.0/24", [], ["pods"]),
      ("10.0.0.0/24", [], ["machines"]), ("169.254.0.0/16", [], ["metadata"]),
      ("10.96.0.10/32", [], ["Services"]), ("192.168.0.0/16", [], []), ("2001:db8::/32", [], []),
      ("10.0.0.0/8", ["10.244.0.0/16", "10.96.0.0/16", "10.0.0.0/24"], []),
      ("10.0.0.0/8", ["10.244.0.0/17", "10.96.0.0/16", "10.0.0.0/24"], ["pods"]),
    ] as [(String, [String], [String])])
  func conflicts(block: String, except: [String], kinds: [String]) throws {
    let prefix = try #require(Prefix(block))
    let network = Networks.Network(
      name: "x", blocks: [Networks.Block(prefix, except: except.compactMap { Prefix($0) })])
    let found = Networks([network]).conflicts(with: Inventory(Shop.town().objects))
    #expect(found.map(\.kind) == kinds)
  }
}
