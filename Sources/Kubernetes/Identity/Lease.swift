public import Traffic

/// A stretch of time in which one pod held one address.
public struct Lease: Hashable, Sendable {
  /// Which pod, by its place in the inventory.
  public let pod: Int
  /// From when.
  public let from: Instant
  /// Until when, that moment left out.
  public let until: Instant
}

/// Who held an address at some moment.
public enum Holder: Hashable, Sendable {
  /// This pod, by its place in the inventory.
  case pod(Int)
  /// One of these pods, and nobody can say which.
  case either([Int])
  /// Nobody that is known.
  case nobody
}
