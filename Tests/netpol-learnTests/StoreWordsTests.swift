import TestSupport
import Testing
import Traffic

@testable import FlowStore
@testable import Kubernetes

@Suite("Words that a store may hold")
struct StoreWordsTests {
  /// Lists are append-only as the versions are: `NETPOL_UPDATE=1 swift test` writes the one of a new version, and never
  /// writes over one that is there.
  @Test(
    "a word that comes or goes is a new version's, so that older programs refuse the store and not its rows")
  func words() {
    let path = "Tests/netpol-learnTests/Golden/words-of-version-\(Migration.all.count).txt"
    guard let known = try? Repository.read(path) else { return expectGolden(Self.text, path) }
    let (before, now) = (String(decoding: known, as: UTF8.self), Self.text)
    let changed = Set(before.split(separator: "\n")).symmetricDifference(now.split(separator: "\n"))
    #expect(before == now || !changed.isEmpty)
    #expect(
      changed.sorted() == [],
      "programs of this version would take rows with them for damaged ones; add a version to `Migration.all`")
  }

  private static let text =
    (Transport.allCases.map { "transport \($0.rawValue) \($0)" }
    + Tier.allCases.map { "tier \($0.rawValue) \($0.name)" } + ["tier \(FactRow.mark >> 2) in another's name"]
    + Direction.allCases.map { "direction \($0.rawValue) \($0.name)" }
    + Passed.allCases.map { "reason \($0.rawValue)" }.sorted() + KnownKinds.all.map { "kind \($0)" })
    .map { $0 + "\n" }.joined()
}
