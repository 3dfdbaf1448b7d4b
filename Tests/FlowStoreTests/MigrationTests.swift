@testable import FlowStore
import Testing
import Traffic

@Suite struct MigrationTests {
  @Test func `steps are applied once, in order, and only those that are missing`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    Disk.write([], to: path)
    let connection = try Connection(toExisting: path, named: path)
    let steps = [
      Migration(name: "one", sql: "CREATE TABLE t (a); INSERT INTO t VALUES (1)"),
      Migration(name: "two", sql: "UPDATE t SET a = a * 10"),
      Migration(name: "three", sql: "UPDATE t SET a = a + 2"),
    ]
    for (count, expected) in [(1, 1), (1, 1), (3, 12), (3, 12)] as [(Int, Int64)] {
      try Migration.apply(Array(steps.prefix(count)), to: connection)
      #expect(try connection.integer("SELECT a FROM t") == expected)
      #expect(try connection.integer("PRAGMA user_version") == Int64(count))
    }
    #expect(throws: StoreError.newer(path: path)) {
      try Migration.apply(Array(steps.prefix(2)), to: connection)
    }
  }

  @Test func `a step that fails leaves the store as it was`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    Disk.write([], to: path)
    let connection = try Connection(toExisting: path, named: path)
    let steps = [
      Migration(name: "one", sql: "CREATE TABLE t (a)"), Migration(name: "broken", sql: "DROP TABLE nothing"),
    ]
    #expect(throws: StoreError.self) { try Migration.apply(steps, to: connection) }
    #expect(try connection.integer("PRAGMA user_version") == 0)
    #expect(try connection.integer("SELECT count(*) FROM sqlite_schema") == 0)
    try Migration.apply(Array(steps.prefix(1)), to: connection)
  }

  @Test func `each step has a name of its own`() {
    #expect(Set(Migration.all.map(\.name)).count == Migration.all.count)
  }

  /// Each of them, in a store of version 2.
  @Test(arguments: [
    "target = target + 65536", "target = target | (15 << 4)", "target = target | 15",
    "target = target | (1 << 8)",
    "dialled_port = 1", "conversations = conversations + 1", "conversations = -1", "first = first + 1",
    "span = -1",
    "minutes = 1", "place = place | (1 << 40)", "digest = 0", "recorder = 2", "hour = hour + 1",
  ])
  func `a row that was not what was written stays refused in a newer version`(change: String) throws {
    let folder = TemporaryFolder()
    let store = try opened(
      version: 2, in: folder, after: "UPDATE facts SET \(change) WHERE target >> 16 = 8080")
    #expect(try store.facts().count == Sample.facts.count - 1)
    #expect(store.refusals.map(\.table) == ["facts"] && store.refusedRows == 1)
  }

  /// Also by somebody who knows how rows are summed up.
  @Test(arguments: [
    "target = target | (15 << 4)", "target = target | 15", "target = target | (1 << 8)", "dialled_port = 1",
    "conversations = 0", "conversations = -1", "span = 3600000000000", "minutes = -1",
  ])
  func `a row that no fact is does not become one in a newer version`(change: String) throws {
    let folder = TemporaryFolder()
    let store = try opened(
      version: 2, in: folder,
      after: """
        UPDATE facts SET \(change) WHERE target >> 16 = 8080;
        UPDATE facts SET digest = seal(
          hour, recorder, client, server, target, dialled, dialled_port, place, conversations, first, span, minutes)
        """)
    #expect(try store.facts().count == Sample.facts.count - 1)
    #expect(store.refusedRows == 1)
  }

  /// Each of them, in a store of version 3.
  @Test(arguments: [
    "body = '{}'", "version = version + 1", "until = NULL", "since = since - 1", "digest = 0", "uid = 'u-2'",
    "until = since - 1", "digest = digest + 1",
  ])
  func `an object that was not what was written stays refused in a newer version`(change: String) throws {
    let folder = TemporaryFolder()
    let store = try opened(
      version: 3, in: folder, after: "UPDATE objects SET \(change) WHERE uid = 'u-1'")
    #expect(try store.objects().map(\.uid) == ["", "u-2"])
    // What the table itself refuses is left behind.
    #expect(store.refusedRows == (change == "until = since - 1" ? 0 : 1))
  }

  /// A store of an older version, opened after somebody changed it who cares nothing for what a table allows.
  private func opened(version: Int, in folder: borrowing TemporaryFolder, after change: String) throws
    -> Store
  {
    let path = folder.file("a.db")
    Disk.write(try #require(Disk.bytes(Fixture.path(version: version))), to: path)
    do {
      let connection = try Connection(toExisting: path, named: path)
      try connection.execute("PRAGMA ignore_check_constraints = ON")
      try connection.execute(change)
    }
    return try Store(at: path, for: .reading)
  }

  /// Fixtures are append-only as the steps are: `NETPOL_UPDATE=1 swift test` writes one for a new version, and never
  /// writes over one that is there.
  @Test(arguments: 1...Migration.all.count)
  func `a store of every version opens with every row`(version: Int) throws {
    let fixture = Fixture.path(version: version)
    if Disk.bytes(fixture) == nil, version == Migration.all.count, Fixture.mayWrite {
      try fill(fixture, with: Sample.objects(version: version), Sample.lists(version: version))
      var store = try Store(at: fixture, for: .writing)
      try store.record(Batch(facts: Sample.lasting, spoofed: Sample.spoofed))
    }
    let bytes = try #require(
      Disk.bytes(fixture), "no \(fixture); NETPOL_UPDATE=1 swift test writes the one of the newest version")
    for access in [Access.reading, .writing] {
      let folder = TemporaryFolder()
      let path = folder.file("a.db")
      Disk.write(bytes, to: path)
      let store = try Store(at: path, for: access)
      #expect(try store.facts() == Sample.facts(version: version).sorted { $0.key < $1.key })
      #expect(try store.spoofed() == Sample.spoofed(version: version))
      #expect(try store.dnsFacts() == Sample.dns.sorted { $0.key < $1.key })
      #expect(try store.losses() == Sample.losses)
      #expect(try store.gaps() == Sample.gaps)
      #expect(try store.passed() == Sample.passed.sorted { $0.reason.rawValue < $1.reason.rawValue })
      #expect(try store.imports() == Sample.imports)
      #expect(try store.objects() == Sample.objects(version: version))
      #expect(try store.lists() == Sample.lists(version: version))
      #expect(store.refusedRows == 0)
    }
  }
}
