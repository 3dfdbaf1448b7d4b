/// The interfaces that showed one leg of a conversation: exact up to four, which is all that one host shows of a leg.
struct InterfaceSet: BitwiseCopyable {
  /// Places that hold no other interface repeat the first one.
  private let first: UInt32
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
    }
  }

  func contains(_ index: UInt32) -> Bool {
    index == first || index == second || index == third || index == fourth
  }
}
