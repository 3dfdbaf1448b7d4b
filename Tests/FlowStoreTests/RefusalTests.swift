@testable import FlowStore
import Testing
import Traffic

/// What is not ours, or not ours to understand, keeps every byte.
@Suite struct RefusalTests {
  private static let otherFiles: [(name: String, statements: [String])] = [
    ("plain", ["CREATE TABLE t (a)", "INSERT INTO t VALUES (1)"]),
    ("marked", ["PRAGMA application_id = 252006673", "CREATE TABLE facts (a)"]),
    ("logged", ["PRAGMA journal_mode = WAL", "CREATE TABLE t (a)"]),
  ]

  @Test(arguments: RefusalTests.otherFiles.map(\.name), [Access.reading, .writing])
  func `another program's database is left as it is`(name: String, access: Access) throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    Disk.write([], to: path)
    do {
      let connection = try Connection(toExisting: path, named: path)
      for statement in Self.otherFiles.first(where: { $0.name == name })?.statements ?? [] {
        _ = try connection.text(statement)
      }
    }
    try expectUntouched(folder.path) {
      #expect(throws: StoreError.foreign(path: path)) { _ = try Store(at: path, for: access) }
    }
  }

  @Test(arguments: [1, 99, 100, 5000], [Access.reading, .writing])
  func `a file that is no database is left as it is`(size: Int, access: Access) throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    Disk.write(Array(repeating: UInt8(ascii: "a"), count: size), to: path)
    try expectUntouched(folder.path) {
      #expect(throws: StoreError.foreign(path: path)) { _ = try Store(at: path, for: access) }
    }
  }

  @Test(arguments: [Migration.all.count + 1, 99, -1], [Access.reading, .writing])
  func `a newer version's store is left as it is`(version: Int, access: Access) throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    try fill(path)
    do {
      let connection = try Connection(toExisting: path, named: path)
      connection.foldsLogOnClose(true)
      try connection.execute("PRAGMA user_version = \(version)")
    }
    #expect(Disk.names(in: folder.path) == ["a.db"])
    try expectUntouched(folder.path) {
      #expect(throws: StoreError.newer(path: path)) { _ = try Store(at: path, for: access) }
    }
  }

  @Test(arguments: [Access.reading, .writing])
  func `a newer version that only the log knows of is refused too, and the log kept`(access: Access) throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    try fill(path)
    do {
      // As a newer program leaves it that was killed after its migration.
      let connection = try Connection(toExisting: path, named: path)
      try connection.execute("PRAGMA user_version = \(Migration.all.count + 1)")
    }
    #expect(Disk.names(in: folder.path).contains("a.db-wal"))
    let before = [Disk.bytes(path), Disk.bytes(path + "-wal")]
    #expect(throws: StoreError.newer(path: path)) { _ = try Store(at: path, for: access) }
    let isUntouched = [Disk.bytes(path), Disk.bytes(path + "-wal")] == before
    #expect(isUntouched)
  }

  private func expectUntouched(_ folder: String, by body: () throws -> Void) throws {
    func everything() -> [String: [UInt8]] {
      var all: [String: [UInt8]] = [:]
      for name in Disk.names(in: folder) { all[name] = Disk.bytes(folder + "/" + name) }
      return all
    }
    let before = everything()
    try body()
    let isUntouched = everything() == before
    #expect(isUntouched)
  }
}
