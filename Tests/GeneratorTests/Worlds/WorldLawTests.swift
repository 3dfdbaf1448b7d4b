import Generator
import TestSupport
import Testing

/// Laws that hold in every cluster, tried from captures and objects to policies in clusters made by chance.
@Suite("Random clusters with a known truth")
struct WorldLawTests {
  static let seeds = (0..<10).map { UInt64(2_026_112_100 + $0) }
  static let worldsPerSeed = max(1, Stress.worlds / 100)

  /// The worlds of a seed.
  private static func worlds(_ seed: UInt64) -> [MadeWorld] {
    (0..<worldsPerSeed).map { MadeWorld(seed: seed &* 1000 &+ UInt64($0)) }
  }

  @Test("what is learned is the truth, edge by edge and number by number", arguments: seeds)
  func truth(seed: UInt64) throws {
    for world in Self.worlds(seed) {
      let lesson = try Lesson(world)
      Self.report(TruthLaw(lesson).faults, in: world)
    }
  }

  private static func report(_ faults: [String], in world: MadeWorld) {
    guard !faults.isEmpty else { return }
    Issue.record("\(world.description)\n\(faults.joined(separator: "\n"))")
  }
}
