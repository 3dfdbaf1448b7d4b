/// What one store brought into another.
public struct Share: Hashable, Sendable {
  /// The store, as it was named.
  public let path: String
  /// How many facts it holds.
  public var facts = 0
  /// How many names with an address.
  public var names = 0
  /// How many objects of the cluster.
  public var objects = 0
  /// What of it was refused, and so did not come along.
  public var refusals: [RefusedRows] = []

  /// Nothing yet.
  init(of path: String) { self.path = path }
}
