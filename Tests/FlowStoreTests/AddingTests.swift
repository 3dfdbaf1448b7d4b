import TestSupport
import FlowStore
import Testing
import Traffic

@Suite struct AddingTests {
  @Test func `the same batch twice adds counts and moves no time`() throws {
    let folder = TemporaryFolder()
    var store = try Store(at: folder.file("a.db"), for: .writing)
    var batch = Sample.batch
    batch.imports = []
    try store.record(batch)
    try store.record(batch)
    for (kept, given) in zip(try store.facts(), Sample.facts.sorted { $0.key < $1.key }) {
      #expect(kept.key == given.key)
      #expect(kept.activity == given.activity)
      // The largest count there is stays what it is.
      #expect(kept.conversations == min(2 * given.conversations, UInt64(Int64.max)))
    }
    #expect(try store.dnsFacts() == Sample.dns.sorted { $0.key < $1.key })
    #expect(try store.losses().map(\.received) == [9_588, 40_024])
    #expect(try store.losses().map(\.dropped) == [nil, 37_168])
    #expect(try store.gaps() == Sample.gaps)
    #expect(try store.passed().map(\.count).reduce(0, +) == 2 * Sample.passed.map(\.count).reduce(0, +))
  }

  @Test func `rows of one key are one fact, in one batch or in two`() throws {
    let folder = TemporaryFolder()
    let early = try #require(fact("10.0.0.1", "10.0.0.2", 80, at: [at(5), at(70)]))
    let late = try #require(fact("10.0.0.1", "10.0.0.2", 80, at: [at(3), at(3000)]))
    var whole = early
    whole.merge(late)
    for (name, batches) in [("one", [[early, late]]), ("two", [[late], [early]])] {
      var store = try Store(at: folder.file(name), for: .writing)
      for facts in batches { try store.record(Batch(facts: facts)) }
      #expect(try store.facts() == [whole])
    }
  }

  @Test func `of two losses of one stretch the unknown one rules`() throws {
    let folder = TemporaryFolder()
    var store = try Store(at: folder.file("a.db"), for: .writing)
    let counted = Loss(recorder: "a", interface: 1, from: at(0), until: at(9), received: 5, dropped: 2)
    let unknown = Loss(recorder: "a", interface: 1, from: at(0), until: at(9), received: 1, dropped: nil)
    try store.record(Batch(losses: [counted, unknown, counted]))
    #expect(try store.losses().map(\.dropped) == [nil])
    #expect(try store.losses().map(\.received) == [11])
  }

  @Test func `a clock that was set back turns no loss away`() throws {
    let folder = TemporaryFolder()
    var store = try Store(at: folder.file("a.db"), for: .writing)
    try store.record(
      Batch(
        losses: [Loss(recorder: "a", interface: 1, from: at(9), until: at(0), received: 5, dropped: 2)],
        gaps: [Gap(recorder: "a", from: at(9), until: at(0))]))
    #expect(try store.losses().map(\.from) == [at(0)])
    #expect(try store.gaps() == [Gap(recorder: "a", from: at(0), until: at(9))])
  }

  /// Law: whatever the batches and their order, the store holds what merging in memory gives.
  @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
  func `the order of batches does not matter`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let facts = (0..<400).compactMap { _ in
      fact(
        "10.0.0.\(random.below(4))", "10.1.0.\(random.below(4))", UInt16(80 + random.below(2)),
        at: (0...random.below(3)).map { _ in
          at(Int64(random.below(3600)), nanoseconds: Int64(random.below(9)))
        },
        recorder: ["a", "b"][random.below(2)], tier: random.below(2) == 0 ? .used : .refused)
    }
    let dns = (0..<100).compactMap { _ in
      answer(
        "n\(random.below(5)).example", "198.51.100.\(random.below(3))", at: at(Int64(random.below(3600))))
    }
    var merged: [Fact.Key: Fact] = [:]
    for fact in facts { merged[fact.key]?.merge(fact) ?? (merged[fact.key] = fact) }
    var resolved: [DNSFact.Key: DNSFact] = [:]
    for fact in dns { resolved[fact.key]?.merge(fact) ?? (resolved[fact.key] = fact) }

    let folder = TemporaryFolder()
    var store = try Store(at: folder.file("a.db"), for: .writing)
    for chunk in random.chunks(of: facts) { try store.record(Batch(facts: chunk)) }
    for chunk in random.chunks(of: dns) { try store.record(Batch(dns: chunk)) }
    #expect(try store.facts() == merged.values.sorted { $0.key < $1.key }, "seed \(seed)")
    #expect(try store.dnsFacts() == resolved.values.sorted { $0.key < $1.key }, "seed \(seed)")
  }

  @Test func `a capture file is counted once`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    var store = try Store(at: path, for: .writing)
    try store.record(Sample.batch)
    var again = Sample.batch
    again.imports.insert(
      ImportedFile(fingerprint: "1:11", recorder: "new", name: "b.pcap", packets: 1, seen: nil), at: 0)
    again.facts = [try #require(fact("192.0.2.1", "192.0.2.2", 22, recorder: "new"))]
    #expect(throws: StoreError.alreadyImported(path: path, name: "captures/node-a.pcap")) {
      try store.record(again)
    }
    #expect(try store.facts().count == Sample.facts.count)
    #expect(try !store.hasImported("1:11"))
    // What the refused batch numbered is forgotten: the same words are numbered anew.
    again.imports = []
    try store.record(again)
    #expect(try store.facts().contains { $0.key.recorder == "new" })
    #expect(store.refusedRows == 0)
  }
}
