/// How much of a text is read before it is refused.
public struct Limits: Hashable, Sendable {
  /// The most bytes.
  public var bytes: Int
  /// The most levels of sequences and mappings.
  public var depth: Int
  /// The most values that are kept, with those that aliases repeat.
  public var nodes: Int
  /// The most aliases.
  public var aliases: Int

  /// These limits.
  public init(bytes: Int, depth: Int = 64, nodes: Int, aliases: Int = 10_000) {
    self.bytes = bytes
    self.depth = depth
    self.nodes = nodes
    self.aliases = aliases
  }

  /// For files that people write.
  public static let manifests = Limits(bytes: 10 << 20, nodes: 100_000)

  /// For what a whole cluster prints.
  ///
  /// The bound on values is beyond any list of objects of that size, yet ends a file of aliases of aliases.
  public static let cluster = Limits(bytes: 2 << 30, nodes: 100_000_000)
}
