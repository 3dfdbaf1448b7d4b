import TestSupport
import Testing

@testable import Traffic

/// A number whose hash has few bits, so that keys meet in buckets as they hardly ever do.
struct Crowded: Slotted {
  struct Key: SlotKey {
    let number: Int

    func hash(_ seed: HashSeed) -> UInt64 { UInt64(number % 7) << 32 | UInt64(number % 3) }
  }

  let key: Key
  var serial: UInt32 = 0
  var content: Int

  static let vacant = Crowded(key: Key(number: -1), content: 0)
}

@Suite struct TableTests {
  @Test("A leg of TCP takes two lines of memory, and an exchange one")
  func layout() {
    #expect(MemoryLayout<Leg<Handshake>>.stride == 128)
    #expect(MemoryLayout<Exchange>.stride == 64)
  }

  @Test("A table holds what a dictionary holds, in places that stay", arguments: UInt64(1)...10)
  func table(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var table = SlotTable<Crowded>(limit: 200, seed: HashSeed(seed))
    var model: [Int: (place: Int, serial: UInt32, content: Int)] = [:]
    for step in 0..<5_000 {
      let number = Int.random(in: 0..<300, using: &random)
      let key = Crowded.Key(number: number)
      let hash = table.hash(of: key)
      let found = table.place(of: key, hash: hash)
      #expect(found == model[number]?.place)
      switch (found, Int.random(in: 0..<3, using: &random)) {
      case (let place?, 0):
        let removed = table.remove(place)
        #expect(removed.content == model[number]?.content)
        let serial = removed.serial
        let isStill = table.isStill(serial, at: place)
        #expect(!isStill)
        model[number] = nil
      case (let place?, _):
        table[place].content = step
        model[number]?.content = step
      case (nil, _):
        let place = table.insert(Crowded(key: key, content: step), hash: hash)
        let isFull = model.count >= 200
        #expect((place == nil) == isFull)
        if let place { model[number] = (place, table[place].serial, step) }
      }
      let count = table.count
      #expect(count == model.count)
    }
    for (number, kept) in model {
      let key = Crowded.Key(number: number)
      let place = table.place(of: key, hash: table.hash(of: key))
      let content = table[kept.place].content
      let isStill = table.isStill(kept.serial, at: kept.place)
      #expect(place == kept.place && content == kept.content && isStill, "seed \(seed), key \(number)")
    }
    table.close()
    for (number, kept) in model {
      let removed = table.remove(kept.place)
      let serial = table[kept.place].serial
      #expect(removed.key.number == number && removed.content == kept.content && serial == 0)
    }
    let (count, isFull) = (table.count, table.isFull)
    #expect(count == 0 && isFull, "nothing is left, and nothing may be added")
  }

  @Test("An entry is found where it was expected only while it is there")
  func expected() {
    var table = SlotTable<Crowded>(limit: 10, seed: HashSeed(1))
    let (key, other) = (Crowded.Key(number: 1), Crowded.Key(number: 2))
    let (hash, otherHash) = (table.hash(of: key), table.hash(of: other))
    let none = table.prepareEntry(hash: hash)
    #expect(none == 0)
    let place = table.insert(Crowded(key: key, content: 1), hash: hash)
    let expected = table.prepareEntry(hash: hash)
    #expect(expected == 1 && place == 0)
    for hint in [0, expected, 2, .max] {
      let found = table.place(of: key, hash: hash, expected: hint)
      #expect(found == 0, "expected \(hint)")
    }
    _ = table.remove(0)
    let gone = table.place(of: key, hash: hash, expected: expected)
    #expect(gone == nil, "the key still stands in the place that was left")
    _ = table.insert(Crowded(key: other, content: 2), hash: otherHash)
    let replaced = table.place(of: key, hash: hash, expected: expected)
    let successor = table.place(of: other, hash: otherHash, expected: expected)
    #expect(replaced == nil && successor == 0)
  }

  @Test("A table of nothing takes nothing")
  func noRoom() {
    var table = SlotTable<Crowded>(limit: 0, seed: HashSeed(1))
    let key = Crowded.Key(number: 1)
    let place = table.insert(Crowded(key: key, content: 1), hash: table.hash(of: key))
    #expect(place == nil)
  }

  @Test("Ties remember each mark's latest holder for two seconds", arguments: UInt64(1)...10)
  func ties(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var ties = Ties(limit: 1 << 20, seed: HashSeed(seed))
    var model: [UInt64: Ties.Holder] = [:]
    let end = Socket(test: "10.0.0.1", 80)
    var clock: Int64 = 1_800_000_000_000_000_000
    for step in 0..<20_000 {
      // Mostly onwards, a little back now and then.
      clock += Int64.random(in: -200_000...1_000_000, using: &random)
      let number = UInt64.random(in: 0..<4_000, using: &random)
      let holder = Ties.Holder(
        place: UInt32(step), serial: 1, instant: Instant(nanoseconds: clock))
      let found = ties.exchange(holder, for: Ties.Mark(end: end, kind: .client, numbers: number))
      let earlier = model.updateValue(holder, forKey: number)
      let isNear = earlier.map { abs($0.instant.nanoseconds - clock) <= 2_000_000_000 } == true
      #expect(found?.place == (isNear ? earlier?.place : nil), "seed \(seed), step \(step)")
    }
    let forgotten = ties.forgotten
    #expect(forgotten == 0)
  }

  @Test("A table of ties that may not grow counts what it forgets")
  func fullTies() {
    var ties = Ties(limit: 8, seed: HashSeed(3))
    let end = Socket(test: "10.0.0.1", 80)
    for number in UInt64(0)..<20 {
      let holder = Ties.Holder(place: UInt32(number), serial: 1, instant: Instant(seconds: 9))
      _ = ties.exchange(holder, for: Ties.Mark(end: end, kind: .client, numbers: number))
    }
    let forgotten = ties.forgotten
    #expect(forgotten == 12)
  }

  @Test("Hashes depend on their seed and on every part of what is hashed")
  func hashes() {
    let pair = SocketPair(Socket(test: "10.0.0.1", 80), Socket(test: "fd00::1", 443))
    let others = [
      SocketPair(Socket(test: "10.0.0.2", 80), Socket(test: "fd00::1", 443)),
      SocketPair(Socket(test: "10.0.0.1", 81), Socket(test: "fd00::1", 443)),
      SocketPair(Socket(test: "10.0.0.1", 80), Socket(test: "fd00::2", 443)),
      SocketPair(Socket(test: "10.0.0.1", 80), Socket(test: "fd00:1::1", 443)),
      SocketPair(Socket(test: "10.0.0.1", 443), Socket(test: "fd00::1", 80)),
    ]
    let hashes = ([pair] + others).map { $0.hash(HashSeed(5)) } + [pair.hash(HashSeed(6))]
    #expect(Set(hashes).count == hashes.count)
  }
}
