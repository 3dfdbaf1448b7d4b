/// What a store forgot, because it is old.
public struct Forgotten: Hashable, Sendable {
  /// How many facts.
  public let facts: Int64
  /// How many names with an address.
  public let names: Int64
  /// How many counts of what was missed.
  public let losses: Int64
  /// How many stretches in which nothing was recorded.
  public let gaps: Int64
}
