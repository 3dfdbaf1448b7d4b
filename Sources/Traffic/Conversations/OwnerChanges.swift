/// When addresses are known to have passed from one owner to another.
public struct OwnerChanges: Hashable, Sendable {
  /// No change is known.
  public static let none = OwnerChanges([:])

  private let instants: [Address: [Instant]]

  /// The changes of each address, in any order.
  public init(_ changes: [Address: [Instant]]) {
    instants = changes.mapValues { $0.sorted() }
  }

  /// Whether no change is known.
  var isEmpty: Bool { instants.isEmpty }

  /// How many times an address changed hands in the hour of `instant`, up to that moment.
  func count(of address: Address, until instant: Instant) -> Int {
    guard let changes = instants[address] else { return 0 }
    let hour = Instant(seconds: instant.hour * 3600)
    return changes.count { hour < $0 && $0 <= instant }
  }
}
