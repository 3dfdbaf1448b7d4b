/// The interfaces that showed one leg of a conversation: exact up to four, which is all that one host shows of a leg.
///
/// Of more it keeps the four lowest, so that it does not matter which came first.
struct InterfaceSet: BitwiseCopyable {
  /// Places that hold no other interface repeat the first one.
  private var first: UInt32
  private var second: UInt32
  private var third: UInt32
  private var fourth: UInt32

  init(_ index: UInt32) {
    first = index
    second = index
    third = index
    fourth = index
  }

  /// How many there are, up to four.
  var count: Int {
    1 + (second == first ? 0 : 1) + (third == first ? 0 : 1) + (fourth == first ? 0 : 1)
  }

  /// Which of the four places holds an interface; nil where it is in none.
  func place(of index: UInt32) -> Int? {
    if index == first { return 0 }
    if index == second { return 1 }
    if index == third { return 2 }
    return index == fourth ? 3 : nil
  }

  /// The interface in one of the four places.
  subscript(place: Int) -> UInt32 {
    switch place {
    case 0: first
    case 1: second
    case 2: third
    default: fourth
    }
  }

  /// Adds one that it does not hold; tells whether another may have left its place for it.
  mutating func insert(_ index: UInt32) -> Bool {
    if second == first {
      second = index
    } else if third == first {
      third = index
    } else if fourth == first {
      fourth = index
    } else {
      replaceHighest(by: index)
      return true
    }
    return false
  }

  private mutating func replaceHighest(by index: UInt32) {
    switch max(first, second, third, fourth) {
    case ...index: return
    case first: first = index
    case second: second = index
    case third: third = index
    default: fourth = index
    }
  }

  /// Whether an interface that has a name is in both; 0 is one that nobody named.
  func sharesNamed(with other: InterfaceSet) -> Bool {
    func isShared(_ index: UInt32) -> Bool { index != 0 && other.contains(index) }
    return isShared(first) || isShared(second) || isShared(third) || isShared(fourth)
  }

  func contains(_ index: UInt32) -> Bool {
    index == first || index == second || index == third || index == fourth
  }
}
