import TestSupport
@testable import FlowStore
import Testing
import Traffic

@Suite struct TamperingTests {
  private struct Attack: CustomTestStringConvertible {
    let statement: String
    var refused = 1
    var testDescription: String { statement }
  }

  private static let attacks: [Attack] = [
    Attack(statement: "UPDATE facts SET tier = 7 WHERE port = 8080"),
    Attack(statement: "UPDATE facts SET tier = 256 WHERE port = 8080"),
    Attack(statement: "UPDATE facts SET direction = 3 WHERE port = 8080"),
    Attack(statement: "UPDATE facts SET transport = 1 WHERE port = 8080"),
    Attack(statement: "UPDATE facts SET port = 65536 WHERE port = 8080"),
    Attack(statement: "UPDATE facts SET port = -1 WHERE port = 8080"),
    Attack(statement: "UPDATE facts SET recorder = 99 WHERE port = 8080"),
    Attack(statement: "UPDATE facts SET client = 0 WHERE port = 8080"),
    Attack(statement: "UPDATE facts SET dialled = -5 WHERE port = 8080"),
    Attack(statement: "UPDATE facts SET dialled_port = 1 WHERE port = 8080"),
    Attack(statement: "UPDATE facts SET conversations = 0 WHERE port = 8080"),
    Attack(statement: "UPDATE facts SET conversations = -3 WHERE port = 8080"),
    Attack(statement: "UPDATE facts SET span = -1 WHERE port = 8080"),
    Attack(statement: "UPDATE facts SET span = 3600000000000 WHERE port = 8080"),
    Attack(statement: "UPDATE facts SET first = 1 WHERE port = 8080"),
    Attack(statement: "UPDATE facts SET first = -1 WHERE port = 8080"),
    Attack(statement: "UPDATE facts SET first = 9223372036854775807 WHERE port = 8080"),
    Attack(statement: "UPDATE facts SET minutes = 0 WHERE port = 8080"),
    Attack(statement: "UPDATE facts SET minutes = -1 WHERE port = 8080"),
    Attack(statement: "UPDATE facts SET minutes = 1 << 60 WHERE port = 8080"),
    Attack(statement: "UPDATE facts SET hour = 9223372036854775807 WHERE port = 8080"),
    Attack(statement: "UPDATE facts SET hour = 4611686018427387904 WHERE port = 8080"),
    Attack(statement: "UPDATE facts SET interface = 1 << 32 WHERE port = 8080"),
    Attack(statement: "UPDATE facts SET part = 65536 WHERE port = 8080"),
    Attack(statement: "UPDATE addresses SET bytes = x'0102030405' WHERE bytes = x'0AF40207'", refused: 3),
    Attack(
      statement: "UPDATE addresses SET bytes = x'00000000000000000000ffff0AF40207' WHERE bytes = x'0AF40207'",
      refused: 3),
    Attack(statement: "DELETE FROM names WHERE text = 'db.local'"),
    Attack(statement: "UPDATE names SET text = CAST(x'ff' AS TEXT) WHERE text = 'db.local'"),
    Attack(statement: "UPDATE dns SET span = 3600000000000 WHERE hour % 2 = 0", refused: 2),
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

  @Test(arguments: attacks)
  private func `a row that nobody could have written is refused and counted`(attack: Attack) throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    try fill(path)
    try tamper(path, ["PRAGMA ignore_check_constraints = ON", attack.statement])
    let store = try Store(at: path, for: .reading)
    let whole =
      Sample.facts.count + Sample.dns.count + Sample.losses.count + Sample.gaps.count + Sample.passed.count
      + Sample.imports.count + Sample.objects.count
    for _ in 1...2 {
      var read = try store.facts().count + store.dnsFacts().count + store.losses().count
      read += try store.gaps().count + store.passed().count + store.imports().count + store.objects().count
      #expect(read == whole - attack.refused)
      #expect(store.refusedRows == attack.refused)
    }
  }

  @Test func `columns of another type are refused, not converted`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    try fill(path)
    try tamper(
      path,
      [
        "CREATE TABLE loose AS SELECT * FROM gaps", "DROP TABLE gaps", "ALTER TABLE loose RENAME TO gaps",
        "INSERT INTO gaps VALUES ('now', 1.5, x'01')", "INSERT INTO gaps VALUES (NULL, NULL, NULL)",
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
    "UPDATE facts SET port = 65536", "UPDATE facts SET port = -1", "UPDATE facts SET tier = 256",
    "UPDATE facts SET interface = 1 << 32", "UPDATE facts SET conversations = 0",
    "UPDATE facts SET first = -1",
    "UPDATE facts SET span = 3600000000000", "UPDATE facts SET minutes = 1 << 60",
    "UPDATE facts SET minutes = 0",
    "UPDATE dns SET span = -1", "UPDATE losses SET until = since - 1", "UPDATE gaps SET until = since - 1",
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
