@testable import FlowStore
import Testing
import Traffic

@Suite struct RoundTripTests {
  @Test func `every table gives back what it was given, sorted`() throws {
    #expect(Sample.facts.count == 9 && Sample.dns.count == 3)
    let folder = TemporaryFolder()
    try fill(folder.file("a.db"))
    let store = try Store(at: folder.file("a.db"), for: .reading)
    #expect(try store.facts() == Sample.facts.sorted { $0.key < $1.key })
    #expect(try Set(store.conversations().facts) == Set(Sample.facts))
    #expect(try store.dnsFacts() == Sample.dns.sorted { $0.key < $1.key })
    #expect(try store.losses() == Sample.losses)
    #expect(try store.gaps() == Sample.gaps)
    #expect(try store.passed() == Sample.passed.sorted { $0.reason.rawValue < $1.reason.rawValue })
    #expect(try store.imports() == Sample.imports)
    #expect(try store.objects() == Sample.objects)
    #expect(try store.hasImported("17:ab"))
    #expect(try !store.hasImported("17:AB"))
    #expect(store.refusedRows == 0)
  }

  @Test func `a store open for writing reads what it wrote`() throws {
    let folder = TemporaryFolder()
    var store = try Store(at: folder.file("a.db"), for: .writing)
    try store.record(Sample.batch)
    #expect(try store.facts().count == Sample.facts.count)
    try store.record(Batch())
    #expect(try store.facts().count == Sample.facts.count)
  }

  @Test(arguments: [
    (Int64?.none, Int64?.none, [0, 1, 2]), (1, nil, [1, 2]), (nil, 1, [0]), (1, 2, [1]), (1, 1, []),
    (3, nil, []), (2, 1, []),
  ])
  func `hours bound what is read`(from: Int64?, until: Int64?, expected: [Int64]) throws {
    let folder = TemporaryFolder()
    var store = try Store(at: folder.file("a.db"), for: .writing)
    let moments = (0..<3).map { at(Int64($0) * 3600) }
    try store.record(
      Batch(
        facts: moments.compactMap { fact("10.0.0.1", "10.0.0.2", 80, at: [$0]) },
        dns: moments.compactMap { answer("a.example", "198.51.100.7", at: $0) }))
    let hours = (from.map { $0 + morning.hour }, until.map { $0 + morning.hour })
    let facts = try store.facts(from: hours.0, until: hours.1)
    let dns = try store.dnsFacts(from: hours.0, until: hours.1)
    #expect(facts.map { $0.key.hour - morning.hour } == expected)
    #expect(dns.map { $0.key.hour - morning.hour } == expected)
    var walked: [Fact] = []
    try store.walkFacts(from: hours.0, until: hours.1) { walked += $0 }
    #expect(walked == facts)
    #expect(try store.conversations(from: hours.0, until: hours.1).facts == facts)
  }

  @Test func `a walk hands over every fact once, hour by hour, and counts what is refused once`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.db")
    do {
      var store = try Store(at: path, for: .writing)
      // Addresses come backwards, so that the order of the store is another than that of addresses.
      let facts = (0..<3_000).compactMap { place in
        fact(
          "10.0.\((2_999 - place) / 250).\((2_999 - place) % 250)", "10.1.0.1", 80,
          at: [at(Int64(place % 2) * 3600)], conversations: UInt64(place + 1))
      }
      #expect(facts.count == 3_000)
      for place in stride(from: 0, to: 3_000, by: 500) {
        try store.record(Batch(facts: Array(facts[place..<place + 500])))
      }
      try store.connection.execute(
        "UPDATE facts SET digest = digest + 1 WHERE target >> 7 = 80 AND client = 5")
    }
    let store = try Store(at: path, for: .reading)
    for _ in 1...2 {
      var portions: [[Fact]] = []
      try store.walkFacts { portions.append($0) }
      #expect(portions.count > 1 && portions.allSatisfy { !$0.isEmpty })
      let walked = Array(portions.joined())
      #expect(walked.map(\.key.hour) == walked.map(\.key.hour).sorted())
      #expect(try walked.sorted { $0.key < $1.key } == store.facts())
      #expect(walked.count == 2_999 && store.refusedRows == 1)
      #expect(try store.conversations().facts == walked)
      #expect(store.refusedRows == 1)
    }
  }

  @Test func `an object that ends before it begins ends when it begins`() {
    let object = StoredObject(
      kind: "Pod", namespace: "web", name: "a", uid: "u", from: at(10), until: at(5), body: "")
    #expect(object.until == at(10))
  }
}

/// Makes a store that holds the sample.
func fill(
  _ path: String, with objects: [StoredObject] = Sample.objects, _ lists: [StoredList] = []
) throws {
  var store = try Store(at: path, for: .writing)
  try store.record(Sample.batch)
  try store.keep(objects, lists: lists)
}
