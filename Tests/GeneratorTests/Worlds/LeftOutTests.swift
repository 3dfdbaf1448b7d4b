import TestSupport
import Testing

@Suite("What random clusters leave out is named")
struct LeftOutTests {
  @Test("these features are not mastered yet, and no others are left out")
  func names() {
    #expect(
      MadeWorld.leftOut.keys.map(\.rawValue).sorted() == ["pods hidden from other recorders"])
    #expect(MadeWorld.mastered.count + MadeWorld.leftOut.count == MadeWorld.Feature.allCases.count)
  }

  /// What else a world needs for a feature to show.
  private static let companions: [MadeWorld.Feature: Set<MadeWorld.Feature>] = [
    .hiddenFromOthers: [.recordedApart, .hostNetwork]
  ]

  @Test(
    "each of them breaks a law in one of ten small worlds",
    arguments: MadeWorld.leftOut.keys.sorted { $0.rawValue < $1.rawValue })
  func breaks(feature: MadeWorld.Feature) throws {
    for seed in UInt64(1)...10 {
      let features = Self.companions[feature, default: []].union([feature])
      let laws = try WorldLaws(MadeWorld(seed: seed, exactly: features))
      guard laws.faults.isEmpty else { return }
    }
    Issue.record("`\(feature.rawValue)` is mastered now: take it out of what is left out")
  }
}
