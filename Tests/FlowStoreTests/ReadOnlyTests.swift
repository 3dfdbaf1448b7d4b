@testable import FlowStore
import Glibc
import Testing
import Traffic

/// Glibc has it, and its Swift module hides it.
@_silgen_name("setfsuid") @discardableResult
private func setfsuid(_ user: UInt32) -> Int32

/// Where nothing may be written, a store can still be read.
@Suite struct ReadOnlyTests {
  /// Runs as somebody who may not write there, also where the tests run as root: the file system asks this thread's own
  /// user id, which is nobody's meanwhile.
  private func asNobody<Value>(_ body: () throws -> Value) rethrows -> Value {
    guard geteuid() == 0 else { return try body() }
    setfsuid(65_534)
    defer { setfsuid(0) }
    return try body()
  }

  private func close(_ folder: borrowing TemporaryFolder) {
    for name in Disk.names(in: folder.path) { Disk.allow(0o444, folder.file(name)) }
    Disk.allow(0o555, folder.path)
  }

  private func open(_ folder: borrowing TemporaryFolder) { Disk.allow(0o700, folder.path) }

  @Test func `a store in a folder that nobody may write to is read, and nothing is put there`() throws {
    let folder = TemporaryFolder()
    try fill(folder.file("50% a?b#.db"))
    close(folder)
    defer { open(folder) }
    try asNobody {
      let store = try Store(at: folder.file("50% a?b#.db"), for: .reading)
      #expect(try store.facts() == Sample.facts.sorted { $0.key < $1.key })
      #expect(try store.objects() == Sample.objects)
    }
    #expect(Disk.names(in: folder.path) == ["50% a?b#.db"])
  }

  @Test func `a log that nobody folded in is not passed over`() throws {
    let folder = TemporaryFolder()
    let other = TemporaryFolder()
    let path = folder.file("a.db")
    do {
      var writer = try Store(at: other.file("a.db"), for: .writing)
      try writer.record(Sample.batch)
      for ending in ["", "-wal"] {
        Disk.write(try #require(Disk.bytes(other.file("a.db") + ending)), to: path + ending)
      }
    }
    close(folder)
    defer { open(folder) }
    #expect(throws: StoreError.unfolded(path: path)) {
      try asNobody { _ = try Store(at: path, for: .reading) }
    }
  }

  @Test func `an older version's store is refused where it can't be brought up to date`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    Disk.write(try #require(Disk.bytes(Fixture.path(version: 1))), to: path)
    close(folder)
    defer { open(folder) }
    #expect(throws: StoreError.outdated(path: path)) {
      try asNobody { _ = try Store(at: path, for: .reading) }
    }
  }

  @Test func `it is not written to`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    try fill(path)
    close(folder)
    defer { open(folder) }
    #expect(throws: StoreError.denied(path: path)) {
      try asNobody { _ = try Store(at: path, for: .writing) }
    }
    #expect(throws: StoreError.denied(path: folder.file("new.db"))) {
      try asNobody { _ = try Store(at: folder.file("new.db"), for: .writing) }
    }
  }

  @Test func `a file that may not be read is told as that`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    try fill(path)
    Disk.allow(0, path)
    Disk.allow(0o555, folder.path)
    defer { open(folder) }
    #expect(throws: StoreError.denied(path: path)) {
      try asNobody { _ = try Store(at: path, for: .reading) }
    }
  }
}
