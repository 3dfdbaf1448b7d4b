/// Reading documents of either kind.
public enum Document {
  /// The documents of a text, which its first character tells to be JSON or YAML, and of Kubernetes lists the items.
  ///
  /// Of each only the members that the shape wants are kept, and `kind` and `apiVersion`.
  public static func read(
    _ text: [UInt8], keeping shape: Shape = .all, limits: Limits = .manifests
  ) throws(DocumentError) -> [Node] {
    let source = try SourceText(text, limit: limits.bytes)
    guard isJSON(source) else {
      let wanted = shape.union(KubernetesList.naming)
      return try YAML.read(text, limits: limits).flatMap(KubernetesList.flatten).map { $0.keeping(wanted) }
    }
    var stream = try JSONStream(text, keeping: shape, limits: limits)
    var documents: [Node] = []
    while let node = try stream.next() { documents.append(node) }
    return documents
  }

  static func isJSON(_ text: SourceText) -> Bool {
    let first = text.bytes[text.start...].first { !" \t\r\n".utf8.contains($0) }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }
}
