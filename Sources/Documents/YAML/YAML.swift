/// Reading and writing YAML.
public enum YAML {
  /// The documents of a text, as Kubernetes reads them; empty ones are passed over.
  ///
  /// Where kubectl keeps the last of two members with one name, this throws.
  public static func read(
    _ text: [UInt8], limits: Limits = .manifests
  ) throws(DocumentError) -> [Node] {
    var composer = try YAMLComposer(text, limits: limits)
    var documents: [Node] = []
    while let document = try composer.next() { documents.append(document) }
    return documents
  }

  /// The documents of a text that `write` made: what `read` gives, and sooner, because most such texts are plain.
  public static func reread(_ text: String) throws(DocumentError) -> [Node] {
    let bytes = Array(text.utf8)
    if let document = PlainBlocks.read(bytes) { return [document] }
    return try read(bytes)
  }

  /// The documents in Kustomize's normal form, members in the order given.
  ///
  /// Lists are not indented under their name, text is quoted only where some reader would take it for something
  /// else, and long text is folded at 80 columns, all as `kubectl kustomize` prints it. What a reviewer could not
  /// see is spelled out. Comments stand above their node.
  public static func write(_ documents: [Node]) -> String {
    var writer = YAMLWriter()
    for document in documents { writer.document(document) }
    return writer.text
  }
}
