import TestSupport
import Testing

@testable import Generator

@Suite("What branches off is numbered")
struct BranchesTests {
  @Test(
    "in the order in which it is met, of stems with few branches as of those with many",
    arguments: [UInt64(1), 2, 3])
  func order(seed: UInt64) {
    struct Branch: Hashable {
      let stem: UInt32
      let key: UInt64
    }
    var random = SeededRandom(seed: seed)
    var branches = Branches(expecting: 10)
    var known: [Branch: UInt32] = [:]
    for _ in 0..<4000 {
      // The first stems have hundreds of branches, the last ones one or two.
      let stem = UInt32.random(in: 0..<UInt32.random(in: 1...300, using: &random), using: &random)
      let branch = Branch(stem: stem, key: UInt64.random(in: 0..<(stem < 5 ? 400 : 8), using: &random))
      let number = branches.number(of: branch.key, from: branch.stem)
      #expect(number == known[branch, default: UInt32(known.count)], "seed \(seed)")
      known[branch] = number
    }
    #expect(Dictionary(grouping: known.keys, by: \.stem).values.contains { $0.count > 50 }, "seed \(seed)")
  }
}
