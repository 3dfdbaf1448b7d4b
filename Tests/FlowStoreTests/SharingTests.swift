@testable import FlowStore
import Testing
import Traffic

@Suite struct SharingTests {
  @Test func `a reader sees one moment, whatever is written later`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    var writer = try Store(at: path, for: .writing)
    try writer.record(Batch(facts: Array(Sample.facts.prefix(2))))
    let reader = try Store(at: path, for: .reading)
    try writer.record(Batch(facts: Array(Sample.facts.dropFirst(2))))
    try writer.keep(Sample.objects)
    #expect(try reader.facts().count == 2)
    #expect(try reader.objects().isEmpty)
    #expect(try Store(at: path, for: .reading).facts().count == Sample.facts.count)
  }

  @Test func `a reader keeps no writer waiting`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    try fill(path)
    let reader = try Store(at: path, for: .reading)
    _ = try reader.facts()
    var writer = try Store(at: path, for: .writing)
    for second in 0..<100 {
      try writer.record(Batch(gaps: [Gap(recorder: "a", from: at(Int64(second)), until: at(999))]))
    }
    #expect(try reader.gaps() == Sample.gaps)
    #expect(try writer.gaps().count == 101)
  }

  @Test func `what was recorded outlives a writer that never closed`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    var writer = try Store(at: path, for: .writing)
    try writer.record(Sample.batch)
    try writer.keep(Sample.objects)
    // What a kill leaves: the file and its log, the index lost with the process.
    let left = folder.file("left.db")
    for ending in ["", "-wal"] { Disk.write(try #require(Disk.bytes(path + ending)), to: left + ending) }
    let reader = try Store(at: left, for: .reading)
    #expect(try reader.facts() == Sample.facts.sorted { $0.key < $1.key })
    #expect(try reader.objects() == Sample.objects)
    #expect(reader.refusedRows == 0)
  }

  @Test func `a log cut anywhere loses the last batch at most`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    var writer = try Store(at: path, for: .writing)
    try writer.record(Batch(facts: [Sample.facts[0]]))
    let acknowledged = try #require(Disk.bytes(path + "-wal")).count
    try writer.record(Batch(facts: [Sample.facts[1]]))
    let log = try #require(Disk.bytes(path + "-wal"))
    let file = try #require(Disk.bytes(path))
    for cut in stride(from: acknowledged, to: log.count, by: 509) {
      let left = folder.file("left.db")
      for ending in ["-wal", "-shm"] { Disk.remove(left + ending) }
      Disk.write(file, to: left)
      Disk.write(Array(log.prefix(cut)), to: left + "-wal")
      #expect(try Store(at: left, for: .reading).facts() == [Sample.facts[0]], "cut at \(cut)")
    }
  }

  @Test func `two writers number words alike`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    var one = try Store(at: path, for: .writing)
    var other = try Store(at: path, for: .writing)
    for turn in 0..<4 {
      let facts = Array(Sample.facts[turn * 2..<turn * 2 + 2])
      if turn.isMultiple(of: 2) {
        try one.record(Batch(facts: facts))
      } else {
        try other.record(Batch(facts: facts))
      }
    }
    try one.record(Batch(facts: Sample.facts))
    #expect(try other.facts().map(\.key) == Sample.facts.map(\.key).sorted())
    #expect(other.refusedRows == 0)
  }

  @Test func `a word that another process took out is numbered anew`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    var store = try Store(at: path, for: .writing)
    try store.record(Batch(facts: Sample.facts))
    do {
      let other = try Connection(toExisting: path, named: path)
      try other.execute("DELETE FROM facts")
      try other.execute("DELETE FROM addresses")
      try other.execute("INSERT INTO addresses VALUES (1, x'7F000001', seal(1, x'7F000001'))")
    }
    try store.record(Batch(facts: Sample.facts))
    #expect(try store.facts() == Sample.facts.sorted { $0.key < $1.key })
  }
}
