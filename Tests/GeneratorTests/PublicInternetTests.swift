import Kubernetes
import Testing
import Traffic

@testable import Generator

@testable import struct Kubernetes.ClusterNode

@Suite("Blocks for everybody leave out the pods of tomorrow and the ways around")
struct PublicInternetTests {
  private static func inventory(
    _ ranges: [String], machine: String = "10.0.0.11", outside: String = "192.0.2.1"
  )
    -> Inventory
  {
    Inventory(
      ranges.enumerated().map { number, range in
        .node(
          ClusterNode(
            meta: ObjectMeta(name: "node-\(number)"), addresses: [machine, outside].map(Town.ip),
            podRanges: [Prefix(range)].compactMap(\.self)))
      })
  }

  private static func internet(of inventory: Inventory) -> PublicInternet {
    PublicInternet(inventory, podBlocks: inventory.podRanges)
  }

  @Test(
    "the block that machines' blocks for pods come from is around them, and holds nothing else of the cluster",
    arguments: [
      (["10.244.0.0/24"], "10.0.0.11", ["10.244.0.0/16"]),
      (["10.244.0.0/24", "10.244.7.0/24"], "10.0.0.11", ["10.244.0.0/16"]),
      (["10.4.0.0/24", "10.6.9.0/24"], "10.128.0.2", ["10.4.0.0/14"]),
      (["10.128.0.0/23"], "10.0.0.11", ["10.128.0.0/16"]),
      (["10.0.4.0/24", "10.0.5.0/24"], "10.0.0.11", ["10.0.4.0/23"]),
      (["10.0.0.0/24", "10.0.200.0/24"], "10.0.100.1", []),
      (["10.1.0.0/24", "10.200.0.0/24"], "192.168.0.1", []),
      (["fd00:10:244::/64", "fd00:10:244:9::/64"], "10.0.0.11", ["fd00:10:244::/56"]),
      ([], "10.0.0.11", []),
    ] as [([String], String, [String])])
  func network(ranges: [String], machine: String, blocks: [String]) {
    #expect(PodNetwork.blocks(Self.inventory(ranges, machine: machine)).map(\.description) == blocks)
  }

  @Test(
    "a pod of a machine that comes tomorrow is no guest, and an address that would be one there stands for itself"
  )
  func tomorrow() throws {
    let internet = Self.internet(of: Self.inventory(["2001:db8:7::/64"]))
    let pod = Town.ip("2001:db8:7:9::5")
    #expect(internet.guests(like: pod) == nil && internet.block(like: pod) == nil)
    for address in ["2001:db8:8::5", "198.51.100.7"] {
      #expect(internet.guests(like: Town.ip(address)) != nil, "\(address)")
    }
    guard case .block(_, let holes)? = internet.guests(like: Town.ip("2001:db8:8::5")) else {
      Issue.record("no block")
      return
    }
    #expect(holes.map(\.description) == ["2001:db8:7::/56"])
  }

  @Test("IPv6 leads to no address of IPv4 but by the block of translation, which leaves out what IPv4 does")
  func translated() throws {
    let internet = Self.internet(of: Self.inventory(["10.244.0.0/24"]))
    let site = Town.ip("64:ff9b::198.51.100.7")
    guard case .block(let block, let holes)? = internet.block(like: site),
      case .block(_, let others)? = internet.block(like: Town.ip("2001:db8::7"))
    else {
      Issue.record("no block")
      return
    }
    #expect(block.description == "64:ff9b::/96")
    for hole in [
      "64:ff9b::10.0.0.0", "64:ff9b::169.254.169.254", "64:ff9b::192.0.2.1", "64:ff9b::192.168.7.7",
    ] {
      #expect(holes.contains { $0.contains(Town.ip(hole)) }, "\(hole)")
      #expect(!PublicInternet.holds(Town.ip(hole)) || hole.hasSuffix("192.0.2.1"))
    }
    #expect(!holes.contains { $0.contains(site) } && PublicInternet.holds(site))
    #expect(others.contains { $0.contains(site) } && others.contains { $0.contains(Town.ip("64:ff9b:1::7")) })
    #expect(internet.block(like: Town.ip("64:ff9b::192.0.2.1")) == nil)
  }

  @Test("who dials a translated name gets the block of translation, and no more of IPv6")
  func rule() throws {
    var town = Shop.town()
    town.answered(Shop.api, "pay.example.com", "64:ff9b::203.0.113.9")
    town.saw(Shop.api, "64:ff9b::203.0.113.9", 443)
    let rules = try Shop.rules(town, "api", .egress)
    #expect(rules.contains { $0.hasPrefix("64:ff9b::/96 except") }, "\(rules)")
    #expect(!rules.contains { $0.hasPrefix("::/0") })
  }

  @Test("a Service more in a block of public addresses that only Services have moves no rule")
  func publicServices() {
    func internet(_ addresses: [String]) -> Peer? {
      var town = Town()
      for address in addresses {
        town.service("a", "s-\(address)", at: address, selector: [:], port: 80, target: .number(80))
      }
      return PublicInternet(Inventory(town.objects), podBlocks: []).block(like: Town.ip("203.0.113.9"))
    }
    #expect(internet(["34.118.224.10"]) == internet(["34.118.224.10", "34.118.230.4"]))
    #expect(internet(["34.118.224.10"])?.description.contains("34.118.224.0/20") == true)
    #expect(internet(["198.51.100.10"]) != internet(["198.51.100.10", "198.51.100.12"]))
  }
}
