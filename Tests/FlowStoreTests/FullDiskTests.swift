@testable import FlowStore
import Testing
import Traffic

/// A file that may not grow answers as a full disk does.
@Suite struct FullDiskTests {
  private func many(_ count: Int) -> Batch {
    Batch(
      facts: (0..<count).compactMap {
        fact("10.1.\($0 / 250).\($0 % 250)", "10.2.0.1", UInt16(80 + $0 % 1000), at: [at(Int64($0 % 3600))])
      })
  }

  @Test func `a batch that finds no room is not there, and is when there is some`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    var store = try Store(at: path, for: .writing)
    try store.record(Sample.batch)
    let pages = try store.connection.integer("PRAGMA page_count")
    _ = try store.connection.integer("PRAGMA max_page_count = \(pages)")
    for _ in 1...3 {
      #expect(throws: StoreError.full(path: path)) { try store.record(many(2000)) }
      #expect(try store.facts().count == Sample.facts.count)
    }
    // Beside it, everybody reads what was saved.
    #expect(try Store(at: path, for: .reading).facts().count == Sample.facts.count)
    _ = try store.connection.integer("PRAGMA max_page_count = 1000000")
    try store.record(many(2000))
    #expect(try store.facts().count == Sample.facts.count + 2000)
    #expect(try Store(at: path, for: .reading).facts().count == Sample.facts.count + 2000)
    #expect(store.refusedRows == 0)
  }

  @Test func `what only tells of loss takes the room that is kept`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    var store = try Store(at: path, for: .writing)
    try store.record(Sample.batch)
    let pages = try store.connection.integer("PRAGMA page_count")
    _ = try store.connection.integer("PRAGMA max_page_count = \(pages)")
    #expect(throws: StoreError.full(path: path)) { try store.record(many(2000)) }
    let keepsRoom1 = store.keepsRoom
    #expect(keepsRoom1)
    let gaps = Batch(gaps: (0..<500).map { Gap(recorder: "a", from: at($0), until: at($0 + 1)) })
    #expect(throws: StoreError.full(path: path)) { try store.record(gaps) }
    let keepsRoom2 = store.keepsRoom
    #expect(!keepsRoom2)
    _ = try store.connection.integer("PRAGMA max_page_count = 1000000")
    try store.record(gaps)
    let keepsRoom3 = store.keepsRoom
    #expect(keepsRoom3)
  }
}
