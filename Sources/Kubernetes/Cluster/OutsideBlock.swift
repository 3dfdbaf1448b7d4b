import Documents
public import Traffic

/// Addresses of which somebody said that they are nobody's of the cluster, though they lie among those of pods or
/// Services.
///
/// Where machines tell no block for their pods, what lies around pods counts as theirs. A database in the same network is
/// told from a pod that nobody listed by nothing but a person's word.
public struct OutsideBlock: Hashable, Sendable {
  /// What people call it.
  public var meta: ObjectMeta
  /// The addresses.
  public var block: Prefix

  /// The kind that a table of addresses gives it; Kubernetes has none.
  static let kind = "External"
}

extension OutsideBlock {
  /// What a store kept; nil where that has no block.
  init?(_ object: Node, meta: ObjectMeta) {
    guard let block = object[["spec", "cidr"]]?.string.flatMap({ Prefix($0) }) else { return nil }
    self.meta = meta
    self.block = block
  }

  var node: Node {
    Node(kept: [
      ("kind", .string(Self.kind)), ("metadata", meta.node),
      ("spec", .mapping(["cidr": .string(block.description)])),
    ])
  }
}
