@testable import FlowStore
import Testing
import Traffic

/// How a store is found whose writer was ended.
@Suite struct EndingTests {
  /// What a killed writer leaves behind, copied while it still lives.
  private func leave(_ store: borrowing Store, at path: String, as left: String) throws {
    for ending in ["", "-wal", "-ballast"] {
      Disk.write(try #require(Disk.bytes(path + ending)), to: left + ending)
    }
  }

  private func wasLeftOpen(_ path: String) throws -> Bool {
    let store = try Store(at: path, for: .reading)
    return store.wasLeftOpen
  }

  @Test(arguments: [Access.reading, .writing])
  func `a store that its writer did not close is looked through, and told so`(access: Access) throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    let left = folder.file("left.db")
    do {
      var writer = try Store(at: path, for: .writing)
      let wasLeftOpen = writer.wasLeftOpen
      #expect(!wasLeftOpen)
      try writer.record(Sample.batch)
      try leave(writer, at: path, as: left)
    }
    do {
      let store = try Store(at: left, for: access)
      let wasLeftOpen = store.wasLeftOpen
      #expect(wasLeftOpen)
      #expect(try store.facts().count == Sample.facts.count)
    }
    // A reader leaves the sign for whoever writes next; a writer takes it away when it closes.
    #expect(try wasLeftOpen(left) == (access == .reading))
    #expect(Disk.names(in: folder.path).contains("left.db-ballast") == (access == .reading))
  }

  @Test func `beside a writer that lives, nobody finds a store left open`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    var writer = try Store(at: path, for: .writing)
    try writer.record(Sample.batch)
    #expect(try !wasLeftOpen(path))
    do {
      let other = try Store(at: path, for: .writing)
      let (wasLeftOpen, keepsRoom) = (other.wasLeftOpen, other.keepsRoom)
      #expect(!wasLeftOpen && !keepsRoom)
    }
    #expect(Disk.names(in: folder.path).contains("a.db-ballast"))
  }

  @Test(arguments: [Access.reading, .writing])
  func `a tree that broke when the writer ended is refused`(access: Access) throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    try fill(path)
    var bytes = try #require(Disk.bytes(path))
    let root = try Connection(toExisting: path, named: path)
      .integer("SELECT rootpage FROM sqlite_schema WHERE name = 'facts'")
    let page = Int(root - 1) * 4096
    for index in page + 8..<page + 40 { bytes[index] = 0xFF }
    Disk.write(bytes, to: path)
    Disk.write([], to: path + "-ballast")
    #expect(try trouble { _ = try Store(at: path, for: access) } == .input)
  }

  @Test func `what is there under the name of the ballast and is none stays`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    Disk.write([1, 2, 3], to: folder.file("mine"))
    #expect(Disk.link(path + "-ballast", to: folder.file("mine")))
    try fill(path)
    #expect(Disk.bytes(folder.file("mine")) == [1, 2, 3])
    #expect(try !wasLeftOpen(path))
  }

  @Test func `room is kept while somebody writes, and given away when they end`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    do {
      var store = try Store(at: path, for: .writing)
      #expect(Disk.bytes(path + "-ballast")?.count == 1 << 20)
      try store.record(Sample.batch)
      let keepsRoom = store.keepsRoom
      #expect(keepsRoom)
    }
    #expect(Disk.names(in: folder.path) == ["a.db"])
  }
}
