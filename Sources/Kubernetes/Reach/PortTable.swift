import Traffic

/// Sets of ports as numbers: each different one is kept once, and no two are reckoned with twice.
struct PortTable {
  /// The number of the set without any port.
  static let none: UInt32 = 0
  /// The number of the set of every port.
  static let all: UInt32 = 1

  private var sets: [PortSet] = [.none, .all]
  private var sizes: [Int] = [PortSet.none.count, PortSet.all.count]
  private var numbers: [PortSet: UInt32] = [.none: none, .all: all]
  private var unions: [UInt64: UInt32] = [:]
  private var intersections: [UInt64: UInt32] = [:]

  /// The set with this number.
  subscript(number: UInt32) -> PortSet { sets[Int(number)] }

  /// How many ports the set with this number has.
  func size(_ number: UInt32) -> Int { sizes[Int(number)] }

  /// The number of a set.
  mutating func number(of set: PortSet) -> UInt32 {
    if let known = numbers[set] { return known }
    let number = UInt32(sets.count)
    sets.append(set)
    sizes.append(set.count)
    numbers[set] = number
    return number
  }

  /// The ports of either set.
  mutating func union(_ one: UInt32, _ other: UInt32) -> UInt32 {
    if one == other || other == Self.none || one == Self.all { return one }
    if one == Self.none || other == Self.all { return other }
    let key = Self.key(one, other)
    if let known = unions[key] { return known }
    let number = number(of: self[one].union(self[other]))
    unions[key] = number
    return number
  }

  /// The ports that are in both sets.
  mutating func intersection(_ one: UInt32, _ other: UInt32) -> UInt32 {
    if one == other || other == Self.all || one == Self.none { return one }
    if one == Self.all || other == Self.none { return other }
    let key = Self.key(one, other)
    if let known = intersections[key] { return known }
    let number = number(of: self[one].intersection(self[other]))
    intersections[key] = number
    return number
  }

  private static func key(_ one: UInt32, _ other: UInt32) -> UInt64 {
    UInt64(min(one, other)) << 32 | UInt64(max(one, other))
  }
}

extension PortSet {
  /// How many ports of all protocols are in it.
  var count: Int { ranges.reduce(0) { $0 + $1.ports.count } }
}
