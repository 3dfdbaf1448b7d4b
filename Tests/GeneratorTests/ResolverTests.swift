import Kubernetes
import Testing
import Traffic

@testable import Generator

@testable import struct Kubernetes.Workload

@Suite("Whoever answers for names is let through, at whatever address")
struct ResolverTests {
  /// What the namespace's pods were seen to ask, over UDP.
  private static func asked(_ server: String, _ tier: Tier = .replied, by client: String = Shop.api) -> Town {
    var town = Shop.town()
    town.saw(client, server, 53, tier, transport: .udp, direction: .firstSender)
    return town
  }

  private static func caches(_ town: Town) throws -> [String] {
    let rules = try Shop.rules(town, "allow-dns", .egress)
    return rules.filter { $0.hasPrefix("1") }
  }

  @Test(
    "a cache on each machine may be asked by every pod, whatever link-local address it has",
    arguments: ["169.254.20.10", "169.254.25.10", "169.254.10.11", "fe80::53"])
  func cache(address: String) throws {
    let town = Self.asked(address)
    let width = address.contains(":") ? 128 : 32
    let rule = try #require(try Shop.rules(town, "allow-dns", .egress).last)
    #expect(rule.contains("\(address)/\(width)") && rule.hasSuffix("on TCP/53, UDP/53"), "\(rule)")
    #expect(rule.contains("169.254.20.10") == (address == "169.254.20.10"), "\(rule)")
    #expect(try Shop.rules(town, "api", .egress) == ["pods app=db on TCP/5432"])
    #expect(town.learned().lines.contains("payments/api → \(address) 53/UDP replied ×5 baseline"))
  }

  @Test("no cache is what a machine alone asked, what gave no answer, or what answered on another port")
  func noCache() throws {
    #expect(try Self.caches(Self.asked("169.254.25.10", by: "10.0.0.11")) == [])
    #expect(try Self.caches(Self.asked("169.254.25.10", .oneWay)) == [])
    var other = Shop.town()
    other.saw(Shop.api, "169.254.25.10", 5353, .replied, transport: .udp, direction: .firstSender)
    #expect(try Self.caches(other) == [])
  }

  @Test("a cache that the inventory shows is let through where it usually is, and where it was seen")
  func listedCache() throws {
    for isPod in [false, true] {
      var town = Shop.town()
      let labels = ["k8s-app": "node-local-dns"]
      if isPod {
        town.pod("kube-system", "node-local-dns-x", at: "10.0.0.11", labels: labels)
        guard case .pod(var pod) = town.objects.removeLast() else { continue }
        pod.usesHostNetwork = true
        town.objects.append(.pod(pod))
      } else {
        town.objects.append(
          .workload(
            Workload(
              kind: "DaemonSet", meta: ObjectMeta(namespace: "kube-system", name: "node-local-dns"),
              selector: LabelSelector(labels), templateLabels: labels, ports: [], usesHostNetwork: true)))
      }
      let usual = try #require(try Self.caches(town).first)
      #expect(usual.contains("169.254.20.10/32") && usual.contains("10.96.0.10/32"))
      #expect(!town.learned().dns.areCachesSeen)
      town.saw(Shop.api, "169.254.25.10", 53, .replied, transport: .udp, direction: .firstSender)
      let seen = try #require(try Self.caches(town).first)
      #expect(seen.contains("169.254.25.10/32") && !seen.contains("169.254.20.10/32"))
      #expect(town.learned().dns.areCachesSeen)
    }
  }

  @Test(
    "a cloud's own resolver is let through over both protocols to who asked it, and its answers count",
    arguments: ["169.254.169.253", "169.254.169.254", "168.63.129.16"])
  func cloud(address: String) throws {
    var town = Self.asked(address)
    #expect(try Self.caches(town) == [])
    #expect(
      try Set(Shop.rules(town, "api", .egress)) == [
        "pods app=db on TCP/5432", "\(address)/32 on TCP/53", "\(address)/32 on UDP/53",
      ])
    town.answered(Shop.api, "pay.example.com", "203.0.113.9", by: address)
    town.saw(Shop.api, "203.0.113.9", 443)
    #expect(try Shop.rules(town, "api", .egress).contains { $0.hasPrefix("0.0.0.0/0 except") })
  }

  @Test("a metadata address is none on the port for names, and is one on every other")
  func metadata() {
    var town = Self.asked("169.254.169.254")
    town.saw(Shop.api, "169.254.169.254", 80)
    town.saw(Shop.api, "169.254.170.2", 53, .replied, transport: .udp, direction: .firstSender)
    #expect(
      town.learned("payments").edges.map { "\($0.server) \($0.port) \($0.bin.rawValue)" }.sorted() == [
        "169.254.169.254 53 learned", "169.254.169.254 80 quarantined", "169.254.170.2 53 quarantined",
        "payments/db 5432 learned",
      ])
  }

  @Test("a cloud's resolver that knows the cluster's names serves every pod")
  func cloudDNS() throws {
    var town = Self.asked("169.254.169.254")
    town.answered(Shop.web, "api.payments.svc.cluster.local", Shop.api, by: "169.254.169.254")
    #expect(try Self.caches(town).first?.contains("169.254.169.254/32") == true)
    #expect(town.learned().lines.contains("payments/api → 169.254.169.254 53/UDP replied ×5 baseline"))
  }

  @Test("the cluster's DNS asks others itself, over both protocols, and that is no remark")
  func upstream() throws {
    var town = Self.asked("203.0.113.53", by: "10.244.0.2")
    town.saw("10.244.0.2", "169.254.25.10", 5353, .replied, transport: .udp, direction: .firstSender)
    let learned = town.learned("kube-system")
    let edge = try #require(learned.edges.first { $0.port == 53 })
    #expect(edge.bin == .learned && edge.remarks == [])
    let rules = try #require(learned.plan.policies.first { $0.policy.name == "coredns" }).policy.egress
    #expect(rules.map(\.description).contains("203.0.113.53/32 on TCP/53"))
  }

  @Test("another server for names gets a rule over both protocols and a remark, and its answers name nothing")
  func other() throws {
    for (server, peer) in [
      ("10.9.0.2", "10.9.0.2/32"), ("8.8.8.8", "8.8.8.8/32"), ("10.0.0.11", "10.0.0.11/32"),
    ] {
      var town = Self.asked(server)
      town.answered(Shop.api, "pay.example.com", "203.0.113.9", by: server)
      town.saw(Shop.api, "203.0.113.9", 443)
      #expect(
        try Set(Shop.rules(town, "api", .egress)) == [
          "pods app=db on TCP/5432", "\(peer) on TCP/53", "\(peer) on UDP/53", "203.0.113.9/32 on TCP/443",
        ])
      let edge = try #require(town.learned("payments").edges.first { $0.port == 53 })
      #expect(edge.remarks == [.otherNames])
    }
  }
}
