/// Numbers for things that are met again and again, in the order in which they are met.
struct Numbering<Thing: Hashable> {
  private var numbers: [Thing: UInt32] = [:]
  /// The things, by their numbers.
  private(set) var things: [Thing] = []

  /// The number of a thing.
  mutating func number(of thing: Thing) -> UInt32 {
    if let known = numbers[thing] { return known }
    let number = UInt32(truncatingIfNeeded: things.count)
    numbers[thing] = number
    things.append(thing)
    return number
  }
}
