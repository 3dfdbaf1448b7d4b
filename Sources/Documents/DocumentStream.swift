/// Reads the documents of a text of either kind one by one, and of Kubernetes lists the items.
///
/// The first character tells JSON from YAML. Of JSON no more is held than one item and the piece of the text it ends
/// in; of YAML the text and one document.
public struct DocumentStream: ~Copyable {
  private var json: JSONStream?
  private var yaml: YAMLComposer?
  /// Items of a list in YAML that were not handed out yet, last first.
  private var items: [Node] = []
  private var opened = 0
  private var listOfItems: Int?
  /// What is wanted of YAML, which is read whole and cut down to it.
  private let wanted: Shape

  /// The documents of a text that comes in pieces, wherever they end; nil ends it.
  ///
  /// Of each document only the members that the shape wants are kept, and `kind` and `apiVersion`. A source that
  /// fails ends the text, and must be asked why by whoever made it.
  public init(
    pieces: @escaping () -> [UInt8]?, keeping shape: Shape = .all, limits: Limits = .cluster
  ) throws(DocumentError) {
    try self.init(TextPieces(limit: limits.bytes, from: pieces), keeping: shape, limits: limits)
  }

  /// The documents of a text that is there as a whole.
  public init(_ text: [UInt8], keeping shape: Shape = .all, limits: Limits) throws(DocumentError) {
    try self.init(TextPieces(text, limit: limits.bytes), keeping: shape, limits: limits)
  }

  private init(_ pieces: TextPieces, keeping shape: Shape, limits: Limits) throws(DocumentError) {
    wanted = shape.union(KubernetesList.naming)
    json = nil
    yaml = nil
    var pieces = pieces
    var start = 0
    let beginning = try pieces.beginning { text in
      // Half a mark is none yet.
      if text.count < Self.mark.count, Self.mark.starts(with: text) { return false }
      if start == 0, text.starts(with: Self.mark) { start = Self.mark.count }
      start = text[start...].firstIndex { !" \t\r\n".utf8.contains($0) } ?? text.count
      return start < text.count
    }
    let first = start < beginning.count ? beginning[start] : nil
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
      json = try JSONStream(pieces, keeping: shape, limits: limits)
    } else {
      yaml = try YAMLComposer(pieces.all(), limits: limits)
    }
  }

  /// Which list of the text the last document was in, the outermost one, from 0; nil for one that stands alone.
  public var list: Int? { isYAML ? listOfItems : json?.list }

  /// Whether the text is YAML, in which names and texts may stand without quotes.
  public var isYAML: Bool { yaml != nil }

  /// The next document; nil at the end of the text.
  public mutating func next() throws(DocumentError) -> Node? {
    if let node = try json?.next() { return node }
    while items.isEmpty, let document = try yaml?.next() {
      items = KubernetesList.flatten(document).reversed()
      listOfItems = KubernetesList.isList(document) ? opened : nil
      if listOfItems != nil { opened += 1 }
    }
    return items.popLast()?.keeping(wanted)
  }

  /// U+FEFF in UTF-8, which editors leave at the start of a text.
  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
}
