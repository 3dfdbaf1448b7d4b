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
    "10.96.0.50", "10.96.0.60",
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
    ---
    kind: Service
    metadata: {name: old, namespace: shop, creationTimestamp: at(-600), deletionTimestamp: at(1200)}
    spec: {clusterIP: 10.96.0.50, selector: {app: api}, ports: [{port: 80, targetPort: http}]}
    ---
    kind: Service
    metadata: {name: new, namespace: shop, creationTimestamp: at(4000)}
    spec: {clusterIP: 10.96.0.50, selector: {app: web}, ports: [{port: 80, targetPort: 3000}]}
    ---
    kind: Service
    metadata: {name: listed, namespace: shop}
    spec: {clusterIP: 10.96.0.60, ports: [{port: 80}]}
    ---
    kind: EndpointSlice
    metadata: {name: listed-1, namespace: shop, labels: {kubernetes.io/service-name: listed}}
    endpoints: [{addresses: [10.244.1.40]}, {addresses: [192.0.2.9]}]
    ports: [{port: 80}]
    """

  private static func street(using random: inout SeededRandom) throws -> Street {
    var street = try Street(services)
    for _ in 0..<150 {
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
    street.town.facts.conversations = try street.town.facts.conversations.map { fact in
      // Half of them last for a while.
      guard Bool.random(using: &random) else { return fact }
      var activity = fact.activity
      activity.note(Instant(seconds: fact.key.hour * 3600 + .random(in: 0..<3600, using: &random)))
      return try #require(
        Fact(
          key: fact.key, conversations: fact.conversations, activity: activity,
          lastMinute: activity.last.minutes + Int64(fact.conversations) * 10))
    }
    return street
  }

  /// The key under which an edge stands when all facts are there: of one that no fact directs alone others may.
  private static func key(of edge: Edge, among known: Set<Edge.Key>) -> Edge.Key {
    known.contains(edge.key) ? edge.key : edge.key.candidates[0]
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
    let known = Set(learned.everyEdge.map(\.key))
    #expect(learned.accounting.edges.addsUp && learned.accounting.conversations.addsUp, "seed \(seed)")
    #expect(learned.accounting.edges.seen == UInt64(learned.everyEdge.count))
    var most: [Edge.Key: UInt64] = [:]
    for fact in street.town.facts.conversations {
      for edge in Learned(Facts(conversations: [fact]), inventory, Options()).everyEdge {
        most[Self.key(of: edge, among: known), default: 0] += edge.evidence.conversations
      }
    }
    #expect(Set(most.keys) == known, "seed \(seed)")
    for edge in learned.everyEdge {
      #expect(edge.evidence.conversations <= most[edge.key, default: 0], "seed \(seed): \(edge.key)")
      #expect(edge.evidence.established <= edge.evidence.conversations, "seed \(seed): \(edge.key)")
    }
  }

  @Test(
    "who and what was part of an edge is the same, each fact looked at alone or all together",
    arguments: 1...30)
  func evidence(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let street = try Self.street(using: &random)
    let inventory = Inventory(street.town.objects)
    let learned = street.town.learned()
    let keys = Set(learned.everyEdge.map(\.key))
    var alone: [Edge.Key: Evidence] = [:]
    for fact in street.town.facts.conversations {
      for edge in Learned(Facts(conversations: [fact]), inventory, Options()).everyEdge {
        let key = Self.key(of: edge, among: keys)
        alone[key] = alone[key].map { $0.united(with: edge.evidence) } ?? edge.evidence
      }
    }
    #expect(learned.everyEdge.count == alone.count, "seed \(seed)")
    for edge in learned.everyEdge {
      var known = try #require(alone[edge.key], "seed \(seed): \(edge.key)")
      (known.conversations, known.established) = (edge.evidence.conversations, edge.evidence.established)
      known.hours = edge.evidence.hours
      #expect(known == edge.evidence, "seed \(seed): \(edge.key)")
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

extension Evidence {
  /// What both show, but for counts.
  fileprivate func united(with other: Evidence) -> Evidence {
    var united = self
    united.tier = max(tier, other.tier)
    united.first = min(first, other.first)
    united.last = max(last, other.last)
    united.lastSeen = max(lastSeen, other.lastSeen)
    united.held = max(held, other.held)
    united.clientAddresses.formUnion(other.clientAddresses)
    united.serverAddresses.formUnion(other.serverAddresses)
    united.clientPods.formUnion(other.clientPods)
    united.serverPods.formUnion(other.serverPods)
    united.dialled.formUnion(other.dialled)
    united.directions.formUnion(other.directions)
    return united
  }
}
