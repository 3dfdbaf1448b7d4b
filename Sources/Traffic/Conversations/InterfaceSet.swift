/// The interfaces that showed one leg of a conversation: exact up to four, which is all that one host shows of a leg.
struct InterfaceSet {
  private var indices = SIMD4<UInt32>()
  private(set) var count = 0

  mutating func insert(_ index: UInt32) {
    guard count < 4, !contains(index) else { return }
    indices[count] = index
    count += 1
  }

  func contains(_ index: UInt32) -> Bool {
    (0..<count).contains { indices[$0] == index }
  }
}
