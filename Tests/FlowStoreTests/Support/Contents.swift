import FlowStore
import TestSupport
import Traffic

/// All that a store holds.
struct Contents: Equatable {
  var facts: [Fact] = []
  var spoofed: [Fact] = []
  var dns: [DNSFact] = []
  var losses: [Loss] = []
  var gaps: [Gap] = []
  var passed: [PassedFrames] = []
  var imports: [ImportedFile] = []
  var objects: [StoredObject] = []
  var lists: [StoredList] = []

  init(of path: String) throws {
    let store = try Store(at: path, for: .reading)
    facts = try store.facts()
    spoofed = try store.spoofed()
    dns = try store.dnsFacts()
    losses = try store.losses()
    gaps = try store.gaps()
    passed = try store.passed()
    imports = try store.imports()
    objects = try store.objects()
    lists = try store.lists()
  }

  /// A little of everything, out of so few keys that two stores have many in common.
  init(random: inout SeededRandom) {
    let words = ["a", "b"]
    facts = (0..<60).compactMap { _ in
      fact(
        "10.0.0.\(random.below(3))", "10.1.0.\(random.below(2))", UInt16(80 + random.below(2)),
        at: (0...random.below(3)).map { [hour = Int64(random.below(3)) * 3600] _ in
          at(hour + Int64(random.below(3600)), nanoseconds: Int64(random.below(9)))
        }.filter { $0.hour == morning.hour },
        recorder: words[random.below(2)], tier: random.below(2) == 0 ? .used : .refused,
        dialled: random.below(2) == 0 ? nil : Socket(address("10.9.0.1"), UInt16(80 + random.below(2))),
        conversations: UInt64(1 + random.below(9)))
    }
    // Some of one key with a fact; in which of two ways nobody answered is not kept.
    spoofed = (0..<9).compactMap { _ in
      fact(
        "10.0.0.\(random.below(3))", "10.1.0.\(random.below(2))", 80, recorder: words[random.below(2)],
        tier: .attempted, conversations: UInt64(1 + random.below(9)))
    }
    dns = (0..<20).compactMap { _ in
      answer(
        "n\(random.below(3)).example", "198.51.100.\(random.below(2))",
        at: at(Int64(random.below(7200))), recorder: words[random.below(2)])
    }
    losses = (0..<4).map { _ in
      Loss(
        recorder: words[random.below(2)], interface: UInt32(random.below(2)), from: at(0), until: at(9),
        received: UInt64(random.below(9)), dropped: random.below(3) == 0 ? nil : UInt64(random.below(9)))
    }
    gaps = (0..<3).map { _ in
      Gap(recorder: words[random.below(2)], from: at(0), until: at(Int64(random.below(3))))
    }
    passed = (0..<4).map { _ in
      PassedFrames(
        recorder: words[random.below(2)], reason: [.arp, .icmp][random.below(2)],
        count: UInt64(1 + random.below(9)))
    }
    imports = (0..<2).map { place in
      ImportedFile(
        fingerprint: "f\(place)\(random.below(2))", recorder: words[random.below(2)],
        name: words[random.below(2)], packets: UInt64(random.below(2)),
        seen: random.below(2) == 0 ? nil : at(Int64(random.below(2)))...at(9))
    }
    objects = (0..<9).map { _ in
      StoredObject(
        kind: "Pod", namespace: "web", name: words[random.below(2)], uid: words[random.below(2)],
        look: ["", "x"][random.below(2)], version: Int64(random.below(2)), from: at(Int64(random.below(3))),
        until: random.below(2) == 0 ? nil : at(10 + Int64(random.below(3))),
        told: random.below(2) == 0 ? nil : at(Int64(random.below(3))), body: words[random.below(2)])
    }
    lists = (0..<3).map { _ in
      StoredList(moment: at(Int64(random.below(2))), body: words[random.below(2)])
    }
  }

  func write(to path: String) throws {
    var store = try Store(at: path, for: .writing)
    try store.record(
      Batch(
        facts: facts, spoofed: spoofed, dns: dns, losses: losses, gaps: gaps, passed: passed, imports: imports
      ))
    try store.keep(objects, lists: lists)
  }
}
