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

  @Test func `of one version an end counts, and the later word, whatever came first`() throws {
    let folder = TemporaryFolder()
    let told = [pod(5, from: 20, "a"), pod(5, from: 20, until: 30, "b"), pod(5, from: 20, until: 30, "c")]
    for (name, order) in [("a.db", told), ("b.db", told.reversed()), ("c.db", [told[2], told[0], told[1]])] {
      var store = try Store(at: folder.file(name), for: .writing)
      for object in order { try store.keep([object]) }
      #expect(try store.objects() == [told[2]])
    }
  }

  @Test func `the newest list that told it counts, whatever version it told`() throws {
    let folder = TemporaryFolder()
    func told(_ version: Int64, _ moment: Int64?) -> StoredObject {
      StoredObject(
        kind: "Pod", namespace: "web", name: "a", uid: "u", version: version, from: at(0),
        told: moment.map { at($0) }, body: "\(version)")
    }
    let all = [told(9, 10), told(8, 20), told(7, nil)]
    for (name, order) in [("a.db", all), ("b.db", all.reversed()), ("c.db", [all[2], all[0], all[1]])] {
      var store = try Store(at: folder.file(name), for: .writing)
      for object in order { try store.keep([object]) }
      #expect(try store.objects() == [told(9, 20)])
    }
  }

  @Test func `a list is kept once, and goes with its store into another one`() throws {
    let folder = TemporaryFolder()
    let lists = [StoredList(moment: at(5), body: "b"), StoredList(moment: at(5), body: "a")]
    do {
      var store = try Store(at: folder.file("a.db"), for: .writing)
      try store.keep([], lists: lists)
      try store.keep([], lists: [lists[0]])
      #expect(try store.lists() == [lists[1], lists[0]])
    }
    for _ in 1...2 { _ = try Store.merge([folder.file("a.db")], into: folder.file("b.db")) }
    #expect(try Store(at: folder.file("b.db"), for: .reading).lists() == [lists[1], lists[0]])
  }

  @Test func `where nobody counts versions the last word counts`() throws {
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
