/// Numbers for what branches off from something that has a number itself, in the order in which it is met.
///
/// Most have one branch or a few. These lie in the order in which they came, and so near each other where a table that is
/// spread by a hash would have each in another place; only whoever has many branches has the rest of them in such a table.
struct Branches {
  private var branches: [Branch] = []
  /// One more than the number of the latest branch of each stem among its first few; 0 for none.
  private var latest: [UInt32] = []
  private var others = KeyNumbering()
  /// The numbers of the others, by their numbers among themselves.
  private var numbersOfOthers: [UInt32] = []

  private struct Branch: BitwiseCopyable {
    let key: UInt64
    /// One more than the number of the one before it, of the same stem; 0 for none.
    let previous: UInt32
  }

  /// How many of a stem are looked through one by one.
  private static let few = 4

  /// None yet, with room for so many.
  init(expecting count: Int) {
    branches.reserveCapacity(count)
    latest.reserveCapacity(count)
  }

  /// The number of the branch with this key; stems come with numbers one after the other.
  mutating func number(of key: UInt64, from stem: UInt32) -> UInt32 {
    while latest.count <= Int(stem) { latest.append(0) }
    var next = latest[Int(stem)]
    var met = 0
    while next > 0 {
      let branch = branches[Int(next) - 1]
      if branch.key == key { return next - 1 }
      next = branch.previous
      met += 1
    }
    guard met == Self.few else {
      branches.append(Branch(key: key, previous: latest[Int(stem)]))
      latest[Int(stem)] = UInt32(branches.count)
      return UInt32(branches.count) - 1
    }
    let other = Int(others.number(of: key, UInt64(stem)))
    if other == numbersOfOthers.count {
      numbersOfOthers.append(UInt32(branches.count))
      branches.append(Branch(key: key, previous: 0))
    }
    return numbersOfOthers[other]
  }
}
