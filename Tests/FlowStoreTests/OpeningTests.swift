@testable import FlowStore
import Testing
import Traffic

@Suite struct OpeningTests {
  @Test func `a store, its log and its index are private from the start`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    var store = try Store(at: path, for: .writing)
    try store.record(Sample.batch)
    #expect(Disk.names(in: folder.path) == ["a.db", "a.db-ballast", "a.db-shm", "a.db-wal"])
    for name in Disk.names(in: folder.path) {
      #expect(Disk.permissions(folder.file(name)) == 0o600, "\(name)")
    }
  }

  @Test(arguments: [0o600, 0o640, 0o664] as [UInt32])
  func `the permissions of a file that is there stay`(mode: UInt32) throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    Disk.write([], to: path)
    Disk.allow(mode, path)
    var store = try Store(at: path, for: .writing)
    try store.record(Sample.batch)
    for name in Disk.names(in: folder.path) {
      #expect(Disk.permissions(folder.file(name)) == mode, "\(name)")
    }
  }

  @Test func `what is written is synchronised in full, into a log that readers share`() throws {
    let folder = TemporaryFolder()
    let store = try Store(at: folder.file("a.db"), for: .writing)
    // 2 is FULL.
    #expect(try store.connection.integer("PRAGMA synchronous") == 2)
    #expect(try store.connection.text("PRAGMA journal_mode") == "wal")
    #expect(try store.connection.text("PRAGMA locking_mode") == "normal")
  }

  @Test func `closed for good, one file is left`() throws {
    let folder = TemporaryFolder()
    try fill(folder.file("a.db"))
    #expect(Disk.names(in: folder.path) == ["a.db"])
    let bytes = Disk.bytes(folder.file("a.db"))
    _ = try Store(at: folder.file("a.db"), for: .reading).facts()
    #expect(Disk.names(in: folder.path) == ["a.db"])
    let isUntouched = Disk.bytes(folder.file("a.db")) == bytes
    #expect(isUntouched)
  }

  @Test func `nothing is created for reading`() {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    #expect(throws: StoreError.missing(path: path)) { _ = try Store(at: path, for: .reading) }
    #expect(Disk.names(in: folder.path).isEmpty)
  }

  @Test func `a path that can't be a store is refused`() {
    let folder = TemporaryFolder()
    for path in ["", "/", folder.path, folder.path + "/", folder.path + "/.", "a\0b"] {
      for access in [Access.reading, .writing] {
        #expect(throws: StoreError.notAFile(path: path)) { _ = try Store(at: path, for: access) }
      }
    }
    let nowhere = folder.file("no/such/a.db")
    #expect(throws: StoreError.missingFolder(path: nowhere)) { _ = try Store(at: nowhere, for: .writing) }
    let pipe = folder.file("pipe")
    #expect(Disk.makePipe(pipe))
    #expect(throws: StoreError.notAFile(path: pipe)) { _ = try Store(at: pipe, for: .reading) }
  }

  @Test(arguments: [Access.reading, .writing])
  func `a symbolic link is refused, wherever it leads`(access: Access) throws {
    let folder = TemporaryFolder()
    try fill(folder.file("a.db"))
    let link = folder.file("link.db")
    for target in [folder.file("a.db"), folder.file("nothing.db")] {
      #expect(Disk.link(link, to: target))
      #expect(throws: StoreError.symbolicLink(path: link)) { _ = try Store(at: link, for: access) }
      Disk.remove(link)
    }
    #expect(Disk.names(in: folder.path) == ["a.db"])
  }

  @Test func `a linked folder is the user's own business`() throws {
    let folder = TemporaryFolder()
    let other = TemporaryFolder()
    let link = folder.file("linked")
    #expect(Disk.link(link, to: other.path))
    try fill(link + "/a.db")
    #expect(Disk.names(in: other.path) == ["a.db"])
    #expect(try Store(at: link + "/a.db", for: .reading).facts().count == Sample.facts.count)
  }

  @Test(arguments: [Access.reading, .writing])
  func `an empty file is an empty store`(access: Access) throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    Disk.write([], to: path)
    let store = try Store(at: path, for: access)
    #expect(try store.facts().isEmpty && store.dnsFacts().isEmpty && store.objects().isEmpty)
    #expect(try store.losses().isEmpty && store.gaps().isEmpty && store.passed().isEmpty)
    #expect(try store.imports().isEmpty && !store.hasImported("17:ab"))
    if access == .reading { #expect(Disk.bytes(path) == []) }
  }

  /// The states that a kill leaves behind before the first commit, one statement further each.
  @Test(arguments: 0...2)
  func `a store killed before its first commit opens as an empty one`(steps: Int) throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    Disk.write([], to: path)
    do {
      let connection = try Connection(toExisting: path, named: path)
      let statements = ["PRAGMA application_id = \(Identity.applicationID)", "PRAGMA journal_mode = WAL"]
      for statement in statements.prefix(steps) { _ = try connection.text(statement) }
      if steps == 2 {
        try connection.execute("BEGIN IMMEDIATE")
        try connection.execute("CREATE TABLE facts (half TEXT)")
      }
    }
    #expect(try Store(at: path, for: .reading).facts().isEmpty)
    try fill(path)
    #expect(try Store(at: path, for: .reading).facts().count == Sample.facts.count)
  }

  @Test func `a store open for reading can't be written`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    try fill(path)
    var store = try Store(at: path, for: .reading)
    #expect(throws: StoreError.readingOnly(path: path)) { try store.record(Sample.batch) }
    #expect(throws: StoreError.readingOnly(path: path)) { try store.keep(Sample.objects) }
  }
}
