import TestSupport
@testable import FlowStore
import Testing
import Traffic

@Suite struct MergingTests {
  /// Three stores with many keys in common.
  private func stores(_ folder: borrowing TemporaryFolder, seed: UInt64) throws -> [String] {
    var random = SeededRandom(seed: seed)
    return try ["a.db", "b.db", "c.db"].map { name in
      try Contents(random: &random).write(to: folder.file(name))
      return folder.file(name)
    }
  }

  private func merged(_ paths: [String], into path: String) throws -> Contents {
    _ = try Store.merge(paths, into: path)
    let store = try Store(at: path, for: .reading)
    #expect(store.refusedRows == 0)
    return try Contents(of: path)
  }

  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func `neither order, grouping nor repetition of stores makes a difference`(seed: UInt64) throws {
    let folder = TemporaryFolder()
    let all = try stores(folder, seed: seed)
    let (a, b, c) = (all[0], all[1], all[2])
    #expect(try merged([a], into: folder.file("1")) == Contents(of: a), "seed \(seed)")
    #expect(try merged([a, a], into: folder.file("2")) == Contents(of: a), "seed \(seed)")
    let whole = try merged([a, b, c], into: folder.file("3"))
    for (place, order) in [[c, b, a], [b, a, c], [a, b, c, b, a]].enumerated() {
      #expect(try merged(order, into: folder.file("4\(place)")) == whole, "seed \(seed)")
    }
    _ = try merged([a, b], into: folder.file("ab"))
    _ = try merged([b, c], into: folder.file("bc"))
    #expect(try merged([folder.file("ab"), c], into: folder.file("5")) == whole, "seed \(seed)")
    #expect(try merged([a, folder.file("bc")], into: folder.file("6")) == whole, "seed \(seed)")
    // Into one that is there: what it holds is one of the stores.
    #expect(try merged([c], into: folder.file("ab")) == whole, "seed \(seed)")
    #expect(try merged([a, folder.file("ab")], into: folder.file("ab")) == whole, "seed \(seed)")
  }

  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func `what comes out is what a union in memory gives`(seed: UInt64) throws {
    let folder = TemporaryFolder()
    let all = try stores(folder, seed: seed)
    let whole = try merged(all, into: folder.file("all.db"))
    let parts = try all.map { try Contents(of: $0) }
    var facts: [Fact.Key: Fact] = [:]
    for fact in parts.flatMap(\.facts) {
      guard let other = facts[fact.key] else {
        facts[fact.key] = fact
        continue
      }
      var activity = other.activity
      activity.merge(fact.activity)
      facts[fact.key] = Fact(
        key: fact.key, conversations: max(fact.conversations, other.conversations), activity: activity)
    }
    #expect(whole.facts == facts.values.sorted { $0.key < $1.key }, "seed \(seed)")
    #expect(Set(whole.dns.map(\.key)) == Set(parts.flatMap { $0.dns.map(\.key) }), "seed \(seed)")
    #expect(Set(whole.gaps) == Set(parts.flatMap(\.gaps)), "seed \(seed)")
    for loss in parts.flatMap(\.losses) {
      let kept = whole.losses.filter {
        ($0.recorder, $0.interface, $0.from, $0.until)
          == (loss.recorder, loss.interface, loss.from, loss.until)
      }
      #expect(kept.count == 1 && kept[0].received >= loss.received, "seed \(seed)")
      if let dropped = kept[0].dropped { #expect(loss.dropped.map { $0 <= dropped } == true, "seed \(seed)") }
    }
    var passed: [String: UInt64] = [:]
    for frames in parts.flatMap(\.passed) {
      passed["\(frames.recorder) \(frames.reason)", default: 0] = max(
        frames.count, passed["\(frames.recorder) \(frames.reason)"] ?? 0)
    }
    #expect(whole.passed.count == passed.count, "seed \(seed)")
    #expect(whole.passed.map(\.count).sorted() == passed.values.sorted(), "seed \(seed)")
    let files = Set(parts.flatMap(\.imports).map(\.fingerprint))
    #expect(Set(whole.imports.map(\.fingerprint)) == files, "seed \(seed)")
    for object in parts.flatMap(\.objects) {
      let kept = whole.objects.filter {
        ($0.name, $0.uid, $0.look) == (object.name, object.uid, object.look)
      }
      #expect(kept.count == 1 && kept[0].version >= object.version && kept[0].from <= object.from)
      if kept[0].version == object.version, object.until != nil { #expect(kept[0].until != nil) }
    }
  }

  @Test func `a store is made whole, private and alone`() throws {
    let folder = TemporaryFolder()
    try fill(folder.file("a.db"))
    let shares = try Store.merge([folder.file("a.db")], into: folder.file("all.db"))
    #expect(shares.map(\.facts) == [Sample.facts.count] && shares.map(\.names) == [Sample.dns.count])
    #expect(shares.map(\.objects) == [Sample.objects.count] && shares.allSatisfy(\.refusals.isEmpty))
    #expect(Disk.names(in: folder.path) == ["a.db", "all.db"])
    #expect(Disk.permissions(folder.file("all.db")) == 0o600)
    #expect(try Contents(of: folder.file("all.db")) == Contents(of: folder.file("a.db")))
  }

  @Test func `a store that nobody wrote to brings nothing`() throws {
    let folder = TemporaryFolder()
    Disk.write([], to: folder.file("empty.db"))
    try fill(folder.file("a.db"))
    let whole = try merged([folder.file("empty.db"), folder.file("a.db")], into: folder.file("all.db"))
    #expect(try whole == Contents(of: folder.file("a.db")))
    #expect(Disk.bytes(folder.file("empty.db")) == [])
  }

  @Test(arguments: ["missing.db", "foreign.db", "newer.db", "damaged.db"], [false, true])
  func `one bad store, and nothing is made or changed`(bad: String, isThere: Bool) throws {
    let folder = TemporaryFolder()
    for name in ["a.db", "newer.db", "damaged.db"] { try fill(folder.file(name)) }
    if isThere {
      var random = SeededRandom(seed: 7)
      try Contents(random: &random).write(to: folder.file("all.db"))
    }
    Disk.write(Array(repeating: 7, count: 5000), to: folder.file("foreign.db"))
    for (name, statement) in [
      ("newer.db", "PRAGMA user_version = 99"), ("damaged.db", "ALTER TABLE facts RENAME COLUMN hour TO day"),
    ] {
      let connection = try Connection(toExisting: folder.file(name), named: name)
      connection.foldsLogOnClose(true)
      try connection.execute(statement)
    }
    let before = everything(folder)
    #expect(throws: StoreError.self) {
      _ = try Store.merge([folder.file("a.db"), folder.file(bad)], into: folder.file("all.db"))
    }
    #expect(everything(folder) == before)
  }

  @Test func `nothing is made where something else stands, or no folder does`() throws {
    let folder = TemporaryFolder()
    try fill(folder.file("a.db"))
    Disk.write(Array(repeating: 7, count: 5000), to: folder.file("other"))
    #expect(Disk.link(folder.file("link"), to: folder.file("a.db")))
    let before = everything(folder)
    for (name, expected) in [
      ("other", StoreError.foreign(path: folder.file("other"))),
      ("link", .symbolicLink(path: folder.file("link"))),
      ("no/all.db", .missingFolder(path: folder.file("no/all.db"))), ("", .notAFile(path: folder.file(""))),
    ] {
      #expect(throws: expected) { _ = try Store.merge([folder.file("a.db")], into: folder.file(name)) }
    }
    #expect(everything(folder) == before)
  }

  @Test func `rows that are not what was written stay behind, and are told`() throws {
    let folder = TemporaryFolder()
    try fill(folder.file("a.db"))
    do {
      let connection = try Connection(toExisting: folder.file("a.db"), named: "a.db")
      connection.foldsLogOnClose(true)
      try connection.execute("UPDATE facts SET tally = tally(5, 0, 0, 0) WHERE target >> 7 = 8080")
      try connection.execute("UPDATE objects SET body = 'x' WHERE uid = 'u-1'")
    }
    let shares = try Store.merge([folder.file("a.db")], into: folder.file("all.db"))
    #expect(shares.flatMap(\.refusals).map(\.table) == ["facts", "objects"])
    let store = try Store(at: folder.file("all.db"), for: .reading)
    #expect(try store.facts().count == Sample.facts.count - 1)
    #expect(try store.objects().count == Sample.objects.count - 1)
    #expect(store.refusedRows == 0)
  }

  @Test func `a store of version 1 is taken in`() throws {
    let folder = TemporaryFolder()
    Disk.write(try #require(Disk.bytes(Fixture.path(version: 1))), to: folder.file("old.db"))
    try fill(folder.file("new.db"))
    #expect(
      try merged([folder.file("old.db")], into: folder.file("all.db")) == Contents(of: folder.file("new.db")))
  }

  @Test(arguments: [false, true])
  func `what a merge left that was ended goes with the next one, and nothing else does`(isThere: Bool) throws
  {
    let folder = TemporaryFolder()
    try fill(folder.file("a.db"))
    if isThere { try fill(folder.file("all.db")) }
    let dead = [".all.db.0.draft", ".all.db.3w5e11264sgsf.draft"]
    for name in dead {
      for ending in ["", "-wal", "-shm", "-journal", "-ballast"] {
        Disk.write([1, 2], to: folder.file(name + ending))
      }
    }
    let others = [
      ".all.db.swp", ".all.db.draft", ".all.db.A.draft", ".all.db.abc.draft2", ".all.db.a.b.draft",
      "all.db.a.draft",
      ".other.db.abc.draft", ".all.db.3w5e11264sgsf0.draft",
    ]
    for name in others { Disk.write([1, 2], to: folder.file(name)) }
    #expect(Disk.link(folder.file(".all.db.link.draft"), to: folder.file("a.db")))
    #expect(Disk.makePipe(folder.file(".all.db.pipe.draft")))
    _ = try Store.merge([folder.file("a.db")], into: folder.file("all.db"))
    #expect(
      Disk.names(in: folder.path)
        == (others + ["a.db", "all.db", ".all.db.link.draft", ".all.db.pipe.draft"]).sorted())
  }

  @Test func `a draft that somebody still makes stays`() throws {
    let folder = TemporaryFolder()
    try fill(folder.file("a.db"))
    let place = try StorePath(folder.file("all.db"))
    do {
      let draft = try StoreDraft(of: place)
      let name = try #require(draft.place.resolved.split(separator: "/").last.map(String.init))
      _ = try Store.merge([folder.file("a.db")], into: folder.file("all.db"))
      #expect(Disk.names(in: folder.path).contains(name))
      _ = consume draft
    }
    #expect(Disk.names(in: folder.path) == ["a.db", "all.db"])
  }

  private func everything(_ folder: borrowing TemporaryFolder) -> [String: [UInt8]] {
    var all: [String: [UInt8]] = [:]
    for name in Disk.names(in: folder.path) { all[name] = Disk.bytes(folder.file(name)) ?? [] }
    return all
  }
}
