import Generator
import TestSupport
import Testing
import Traffic

/// Laws say little in worlds where little happens.
@Suite("The worlds of the laws are full")
struct VarietyTests {
  private static let worlds = WorldLawTests.seeds.flatMap { WorldLawTests.worlds($0, count: 5) }

  @Test("every feature is in some of them, and missing in others")
  func features() {
    for feature in MadeWorld.mastered {
      let count = Self.worlds.count { $0.features.contains(feature) }
      #expect((3..<Self.worlds.count).contains(count), "\(feature.rawValue): \(count)")
    }
    #expect(
      MadeWorld.leftOut.keys.allSatisfy { feature in !Self.worlds.contains { $0.features.contains(feature) } }
    )
  }

  @Test("every bin, tier, transport and family is there, and every reason to be no need")
  func outcomes() {
    let edges = Self.worlds.flatMap(\.truth)
    #expect(Set(edges.map(\.bin)) == Set(Bin.allCases.map(\.rawValue)))
    #expect(Set(edges.compactMap(\.tier)) == Set(Tier.allCases).subtracting([.answered]))
    #expect(Set(edges.map(\.transport)) == Set(Transport.allCases))
    #expect(Set(edges.compactMap { $0.server.address?.isV4 }) == [true, false])
    let reasons = Set(edges.compactMap(\.reason).filter { !$0.hasPrefix("from node-") })
    #expect(
      reasons == [
        "API server", "address changed hands", "dns", "ingress from outside", "kubelet probe",
        "metadata address", "monitoring", "never established", "no opening seen", "no pod at either end",
        "nothing came back", "public name", "refused", "scan", "unknown",
        "unknown: no pod held it then", "unknown: no pod is known to have held it",
      ])
  }

  @Test("a seed always makes the same world")
  func sameness() throws {
    let (one, other) = (MadeWorld(seed: 7), MadeWorld(seed: 7))
    #expect(one.truth == other.truth)
    #expect(one.objects == other.objects)
    #expect(one.captures().map(\.bytes) == other.captures().map(\.bytes))
    #expect(MadeWorld(seed: 8).objects != one.objects)
  }
}
