/// Reading and writing JSON (RFC 8259).
public enum JSON {
  /// The one value of a text, with only the members that the shape wants.
  ///
  /// The rest is passed over, but its grammar is checked.
  public static func read(
    _ text: [UInt8], keeping shape: Shape = .all, limits: Limits = .manifests
  ) throws(DocumentError) -> Node {
    var reader = try JSONReader(TextPieces(text, limit: limits.bytes), keeping: shape, limits: limits)
    let node = try reader.value(keeping: reader.root)
    guard try reader.isAtEnd() else { throw reader.cursor.unexpected("the end of the text") }
    return node
  }

  /// Hands out the values of a text one by one, and of a Kubernetes list its items.
  ///
  /// See `JSONStream`, which lets its caller set the pace and throw what it likes.
  public static func readEach(
    in text: [UInt8], keeping shape: Shape = .all, limits: Limits = .cluster,
    _ body: (Node) throws(DocumentError) -> Void
  ) throws(DocumentError) {
    var stream = try JSONStream(text, keeping: shape, limits: limits)
    while let node = try stream.next() { try body(node) }
  }

  /// The text of a node, members in the order given.
  ///
  /// Indented by two spaces a level, or all on one line without spaces.
  public static func write(_ node: Node, indented: Bool = false) -> String {
    var writer = JSONWriter(isIndented: indented)
    writer.write(node, level: 0)
    return writer.text
  }
}
