import TestSupport
@testable import FlowStore
import Testing
import Traffic

@Suite struct TamperingTests {
  private struct Attack: CustomTestStringConvertible {
    let statement: String
    /// How many rows are lost to it.
    var refused = 1
    /// How many words are, beside the rows that name them.
    var words = 0
    var testDescription: String { statement }
  }

  private static let attacks: [Attack] = [
    Attack(statement: "UPDATE facts SET target = target | (3 << 5) WHERE target >> 7 = 8080"),
    Attack(statement: "UPDATE facts SET target = target | (1 << 23) WHERE target >> 7 = 8080"),
    Attack(statement: "UPDATE facts SET target = -1 WHERE target >> 7 = 8080"),
    Attack(statement: "UPDATE facts SET recorder = 99 WHERE target >> 7 = 8080"),
    Attack(statement: "UPDATE facts SET client = 0 WHERE target >> 7 = 8080"),
    Attack(statement: "UPDATE facts SET dialled = -5 WHERE target >> 7 = 8080"),
    Attack(statement: "UPDATE facts SET place = place | (1 << 16) WHERE target >> 7 = 8080"),
    Attack(statement: "UPDATE facts SET tally = tally(0, 1, 0, 0) WHERE target >> 7 = 8080"),
    Attack(statement: "UPDATE facts SET tally = tally(-3, 1, 0, 0) WHERE target >> 7 = 8080"),
    Attack(statement: "UPDATE facts SET tally = tally(1, 0, -1, 0) WHERE target >> 7 = 8080"),
    Attack(statement: "UPDATE facts SET tally = tally(1, 3600000000000, 0, 0) WHERE target >> 7 = 8080"),
    Attack(statement: "UPDATE facts SET tally = tally(1, 1, 3599999999999, 0) WHERE target >> 7 = 8080"),
    Attack(statement: "UPDATE facts SET tally = tally(1, 0, 0, -1) WHERE target >> 7 = 8080"),
    Attack(statement: "UPDATE facts SET tally = tally(1, 0, 0, 1 << 60) WHERE target >> 7 = 8080"),
    Attack(statement: "UPDATE facts SET tally = x'01' WHERE target >> 7 = 8080"),
    Attack(statement: "UPDATE facts SET tally = x'0100' WHERE target >> 7 = 8080"),
    Attack(statement: "UPDATE facts SET tally = x'0180a0bad23500' WHERE target >> 7 = 8080"),
    Attack(statement: "UPDATE facts SET tally = x'0181808a978ca30300' WHERE target >> 7 = 8080"),
    Attack(statement: "UPDATE facts SET tally = x'0104ffc7ceb40d' WHERE target >> 7 = 8080"),
    Attack(statement: "UPDATE facts SET tally = x'01000001' WHERE target >> 7 = 8080"),
    Attack(statement: "UPDATE facts SET tally = x'0100ffffffffffffffffff01' WHERE target >> 7 = 8080"),
    Attack(
      statement: "UPDATE facts SET tally = x'01008080e0f60c000000000000000000' WHERE target >> 7 = 8080"),
    Attack(statement: "UPDATE facts SET hour = hour + 1 << 40 WHERE target >> 7 = 8080"),
    Attack(statement: "UPDATE facts SET hour = 9223372036854775807 WHERE target >> 7 = 8080"),
    Attack(statement: "UPDATE facts SET hour = 4611686018427387904 WHERE target >> 7 = 8080"),
    Attack(
      statement: "UPDATE addresses SET bytes = x'0102030405' WHERE bytes = x'0AF40207'", refused: 3,
      words: 1),
    Attack(
      statement: "UPDATE addresses SET bytes = x'00000000000000000000ffff0AF40207' WHERE bytes = x'0AF40207'",
      refused: 3, words: 1),
    Attack(statement: "DELETE FROM names WHERE text = 'db.local'"),
    Attack(statement: "UPDATE names SET text = CAST(x'ff' AS TEXT) WHERE text = 'db.local'", words: 1),
    Attack(statement: "UPDATE dns SET tally = tally(1, 0, 0, 0) WHERE hour % 2 = 0", refused: 2),
    Attack(statement: "UPDATE dns SET tally = x'00' WHERE hour % 2 = 0", refused: 2),
    Attack(statement: "UPDATE losses SET until = since - 1 WHERE interface = 3"),
    Attack(statement: "UPDATE losses SET received = -1 WHERE interface = 3"),
    Attack(statement: "UPDATE losses SET dropped = -1 WHERE interface = 3"),
    Attack(statement: "UPDATE losses SET interface = -1 WHERE interface = 3"),
    Attack(statement: "UPDATE gaps SET until = since - 1"),
    Attack(statement: "UPDATE gaps SET recorder = 99"),
    Attack(statement: "UPDATE passed SET reason = 'boredom' WHERE reason = 'ARP'"),
    Attack(statement: "UPDATE passed SET frames = 0 WHERE reason = 'ARP'"),
    Attack(statement: "UPDATE imports SET last = first - 1 WHERE packets > 0"),
    Attack(statement: "UPDATE imports SET last = NULL WHERE packets > 0"),
    Attack(statement: "UPDATE imports SET packets = -1 WHERE packets > 0"),
    Attack(statement: "UPDATE objects SET until = since - 1 WHERE uid = 'u-1'"),
    Attack(statement: "UPDATE objects SET body = CAST(x'c328' AS TEXT) WHERE uid = 'u-1'"),
  ]

