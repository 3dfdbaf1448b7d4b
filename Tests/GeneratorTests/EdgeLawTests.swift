import Kubernetes
import TestSupport
import Testing
import Traffic

@testable import Generator

@Suite("Every fact lands in an edge, and counts add up")
struct EdgeLawTests {
  /// Addresses of every kind: pods, Services, machines, strangers, and some that nobody had.
  private static let addresses = [
    "10.244.1.5", "10.244.2.5", "10.244.1.40", "10.244.2.77", "10.96.0.20", "10.96.0.1", "10.96.7.7",
    "10.0.0.11", "10.0.0.12", "10.244.1.1", "10.0.0.1", "198.51.100.7", "169.254.169.254", "192.0.2.80",
  ]

  private static let services = """
    kind: Service
    metadata: {name: api, namespace: shop}
    spec: {clusterIP: 10.96.0.20, externalIPs: [192.0.2.80], selector: {app: api}, ports: [{port: 80, targetPort: http, nodePort: 30080}]}
    ---
    kind: Pod
    metadata: {name: p1, namespace: shop, labels: {app: p}}
    spec: {nodeName: node-a, containers: []}
    status: {phase: Succeeded, podIP: 10.244.1.40, startTime: at(0), containerStatuses: [{state: {terminated: {finishedAt: at(598)}}}]}
    ---
    kind: Pod
    metadata: {name: p2, namespace: shop, labels: {app: q}}
    spec: {nodeName: node-a, containers: []}
    status: {podIP: 10.244.1.40, startTime: at(602)}
    """

  private static func street(using random: inout SeededRandom) throws -> Street {
    var street = try Street(services)
    for _ in 0..<60 {
      let isUnknown = Int.random(in: 0..<6, using: &random) == 0
      let client = addresses.randomElement(using: &random) ?? ""
      street.town.saw(
        client, addresses.randomElement(using: &random) ?? "",
        [80, 443, 6443, 8080, 9100, 30080].randomElement(using: &random) ?? 80,
        [Tier.refused, .established, .used].randomElement(using: &random) ?? .used,
        times: .random(in: 1...9, using: &random),
        recorder: ["node-a", "node-b"].randomElement(using: &random) ?? "",
        direction: isUnknown ? .unknown : .opening,
        dialled: isUnknown ? Socket(Town.ip(client), 40_000) : nil,
        minute: .random(in: 0...130, using: &random))
    }
    return street
  }

  @Test("a fact alone makes edges that count exactly it, each with one kind at either end", arguments: 1...20)
  func alone(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let street = try Self.street(using: &random)
    let inventory = Inventory(street.town.objects)
    for fact in street.town.facts.conversations {
      let edges = Learned(Facts(conversations: [fact]), inventory, Options()).everyEdge
      // Only an address in doubt is shared out, and only what a Service leads to is one edge for each backend.
      #expect(!edges.isEmpty, "seed \(seed): \(fact.key)")
      let counts = edges.map(\.evidence.conversations)
      #expect(
        counts.allSatisfy { $0 == fact.conversations } || counts.reduce(0, +) == fact.conversations,
        "seed \(seed): \(fact.key) makes \(counts)")
      for edge in edges where edge.bin == .unattributed {
        #expect(edge.reason?.isEmpty == false, "seed \(seed): \(fact.key)")
      }
    }
  }

  @Test("bins add up, and together facts count no more than each alone", arguments: 1...20)
  func sums(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let street = try Self.street(using: &random)
    let inventory = Inventory(street.town.objects)
    let learned = street.town.learned()
    #expect(learned.accounting.edges.addsUp && learned.accounting.conversations.addsUp, "seed \(seed)")
    #expect(learned.accounting.edges.seen == UInt64(learned.everyEdge.count))
    var most: [Edge.Key: UInt64] = [:]
    for fact in street.town.facts.conversations {
      for edge in Learned(Facts(conversations: [fact]), inventory, Options()).everyEdge {
        most[edge.key, default: 0] += edge.evidence.conversations
      }
    }
    #expect(Set(most.keys) == Set(learned.everyEdge.map(\.key)), "seed \(seed)")
    for edge in learned.everyEdge {
      #expect(edge.evidence.conversations <= most[edge.key, default: 0], "seed \(seed): \(edge.key)")
      #expect(edge.evidence.established <= edge.evidence.conversations, "seed \(seed): \(edge.key)")
    }
  }

  @Test("objects and facts in another order make the same edges, to the last word", arguments: 1...20)
  func order(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let street = try Self.street(using: &random)
    let edges = street.town.learned().everyEdge
    var shuffled = street
    shuffled.town.objects.shuffle(using: &random)
    shuffled.town.facts.conversations.shuffle(using: &random)
    #expect(shuffled.town.learned().everyEdge == edges, "seed \(seed)")
    #expect(shuffled.lines == street.lines, "seed \(seed)")
  }
}
