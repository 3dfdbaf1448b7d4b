/// Reading documents of either kind.
public enum Document {
  /// The documents of a text, which its first character tells to be JSON or YAML, and of Kubernetes lists the items.
  ///
  /// Of each only the members that the shape wants are kept, and `kind` and `apiVersion`.
  public static func read(
    _ text: [UInt8], keeping shape: Shape = .all, limits: Limits = .manifests
  ) throws(DocumentError) -> [Node] {
    var stream = try DocumentStream(text, keeping: shape, limits: limits)
    var documents: [Node] = []
    while let node = try stream.next() { documents.append(node) }
    return documents
  }
}
