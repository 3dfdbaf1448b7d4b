import Kubernetes
import TestSupport
import Testing
import Traffic

@testable import Generator

@Suite("How much stays reachable")
struct ExposureTests {
  private static let ports = [ContainerPort(name: "http", number: 8080), ContainerPort(number: 9090)]

  private static func town(_ random: inout SeededRandom) -> Town {
    var town = Town()
    town.dns()
    for index in 0..<9 {
      town.deployment(
        ["payments", "web", "office"][index % 3], "w\(index)", at: ["10.244.0.\(10 + index)"],
        ports: Array(ports.prefix(index % 4)))
    }
    for _ in 0..<30 {
      let client = Int.random(in: 10..<19, using: &random)
      let server = Int.random(in: 10..<19, using: &random)
      guard client != server else { continue }
      town.saw(
        "10.244.0.\(client)", "10.244.0.\(server)", [8080, 9090, 7000].randomElement(using: &random) ?? 1,
        [.used, .established, .refused].randomElement(using: &random) ?? .used)
    }
    return town
  }

  @Test(
    "the ways and the open ones are those of each pair of workloads",
    arguments: [Isolation.both, .ingress, .egress], [["payments"], ["payments", "web"]])
  func pairs(isolation: Isolation, namespaces: [String]) {
    for seed in 1...UInt64(6) {
      var random = SeededRandom(seed: seed)
      let town = Self.town(&random)
      var options = Options()
      options.namespaces = Set(namespaces)
      options.isolation = isolation
      let learned = Learned(town.facts, Inventory(town.objects), options)
      let plan = learned.plan
      let set = PolicySet(plan.policies.map(\.policy), namespaces: learned.namespaceLabels)
      let cast = learned.cast
      var (ways, open) = (0, 0)
      for server in cast.ends {
        guard let namespace = server.namespace else { continue }
        var doors: Set<String> = []
        for case .pod(let traits, _) in cast.parties(of: server) {
          for port in traits.ports { doors.insert("\(port.number) \(port.transport)") }
        }
        for edge in learned.edges where edge.tier.isEstablished && edge.server == server {
          doors.insert("\(edge.port) \(edge.transport)")
        }
        for client in cast.ends where client != server {
          guard let home = client.namespace, namespaces.contains(home) || namespaces.contains(namespace),
            let asker = cast.parties(of: client).first, let asked = cast.parties(of: server).first
          else { continue }
          for door in doors {
            let words = door.split(separator: " ")
            let transport: Transport = words[1] == "UDP" ? .udp : .tcp
            ways += 1
            let reached = set.open(from: asker, to: asked)
            if reached.contains(UInt16(words[0]) ?? 0, transport) { open += 1 }
          }
        }
      }
      #expect(plan.exposure.ways == ways && plan.exposure.open == open, "seed \(seed)")
      #expect(open > 0 && open < ways, "seed \(seed)")
    }
  }
}
