import Kubernetes
import Review
import TestSupport
import Testing
import Traffic

/// Laws that hold for every two sets of policies, tried on sets made by chance.
@Suite struct DifferenceLawTests {
  static let seeds = (0..<20).map { UInt64(90_000 + $0) }

  @Test("a set differs not from itself, however its policies are ordered", arguments: seeds)
  func reflexive(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<10 {
      let policies = Self.policies(&random)
      let difference = Difference(
        from: PolicySet(policies), to: PolicySet(policies.shuffled(using: &random)), among: Shop.parties)
      #expect(difference.isEmpty, "seed \(seed): \(difference.text)")
    }
  }

  @Test(
    "every pair that opens other ports is told, with a reason, and the way back tells the opposite",
    arguments: seeds)
  func complete(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<10 {
      let one = PolicySet(Self.policies(&random))
      let other = PolicySet(Self.policies(&random))
      let parties = Shop.parties + NamedParty.outside(of: one, other)
      let there = Difference(from: one, to: other, among: parties)
      let back = Difference(from: other, to: one, among: parties)
      let (ahead, behind) = (there.changes.filter { !$0.isSymbolic }, back.changes.filter { !$0.isSymbolic })
      #expect(ahead.map(\.before) == behind.map(\.after), "seed \(seed)")
      #expect(ahead.map(\.opens) == behind.map(\.closes), "seed \(seed)")
      var expected = 0
      for (index, source) in parties.enumerated() {
        for (place, destination) in parties.enumerated() {
          let was = one.open(from: source.party, to: destination.party, areReplicas: index == place)
          let now = other.open(from: source.party, to: destination.party, areReplicas: index == place)
          guard was != now else { continue }
          expected += 1
          let change = try #require(
            ahead.first { $0.from == source.name && $0.to == destination.name }, "seed \(seed)")
          #expect(change.before == was && change.after == now, "seed \(seed)")
          let widens = change.causes.contains { $0.role == .opens || $0.role == .isolated }
          let narrows = change.causes.contains { $0.role == .opened || $0.role == .isolates }
          #expect(widens == change.widens && narrows == !change.closes.isEmpty, "seed \(seed): \(change)")
        }
      }
      #expect(ahead.count == expected, "seed \(seed)")
    }
  }

  @Test("what is treated alike by name is one of the stretches of addresses", arguments: seeds)
  func stretches(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<10 {
      let set = PolicySet(Self.policies(&random))
      let known = Set(
        NamedParty.outside(of: set).map { set.open(from: $0.party, to: Shop.api.party) })
      for _ in 0..<50 {
        // Near the blocks that the policies name, and anywhere.
        let near = UInt32(10 << 24) | UInt32.random(in: 0..<(1 << 18), using: &random)
        let bits = Bool.random(using: &random) ? near : random.next32()
        let open = set.open(from: .address(Address(v4: bits)), to: Shop.api.party)
        #expect(known.contains(open), "seed \(seed): \(Address(v4: bits))")
      }
    }
  }

  private static func policies(_ random: inout SeededRandom) -> [NetworkPolicy] {
    (0..<Int.random(in: 0...4, using: &random)).map { index in
      NetworkPolicy(
        namespace: Bool.random(using: &random) ? "shop" : "web", name: "p\(index)",
        subject: [.everything, LabelSelector(["app": "api"]), LabelSelector(["app": "frontend"])]
          .randomElement(using: &random) ?? .everything,
        isolates: [.ingress, .egress, .both].randomElement(using: &random) ?? .both,
        ingress: rules(&random), egress: rules(&random))
    }
  }

  private static func rules(_ random: inout SeededRandom) -> [Rule] {
    (0..<Int.random(in: 0...2, using: &random)).map { _ in
      let blocks = ["10.0.0.0/16", "0.0.0.0/0", "10.0.2.0/24", "::/0"].compactMap { Prefix($0) }
      let peers =
        [Shop.frontendPeer, Shop.apiPeer, .namespaces(.everything)] + blocks.map { .block($0, except: []) }
      let ports = [PolicyPort.all(.tcp), .all(.udp), .named(.tcp, "http")]
      return Rule(
        peers.randomElement(using: &random).map { .only($0) } ?? .anyone,
        ports.randomElement(using: &random).map { .only($0) } ?? .every)
    }
  }
}

extension SeededRandom {
  fileprivate mutating func next32() -> UInt32 { UInt32(truncatingIfNeeded: next()) }
}