  /// Also by somebody who knows how rows are summed up.
  @Test(arguments: attacks, [false, true])
  private func `a row that nobody could have written is refused and counted`(
    attack: Attack, isSealedAnew: Bool
  ) throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    try fill(path)
    try tamper(path, ["PRAGMA ignore_check_constraints = ON", attack.statement])
    if isSealedAnew { try seal(path) }
    let store = try Store(at: path, for: .reading)
    for _ in 1...2 {
      #expect(try rows(of: store) == Self.whole - attack.refused)
      #expect(store.refusedRows == attack.refused + attack.words)
    }
  }

  /// Changes after which a row still makes sense, and how it is told.
  private static let changes: [(statement: String, refused: Int, told: [String])] = [
    (
      "UPDATE facts SET target = target + 128 WHERE target >> 7 = 8080", 1,
      ["facts: hour 498656, recorder 1, client "]
    ),
    (
      "UPDATE facts SET target = target & ~(2 << 2) WHERE target >> 7 = 443", 1,
      ["facts: hour 498656, recorder 2"]
    ),
    (
      "UPDATE facts SET tally = added(tally, tally) WHERE target >> 7 = 8080", 1,
      ["facts: hour 498656"]
    ),
    (
      "UPDATE facts SET tally = tally(1, 1000000000, 0, 0) WHERE target >> 7 = 5432", 1,
      ["facts: hour 498658"]
    ),
    ("UPDATE facts SET digest = digest + 1 WHERE target >> 7 = 5432", 1, ["facts: hour 498658"]),
    ("UPDATE facts SET digest = 0 WHERE target >> 7 = 5432", 1, ["facts: hour 498658"]),
    ("UPDATE addresses SET bytes = x'0AF40299' WHERE bytes = x'0AF40207'", 3, ["addresses: id "]),
    ("UPDATE recorders SET text = 'node-c' WHERE text = 'node-b'", 3, ["recorders: id 2"]),
    ("UPDATE names SET text = 'evil.example' WHERE text = 'db.local'", 1, ["names: id 2"]),
    ("UPDATE dns SET tally = tally(0, 0, 1, 0) WHERE name = 2", 1, ["dns: hour 498657"]),
    ("UPDATE losses SET dropped = 0 WHERE interface = 3", 1, ["losses: since 1795161610000000000"]),
    ("UPDATE gaps SET until = until + 1", 1, ["gaps: since 1795161620000000000, until 1795162220000000001"]),
    ("UPDATE passed SET frames = 9 WHERE reason = 'ARP'", 1, ["passed: recorder 1, reason `ARP`"]),
    ("UPDATE imports SET name = 'x' WHERE packets > 0", 1, ["imports: fingerprint `17:ab`"]),
    (
      "UPDATE objects SET body = '{}' WHERE uid = 'u-1'", 1,
      ["objects: kind `Pod`, namespace `web`, name `frontend-1`, uid `u-1`"]
    ),
    ("UPDATE objects SET until = NULL WHERE uid = 'u-1'", 1, ["objects: kind `Pod`"]),
    ("UPDATE objects SET told = 5 WHERE uid = 'u-1'", 1, ["objects: kind `Pod`"]),
  ]

  @Test(arguments: changes.indices)
  func `a row that changed is refused, and told by table and key`(index: Int) throws {
    let change = Self.changes[index]
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    try fill(path)
    try tamper(path, [change.statement])
    let store = try Store(at: path, for: .reading)
    #expect(try rows(of: store) == Self.whole - change.refused, "\(change.statement)")
    let told = store.refusals.flatMap { refused in refused.keys.map { "\(refused.table): \($0)" } }
    for expected in change.told { #expect(told.contains { $0.hasPrefix(expected) }, "\(told)") }
    #expect(store.refusedRows == told.count)
    #expect(change.refused == 0 || store.refusedRows >= change.refused)
  }

  @Test func `addresses that trade places are no longer known`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    try fill(path)
    try tamper(
      path,
      [
        "UPDATE addresses SET id = -1 WHERE bytes = x'0AF40207'",
        "UPDATE addresses SET id = (SELECT server FROM facts WHERE target >> 7 = 8080) WHERE bytes = x'0AF40208'",
      ])
    let store = try Store(at: path, for: .reading)
    #expect(try !store.facts().contains { $0.key.port == 8080 || $0.key.port == 5432 })
    #expect(store.refusals.contains { $0.table == "addresses" && $0.count == 2 })
  }

  @Test func `what is added to a changed row does not make it credible`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    try fill(path)
    try tamper(
      path,
      [
        "UPDATE facts SET tally = tally(1000, 0, 0, 0) WHERE target >> 7 = 8080",
        "UPDATE objects SET since = since - 1 WHERE uid = 'u-1'",
        "UPDATE losses SET received = 1 WHERE interface = 3",
      ])
    var store = try Store(at: path, for: .writing)
    var batch = Sample.batch
    batch.imports = []
    try store.record(batch)
    try store.keep(Sample.objects)
    #expect(try rows(of: store) == Self.whole - 3)
    #expect(store.refusals.map(\.table) == ["facts", "losses", "objects"])
  }

  @Test(arguments: [
    ("addresses", "bytes = x'0AF40207'"), ("recorders", "text = 'node-a'"), ("names", "text = 'db.local'"),
  ])
  func `a word that is not what was written gets another number, and its old rows stay refused`(
    table: String, word: String
  ) throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    try fill(path)
    try tamper(path, ["UPDATE \(table) SET digest = digest + 1 WHERE \(word)"])
    let before = try refused(path)
    #expect(before > 1)
    do {
      var store = try Store(at: path, for: .writing)
      var batch = Sample.batch
      batch.imports = []
      try store.record(batch)
    }
    let store = try Store(at: path, for: .reading)
    #expect(try store.facts().count == Sample.facts.count)
    #expect(try store.dnsFacts().count == Sample.dns.count)
    #expect(try store.losses().map(\.interface) == Sample.losses.map(\.interface))
    _ = try rows(of: store)
    // The word itself is whole again; what named its old number can't be believed any more.
    #expect(store.refusedRows == before - 1)
  }

  @Test func `no more than five keys of a table are told, and all rows counted`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    try fill(path)
    try tamper(path, ["UPDATE facts SET digest = digest + 1"])
    let store = try Store(at: path, for: .reading)
    #expect(try store.facts().isEmpty)
    #expect(store.refusals.map(\.count) == [Sample.facts.count])
    #expect(store.refusals.map(\.keys.count) == [5])
  }

  @Test func `columns of another type are refused, not converted`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    try fill(path)
    try tamper(
      path,
      [
        "CREATE TABLE loose AS SELECT * FROM gaps", "DROP TABLE gaps", "ALTER TABLE loose RENAME TO gaps",
        "INSERT INTO gaps VALUES ('now', 1.5, x'01', seal('now', 1.5, x'01'))",
        "INSERT INTO gaps VALUES (NULL, NULL, NULL, seal(NULL, NULL, NULL))",
      ])
    let store = try Store(at: path, for: .reading)
    #expect(try store.gaps() == Sample.gaps)
    #expect(store.refusedRows == 2)
  }

  @Test(arguments: ["DROP TABLE facts", "ALTER TABLE facts RENAME COLUMN hour TO day"])
  func `a store without its tables or columns is damaged, not a crash`(statement: String) throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    try fill(path)
    try tamper(path, [statement])
    #expect(try trouble { _ = try Store(at: path, for: .reading).facts() } == .input)
  }

  @Test(arguments: ["facts", "addresses", "imports", "objects"])
  func `a store without a table is not written to`(table: String) throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    try fill(path)
    try tamper(path, ["DROP TABLE \(table)"])
    #expect(try trouble { _ = try Store(at: path, for: .writing) } == .input)
  }

  @Test(arguments: [
    "UPDATE facts SET target = 1 << 23", "UPDATE facts SET target = -1", "UPDATE facts SET tally = 1",
    "UPDATE facts SET tally = NULL", "UPDATE facts SET dialled = NULL", "UPDATE dns SET tally = 'a'",
    "UPDATE losses SET until = since - 1", "UPDATE gaps SET until = since - 1",
    "UPDATE passed SET frames = 0", "UPDATE objects SET until = since - 1", "UPDATE gaps SET recorder = 'a'",
    "UPDATE addresses SET bytes = x'01'",
  ])
  func `the table itself refuses what no row may hold`(statement: String) throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    try fill(path)
    #expect(throws: StoreError.self) { try tamper(path, [statement]) }
  }

  @Test func `a view in place of a table is not believed`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    try fill(path)
    try tamper(path, ["ALTER TABLE gaps RENAME TO hidden", "CREATE VIEW gaps AS SELECT * FROM hidden"])
    #expect(try trouble { _ = try Store(at: path, for: .reading).gaps() } == .input)
  }

  @Test func `a trigger never fires`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    try fill(path)
    try tamper(
      path, ["CREATE TRIGGER t AFTER INSERT ON gaps BEGIN DELETE FROM facts; END"])
    var store = try Store(at: path, for: .writing)
    try store.record(Batch(gaps: [Gap(recorder: "x", from: at(0), until: at(1))]))
    #expect(try store.facts().count == Sample.facts.count)
  }

  /// Whatever bytes change, the store answers or throws; it never traps and never makes up an unknown row.
  @Test(arguments: [1, 2, 3] as [UInt64])
  func `flipped bytes end in an answer or an error`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    try fill(path)
    let bytes = try #require(Disk.bytes(path))
    var thrown = 0
    for _ in 0..<100 {
      var damaged = bytes
      for _ in 0...random.below(8) {
        damaged[100 + random.below(bytes.count - 100)] ^= UInt8(1 << random.below(8))
      }
      for name in Disk.names(in: folder.path) where name != "a.db" { Disk.write([], to: folder.file(name)) }
      Disk.write(damaged, to: path)
      do {
        var store = try Store(at: path, for: .writing)
        _ = try store.facts()
        _ = try store.dnsFacts()
        _ = try store.objects()
        try store.record(Batch(facts: Sample.facts))
      } catch {
        thrown += 1
      }
    }
    #expect(thrown > 0, "seed \(seed)")
  }

  private static let whole =
    Sample.facts.count + Sample.dns.count + Sample.losses.count + Sample.gaps.count + Sample.passed.count
    + Sample.imports.count + Sample.objects.count

  private func rows(of store: borrowing Store) throws -> Int {
    let recorded = try store.facts().count + store.dnsFacts().count + store.losses().count
    return try recorded + store.gaps().count + store.passed().count + store.imports().count
      + store.objects().count
  }

  private func refused(_ path: String) throws -> Int {
    let store = try Store(at: path, for: .reading)
    _ = try rows(of: store)
    return store.refusedRows
  }

  /// Sums up every row as it stands.
  private func seal(_ path: String) throws {
    try tamper(
      path,
      ["PRAGMA ignore_check_constraints = ON"]
        + [
          FactTable.table, DNSTable.table, LossTable.table, GapTable.table, PassedTable.table,
          ImportTable.table, ObjectTable.table, SealedTable("recorders", key: ["id", "text"]),
          SealedTable("names", key: ["id", "text"]), SealedTable("addresses", key: ["id", "bytes"]),
        ].map { "UPDATE \($0.name) SET digest = seal(\($0.columns.joined(separator: ", ")))" })
  }

  private func tamper(_ path: String, _ statements: [String]) throws {
    let connection = try Connection(toExisting: path, named: path)
    connection.foldsLogOnClose(true)
    for statement in statements { try connection.execute(statement) }
  }
}

/// Whose trouble a failure is; nil when nothing fails.
func trouble(_ body: () throws -> Void) throws -> StoreError.Trouble? {
  do {
    try body()
    return nil
  } catch let error as StoreError {
    return error.trouble
  }
}
