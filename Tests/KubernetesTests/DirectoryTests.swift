import TestSupport
import Testing
import Traffic

@testable import Kubernetes

@Suite("What addresses stand for")
struct DirectoryTests {
  @Test("ranges that are looked up hold what the ranges hold", arguments: [UInt64(1), 2, 3])
  func ranges(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let prefixes = (0..<40).compactMap { _ in
      Prefix(
        Address(v4: UInt32.random(in: 0...0xFFFF, using: &random) << 8),
        length: Int.random(in: 18...30, using: &random))
    }
    let ranges = Ranges(prefixes)
    var held = 0
    for _ in 0..<5000 {
      let address = Address(v4: UInt32.random(in: 0...0xFF_FFFF, using: &random))
      let expected = prefixes.contains { $0.contains(address) }
      #expect(ranges.holds(address) == expected, "seed \(seed): \(address)")
      if expected { held += 1 }
    }
    #expect(held > 0, "seed \(seed): nothing was held")
  }

  @Test("no range holds anything, and IPv6 is apart from IPv4")
  func emptyAndFamilies() throws {
    #expect(!Ranges([]).holds(Address(v4: 1)))
    let everything = try #require(Prefix("::/0"))
    #expect(Ranges([everything]).holds(try #require(Address("2001:db8::1"))))
    #expect(!Ranges([everything]).holds(Address(v4: 1)))
    let both = Ranges([everything, Prefix(only: Address(v4: 1))])
    #expect(
      both.holds(try #require(Address("2001:db8::1"))) && both.holds(Address(v4: 1))
        && !both.holds(Address(v4: 2)))
  }
}
