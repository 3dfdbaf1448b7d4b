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

  /// Fixtures are append-only as the steps are: `NETPOL_UPDATE=1 swift test` writes one for a new version, and never
  /// writes over one that is there.
  @Test(arguments: 1...Migration.all.count)
  func `a store of every version opens with every row`(version: Int) throws {
    let fixture = Fixture.path(version: version)
    if Disk.bytes(fixture) == nil, version == Migration.all.count, Fixture.mayWrite { try fill(fixture) }
    let bytes = try #require(
      Disk.bytes(fixture), "no \(fixture); NETPOL_UPDATE=1 swift test writes the one of the newest version")
    for access in [Access.reading, .writing] {
      let folder = TemporaryFolder()
      let path = folder.file("a.db")
      Disk.write(bytes, to: path)
      let store = try Store(at: path, for: access)
      #expect(try store.facts() == Sample.facts.sorted { $0.key < $1.key })
      #expect(try store.dnsFacts() == Sample.dns.sorted { $0.key < $1.key })
      #expect(try store.losses() == Sample.losses)
      #expect(try store.gaps() == Sample.gaps)
      #expect(try store.passed() == Sample.passed.sorted { $0.reason.rawValue < $1.reason.rawValue })
      #expect(try store.imports() == Sample.imports)
      #expect(try store.objects() == Sample.objects)
      #expect(store.refusedRows == 0)
    }
  }
}
