import FlowStore
import Testing
import Traffic

@Suite struct ObjectTests {
  private func pod(_ version: Int64, from: Int64, until: Int64? = nil, _ body: String) -> StoredObject {
    StoredObject(
      kind: "Pod", namespace: "web", name: "a", uid: "u", version: version, from: at(from),
      until: until.map { at($0) }, body: body)
  }

  @Test(arguments: [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
  func `the newest version says what it is, the earliest word when it began`(order: [Int]) throws {
    let told = [pod(3, from: 20, "old"), pod(9, from: 40, until: 90, "new"), pod(5, from: 10, "middle")]
    let folder = TemporaryFolder()
    var store = try Store(at: folder.file("a.db"), for: .writing)
    for index in order { try store.keep([told[index]]) }
    #expect(try store.objects() == [pod(9, from: 10, until: 90, "new")])
  }

  @Test func `of each look its newest version is kept, whatever came before`() throws {
    let folder = TemporaryFolder()
    func told(_ look: String, _ version: Int64, _ body: String) -> StoredObject {
      StoredObject(
        kind: "Pod", namespace: "web", name: "a", uid: "u", look: look, version: version, from: at(0),
        body: body)
    }
    let all = [
      told("", 1, "none"), told("10.0.0.1", 2, "old"), told("10.0.0.1", 4, "one"), told("10.0.0.2", 7, "two"),
    ]
    for (name, order) in [("a.db", all), ("b.db", all.reversed()), ("c.db", all + all)] {
      var store = try Store(at: folder.file(name), for: .writing)
      for object in order { try store.keep([object]) }
      #expect(try store.objects() == [all[0], all[2], all[3]])
    }
  }

  @Test func `of one version the last word counts`() throws {
    let folder = TemporaryFolder()
    var store = try Store(at: folder.file("a.db"), for: .writing)
    try store.keep([pod(0, from: 20, until: 30, "first"), pod(0, from: 25, "second")])
    #expect(try store.objects() == [pod(0, from: 20, "second")])
  }

  @Test func `another uid is another object`() throws {
    let folder = TemporaryFolder()
    var store = try Store(at: folder.file("a.db"), for: .writing)
    let objects = ["u-1", "u-2"].map {
      StoredObject(kind: "Pod", namespace: "web", name: "db-0", uid: $0, from: at(0), body: $0)
    }
    try store.keep(objects.reversed())
    #expect(try store.objects() == objects)
  }
}
