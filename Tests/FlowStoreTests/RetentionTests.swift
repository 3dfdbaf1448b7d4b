@testable import FlowStore
import Testing
import Traffic

@Suite struct RetentionTests {
  private func filled(_ path: String) throws {
    var store = try Store(at: path, for: .writing)
    try store.record(
      Batch(
        facts: (0..<4).compactMap {
          fact("10.0.0.\($0)", "10.1.0.1", 80, at: [at($0 * 3600)], recorder: "node-\($0)")
        },
        dns: (0..<4).compactMap { answer("n\($0).example", "198.51.100.\($0)", at: at($0 * 3600)) },
        losses: (0..<4).map {
          Loss(
            recorder: "a", interface: 0, from: at($0 * 3600), until: at($0 * 3600 + 5400), received: 1,
            dropped: 0)
        },
        gaps: (0..<4).map { Gap(recorder: "a", from: at($0 * 3600 + 60), until: at($0 * 3600 + 90)) },
        imports: Sample.imports))
    try store.keep(Sample.objects)
  }

  @Test(arguments: [(-1, 4, 4, 4), (0, 4, 4, 4), (1, 3, 4, 3), (2, 2, 3, 2), (4, 0, 1, 0), (5, 0, 0, 0)])
  func `what was before an hour is forgotten, and nothing else`(
    hour: Int64, facts: Int, losses: Int, gaps: Int
  ) throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    try filled(path)
    var store = try Store(at: path, for: .writing)
    let forgotten = try store.forget(before: morning.hour + hour)
    #expect(forgotten.facts == 4 - Int64(facts) && forgotten.names == 4 - Int64(facts))
    #expect(forgotten.losses == 4 - Int64(losses) && forgotten.gaps == 4 - Int64(gaps))
    #expect(try store.facts().map(\.key.hour) == (4 - facts..<4).map { morning.hour + Int64($0) })
    #expect(try store.dnsFacts().count == facts)
    #expect(try store.losses().count == losses)
    #expect(try store.gaps().count == gaps)
    #expect(try store.imports() == Sample.imports)
    #expect(try store.objects() == Sample.objects)
    #expect(store.refusedRows == 0)
  }

  @Test(arguments: ["facts", "dns"])
  func `old hours go as one range of the key, and no other row is looked at`(table: String) throws {
    let folder = TemporaryFolder()
    let store = try Store(at: folder.file("a.db"), for: .writing)
    let rows = table == "facts" ? Store.oldFacts(before: 5) : Store.oldNames(before: 5)
    let plan = try store.connection.prepare("EXPLAIN QUERY PLAN DELETE \(rows)")
    let isRange = try plan.step() && plan.text(3) == "SEARCH \(table) USING PRIMARY KEY (hour<?)"
    #expect(isRange, "\(plan.text(3) ?? "no plan")")
  }

  @Test func `words that nobody names any more are forgotten too, and numbered anew when they come again`()
    throws
  {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    try filled(path)
    var store = try Store(at: path, for: .writing)
    // Learned by this writer, which must not remember their numbers.
    try store.record(Batch(facts: [try #require(fact("10.0.0.0", "10.1.0.1", 81))]))
    _ = try store.forget(before: morning.hour + 4)
    #expect(try store.connection.integer("SELECT count(*) FROM addresses") == 0)
    #expect(try store.connection.integer("SELECT count(*) FROM names") == 0)
    // One of losses, and two of imported files.
    #expect(try store.connection.integer("SELECT count(*) FROM recorders") == 3)
    let again = try #require(fact("10.0.0.0", "10.1.0.1", 81, at: [at(5 * 3600)]))
    try store.record(Batch(facts: [again]))
    #expect(try store.facts() == [again])
    #expect(store.refusedRows == 0)
  }

  @Test func `an hour that only a changed row names is not the last one`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    #expect(try Store(at: path, for: .writing).latestHours(1).isEmpty)
    try filled(path)
    var store = try Store(at: path, for: .writing)
    try store.record(Batch(facts: [try #require(fact("10.0.0.7", "10.1.0.1", 81, at: [at(7200)]))]))
    func latest(_ count: Int) throws -> [[Int64]] {
      try store.latestHours(count).map { [$0.hour - morning.hour, Int64($0.facts)] }
    }
    #expect(try latest(9) == [[3, 1], [2, 2], [1, 1], [0, 1]])
    #expect(try latest(2) == [[3, 1], [2, 2]])
    try store.connection.execute("UPDATE facts SET hour = 999999 WHERE hour = \(morning.hour + 3)")
    #expect(try latest(1) == [[2, 2]])
  }

  @Test(arguments: [(60, 0), (179, 0), (180, 1), (1_441, 1)] as [(Int64, Int)])
  func `a conversation that was seen since is not old, and neither is the name of whom it is with`(
    lasting: Int64, kept: Int
  ) throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    var store = try Store(at: path, for: .writing)
    let long = try #require(fact("10.0.0.1", "198.51.100.7", 443, at: [at(59)], lasting: lasting))
    let short = try #require(fact("10.0.0.2", "198.51.100.8", 443, at: [at(61)]))
    let names = [answer("a.example", "198.51.100.7"), answer("b.example", "198.51.100.8")]
    try store.record(Batch(facts: [long, short], dns: names.compactMap(\.self)))
    for _ in 0..<2 { _ = try store.forget(before: morning.hour + 3) }
    #expect(try store.facts() == Array([long].prefix(kept)))
    #expect(try store.dnsFacts().map(\.key.name) == Array(["a.example"].prefix(kept)))
    #expect(store.refusedRows == 0)
  }

  @Test func `a changed row does not last`() throws {
    let folder = TemporaryFolder()
    var store = try Store(at: folder.file("a.db"), for: .writing)
    try store.record(Batch(facts: [try #require(fact("10.0.0.1", "10.1.0.1", 443, lasting: 5_000))]))
    try store.connection.execute("UPDATE facts SET digest = digest + 1")
    #expect(try store.forget(before: morning.hour + 3).facts == 1)
  }

  @Test(arguments: [Int64.min, .max]) func `no hour is too early or too late`(hour: Int64) throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    try filled(path)
    var store = try Store(at: path, for: .writing)
    let forgotten = try store.forget(before: hour)
    #expect(forgotten.facts == (hour > 0 ? 4 : 0) && forgotten.losses == (hour > 0 ? 4 : 0))
  }

  @Test func `a store open for reading forgets nothing`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    try filled(path)
    var store = try Store(at: path, for: .reading)
    #expect(throws: StoreError.readingOnly(path: path)) { _ = try store.forget(before: .max) }
  }
}
