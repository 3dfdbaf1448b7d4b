import Documents
import FlowStore
import Kubernetes
import TestSupport
import Testing
import Traffic

@testable import netpol_learn

@Suite("Lists mean the same in whatever order they come, and however they are spread over stores")
struct ListLawTests {
  /// Everything that a store tells of objects, as bytes.
  private static func bytes(of path: String) throws -> [String] {
    let store = try Store(at: path, for: .reading)
    return try store.objects().map { "\($0)" } + store.lists().map { "\($0)" }
  }

  private static func load(_ printed: ListHistory.Printed, into path: String) throws {
    let reading = try ClusterReading(Array(printed.text.utf8))
    #expect(reading.problems.isEmpty && reading.wholeLists.count == (printed.isWhole ? 1 : 0))
    var store = try Store(at: path, for: .writing)
    try store.keep(reading.objects.flatMap(\.stored), lists: reading.wholeLists.map(\.stored))
  }

  /// When objects were gone, by identity, as a store tells it.
  private static func ends(_ path: String) throws -> [String: Instant] {
    let kept = try KeptObjects(at: path)
    let ended = kept.objects.ended(by: kept.lists)
    return Dictionary(
      ended.map { object in
        if case .pod(let pod) = object { return (object.meta.uid, pod.held.until) }
        return (object.meta.uid, object.meta.deleted ?? .distantFuture)
      }, uniquingKeysWith: { first, _ in first })
  }

  @Test(
    "any order and any partition give the same bytes, and what is gone is what went",
    arguments: 1...12 as ClosedRange<UInt64>)
  func law(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let history = ListHistory(random: &random)
    let folder = try TemporaryFolder()
    let whole = folder.file("whole.db")
    for printed in history.printed { try Self.load(printed, into: whole) }
    let expected = try Self.bytes(of: whole)
    for round in 0..<3 {
      let names = ["a", "b", "c"].map { folder.file("\($0)\(round).db") }
      var filled: Set<String> = []
      // Some of them in two stores, and twice in one.
      let some = history.printed.filter { _ in Bool.random(using: &random) }
      for printed in (history.printed + some).shuffled(using: &random) {
        let name = names.randomElement(using: &random) ?? names[0]
        try Self.load(printed, into: name)
        filled.insert(name)
      }
      let all = folder.file("all\(round).db")
      _ = try Store.merge(filled.shuffled(using: &random), into: all)
      #expect(try Self.bytes(of: all) == expected, "seed \(seed), round \(round)")
    }
    try Self.expectTruth(history, in: whole, seed)
  }

  private static func expectTruth(_ history: ListHistory, in path: String, _ seed: UInt64) throws {
    let ends = try ends(path)
    let midnight = try #require(Instant("2026-11-20T00:00:00Z"))
    let lists = history.printed.filter(\.isWhole)
    for (uid, end) in ends {
      let went = try #require(history.ends[uid], "\(uid) is there, seed \(seed)")
      // The list's moment is five minutes at most before it was made.
      #expect(end >= midnight.advanced(bySeconds: Int64(went - 300)), "\(uid), seed \(seed)")
      // Where no list with a clock told it, only a newer version ends it.
      guard lists.contains(where: { $0.members.contains(uid) }) else { continue }
      let last = history.printed.last { $0.members.contains(uid) }?.second ?? 0
      let next = lists.first { $0.second > last + 900 }?.second ?? .max
      #expect(end <= midnight.advanced(bySeconds: Int64(next)), "\(uid), seed \(seed)")
    }
    for uid in history.ends.keys where ends[uid] == nil {
      // Told by a whole list, and missing in one of fifteen minutes later.
      guard let told = lists.last(where: { $0.members.contains(uid) }) else { continue }
      #expect(!lists.contains { $0.second > told.second + 900 }, "\(uid) is known still, seed \(seed)")
    }
  }
}
