/// Builds nodes from a JSON text, a value at a time, and passes over what nobody wants.
struct JSONReader {
  /// Where it reads.
  var cursor: JSONCursor
  private let limits: Limits
  private let shapes: ShapeTable
  private var nodes = 0

  /// A reader at the beginning of a text.
  init(_ pieces: TextPieces, keeping shape: Shape, limits: Limits) throws(DocumentError) {
    var pieces = pieces
    let start = try SourceText(beginning: &pieces)
    cursor = JSONCursor(start, followedBy: pieces)
    shapes = ShapeTable(shape)
    self.limits = limits
  }

  /// Whether only white space is left.
  mutating func isAtEnd() throws(DocumentError) -> Bool { try cursor.peek() == nil }

  /// The whole shape wanted.
  var root: ShapeTable.Index { shapes.root }

  /// What is wanted of the member with this name; nil for nothing.
  func shape(of name: String, in shape: ShapeTable.Index) -> ShapeTable.Index? {
    shapes.member(of: shape, named: name)
  }
}

// Values.
extension JSONReader {
  /// The next value, which stands within so many others.
  mutating func value(keeping shape: ShapeTable.Index, depth: Int = 0) throws(DocumentError) -> Node {
    let first = try cursor.peek()
    let position = cursor.position
    nodes += 1
    guard nodes <= limits.nodes else { throw DocumentError(.tooManyNodes(limit: limits.nodes), at: position) }
    switch first {
    case UInt8(ascii: "{"):
      return Node(.mapping(try members(keeping: shape, depth: depth + 1)), at: position)
    case UInt8(ascii: "["):
      var nodes: [Node] = []
      try begin(depth: depth + 1)
      while try next(nodes.isEmpty, before: "]") { nodes.append(try value(keeping: shape, depth: depth + 1)) }
      return Node(.sequence(nodes), at: position)
    case UInt8(ascii: "\""):
      let span = try cursor.string()
      return Node(.string(try cursor.text(of: span, at: position)), at: position)
    case UInt8(ascii: "t"):
      try cursor.word("true")
      return Node(.bool(true), at: position)
    case UInt8(ascii: "f"):
      try cursor.word("false")
      return Node(.bool(false), at: position)
    case UInt8(ascii: "n"):
      try cursor.word("null")
      return Node(.null, at: position)
    case UInt8(ascii: "-"), .some(UInt8(ascii: "0")...UInt8(ascii: "9")):
      let span = try cursor.number()
      return Node(.number(try cursor.text(of: span, at: position)), at: position)
    default: throw cursor.unexpected("a value")
    }
  }

  private mutating func members(
    keeping shape: ShapeTable.Index, depth: Int
  ) throws(DocumentError) -> [Node.Member] {
    var members = MemberList()
    var isFirst = true
    try begin(depth: depth)
    while try next(isFirst, before: "}") {
      isFirst = false
      let (span, position) = try name()
      let wanted: (text: String, shape: ShapeTable.Index)?
      if shape != .all, !span.hasEscapes {
        wanted = shapes.member(of: shape, named: cursor.bytes, from: span.start, to: span.end)
      } else {
        let text = try cursor.text(of: span, at: position)
        wanted = shapes.member(of: shape, named: text).map { (text, $0) }
      }
      try cursor.expect(":")
      if let wanted {
        let node = try value(keeping: wanted.shape, depth: depth)
        try members.add(Node.Member(wanted.text, node, at: position))
      } else {
        try skip(depth: depth)
      }
    }
    return members.members
  }

  /// Passes over the next value, which stands within so many others; only its grammar is checked.
  mutating func skip(depth: Int) throws(DocumentError) {
    var isFirst = true
    switch try cursor.peek() {
    case UInt8(ascii: "{"):
      try begin(depth: depth + 1)
      while try next(isFirst, before: "}") {
        isFirst = false
        _ = try name()
        try cursor.expect(":")
        try skip(depth: depth + 1)
      }
    case UInt8(ascii: "["):
      try begin(depth: depth + 1)
      while try next(isFirst, before: "]") {
        isFirst = false
        try skip(depth: depth + 1)
      }
    case UInt8(ascii: "\""): _ = try cursor.string()
    case UInt8(ascii: "t"): try cursor.word("true")
    case UInt8(ascii: "f"): try cursor.word("false")
    case UInt8(ascii: "n"): try cursor.word("null")
    case UInt8(ascii: "-"), .some(UInt8(ascii: "0")...UInt8(ascii: "9")): _ = try cursor.number()
    default: throw cursor.unexpected("a value")
    }
  }
}

// Steps within objects and arrays.
extension JSONReader {
  /// Steps over the bracket that opens level `depth`.
  mutating func begin(depth: Int) throws(DocumentError) {
    guard depth <= limits.depth else {
      throw DocumentError(.tooDeep(limit: limits.depth), at: cursor.position)
    }
    cursor.step()
  }

  /// Whether another element comes before the closing bracket; steps over what stands between.
  mutating func next(_ isFirst: Bool, before close: Unicode.Scalar) throws(DocumentError) -> Bool {
    guard let byte = try cursor.peek() else { throw cursor.unexpected("`\(close)`") }
    if UInt32(byte) == close.value {
      cursor.step()
      return false
    }
    if isFirst { return true }
    guard byte == UInt8(ascii: ",") else { throw cursor.unexpected("`,` or `\(close)`") }
    cursor.step()
    return true
  }

  /// Steps over a member's name, but not over the colon behind it.
  mutating func name() throws(DocumentError) -> (span: JSONCursor.Span, position: Position) {
    guard try cursor.peek() == UInt8(ascii: "\"") else { throw cursor.unexpected("a name in quotes") }
    let position = cursor.position
    return (try cursor.string(), position)
  }
}
