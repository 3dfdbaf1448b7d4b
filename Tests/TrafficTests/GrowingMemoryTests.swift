import Testing

@testable import Traffic

/// An address alone, in a table that is large enough for large pages.
private struct Place: Slotted {
  let key: Address
  var serial: UInt32 = 0
  var content: UInt64

  static let vacant = Place(key: Address(bits: 0), content: 0)
}

@Suite struct GrowingMemoryTests {
  @Test("Memory grows in steps that double and then are large pages, up to what was reserved")
  func steps() {
    var memory = GrowingMemory()
    var counts: [Int] = []
    while memory.grow(atMost: 5 << 20) { counts.append(memory.count) }
    let kibibytes = counts.map { $0 >> 10 }
    #expect(kibibytes == [16, 32, 64, 128, 256, 512, 2_048, 4_096, 6_144])
  }

  @Test("Where the wished-for address space is not to be had, there is less", arguments: [Int.max, 1 << 46])
  func lessThanWished(limit: Int) {
    var memory = GrowingMemory()
    let isThere = memory.grow(atMost: limit)
    #expect(isThere)
    #expect(memory.count == 16 << 10)
  }

  @Test("What lies in a table stays as it is while the table grows over many large pages")
  func contents() {
    var table = SlotTable<Place>(limit: 300_000, seed: HashSeed(5))
    let count = 300_000
    for number in 0..<count {
      let key = Address(bits: UInt128(number) &* 0x9E37_79B9_7F4A_7C15)
      let place = table.insert(Place(key: key, content: UInt64(number)), hash: table.hash(of: key))
      guard place == number else {
        Issue.record("entry \(number) got place \(place.map(String.init) ?? "none")")
        return
      }
    }
    let isFull = table.isFull
    #expect(isFull)
    var wrong = 0
    for number in 0..<count {
      let key = Address(bits: UInt128(number) &* 0x9E37_79B9_7F4A_7C15)
      let content = table[number].content
      if content != UInt64(number) || table.place(of: key, hash: table.hash(of: key)) != number { wrong += 1 }
    }
    #expect(wrong == 0)
  }
}
