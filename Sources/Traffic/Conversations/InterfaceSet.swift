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

  mutating func insert(_ index: UInt32) {
    guard !contains(index) else { return }
    if second == first {
      second = index
    } else if third == first {
      third = index
    } else if fourth == first {
      fourth = index
    } else {
      replaceHighest(by: index)
    }
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
