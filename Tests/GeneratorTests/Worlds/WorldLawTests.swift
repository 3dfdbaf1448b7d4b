import Generator
import TestSupport
import Testing

/// Laws that hold in every cluster, tried from captures and objects to policies in clusters made by chance.
@Suite("Random clusters with a known truth")
struct WorldLawTests {
  static let seeds = (0..<10).map { UInt64(2_026_112_100 + $0) }
  static let worldsPerSeed = max(1, Stress.worlds / 100)

  /// The worlds of a seed.
  static func worlds(_ seed: UInt64, count: Int = worldsPerSeed) -> [MadeWorld] {
    (0..<count).map { MadeWorld(seed: seed &* 1000 &+ UInt64($0)) }
  }

  @Test(
    "the truth is learned, needs pass and nothing else does, and neither order nor another quiet day matters",
    arguments: seeds)
  func laws(seed: UInt64) throws {
    var questions = 0
    for world in Self.worlds(seed) {
      let laws = try WorldLaws(world)
      questions += laws.questions
      if !laws.faults.isEmpty {
        Issue.record("\(world.description)\n\(laws.faults.joined(separator: "\n"))")
      }
    }
    Stress.tell("seed \(seed): \(Self.worldsPerSeed) clusters, \(questions) questions")
  }
}
