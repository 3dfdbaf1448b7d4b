import Traffic

/// A store's rows as numbers, for a program that knows nothing of addresses: eleven of 64 bits a row, the lowest byte
/// first.
struct NumberedRows {
  private var addresses: [Address: Int64] = [:]
  private var recorders: [String: Int64] = [:]
  private(set) var bytes: [UInt8] = []

  /// Adds the rows of an hour in the order of their keys.
  mutating func add(_ facts: [Fact]) {
    let rows = facts.map { row(of: $0) }.sorted { $0.lexicographicallyPrecedes($1) }
    for number in rows.joined() {
      for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
    }
  }

  private mutating func row(of fact: Fact) -> [Int64] {
    let key = fact.key
    let target =
      Int64(key.port) << 16 | Int64(key.transport.rawValue) << 8 | Int64(key.tier.rawValue) << 4
      | Int64(key.direction.rawValue)
    return [
      key.hour, Self.number(key.recorder, in: &recorders), Self.number(key.client, in: &addresses),
      Self.number(key.server, in: &addresses), target,
      key.dialled.map { Self.number($0.address, in: &addresses) } ?? 0,
      Int64(key.dialled?.port ?? 0) << 32 | Int64(key.interface),
      Int64(fact.conversations), fact.activity.first.nanoseconds, fact.activity.last.nanoseconds,
      Int64(fact.activity.minutes),
    ]
  }

  private static func number<Word: Hashable>(_ word: Word, in numbers: inout [Word: Int64]) -> Int64 {
    let number = numbers[word] ?? Int64(numbers.count) + 1
    numbers[word] = number
    return number
  }
}
