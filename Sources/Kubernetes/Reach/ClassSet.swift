/// A set of classes, as ranges of their numbers: in order, disjoint, and none touches the next.
struct ClassSet {
  private(set) var ranges: [Range<UInt32>] = []

  /// No class.
  init() {}

  /// The classes of one range.
  init(_ range: Range<UInt32>) {
    if !range.isEmpty { ranges = [range] }
  }

  /// The classes of ranges in any order, which may overlap.
  init(unordered: [Range<UInt32>]) {
    ranges.reserveCapacity(unordered.count)
    for range in unordered.sorted(by: { $0.lowerBound < $1.lowerBound }) { append(range) }
  }

  /// Adds a range that begins nowhere before the last one.
  mutating func append(_ range: Range<UInt32>) {
    guard !range.isEmpty else { return }
    if let last = ranges.last, range.lowerBound <= last.upperBound {
      ranges[ranges.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
    } else {
      ranges.append(range)
    }
  }

  /// Adds a class behind all others.
  mutating func append(_ number: UInt32) { append(number..<number + 1) }

  /// The classes that are in both sets.
  func intersection(_ other: ClassSet) -> ClassSet {
    var common = ClassSet()
    var (mine, theirs) = (0, 0)
    while mine < ranges.count, theirs < other.ranges.count {
      let (one, two) = (ranges[mine], other.ranges[theirs])
      if one.overlaps(two) { common.append(one.clamped(to: two)) }
      if one.upperBound < two.upperBound { mine += 1 } else { theirs += 1 }
    }
    return common
  }
}
