/// A scalar as it stands in a YAML text.
struct YAMLScalar {
  var text: String
  var tag: String?
  /// Whether it has neither quotes nor a tag, so that its spelling says what it is.
  var isPlain: Bool

  /// Whether it is a merge key, when it names a member.
  var isMerge: Bool { text == "<<" && (isPlain || tag == Self.core + "merge") }

  /// What it says, as kubectl takes tags: those of YAML's core are binding, others mean text.
  func node(at position: Position) throws(DocumentError) -> Node {
    if isPlain { return try resolved(at: position) }
    guard let tag, tag.hasPrefix(Self.core) else { return Node(.string(text), at: position) }
    let kind = tag.dropFirst(Self.core.count)
    switch kind {
    case "bool", "int", "float", "null":
      let node = try resolved(at: position)
      guard Self.fits(PlainScalar(text), kind: kind) else { throw mistagged(kind, at: position) }
      return node
    case "timestamp":
      guard YAMLTime.matches(text) else { throw mistagged(kind, at: position) }
      return Node(.string(text), at: position)
    case "binary":
      guard let decoded = Base64.text(of: text) else { throw mistagged(kind, at: position) }
      return Node(.string(decoded), at: position)
    default: return Node(.string(text), at: position)
    }
  }

  private static let core = "tag:yaml.org,2002:"

  private func mistagged(_ kind: Substring, at position: Position) -> DocumentError {
    DocumentError(.mistagged(text, tag: "!!" + kind), at: position)
  }

  private static func fits(_ scalar: PlainScalar, kind: Substring) -> Bool {
    switch scalar {
    case .bool: kind == "bool"
    case .null: kind == "null"
    case .integer: kind == "int" || kind == "float"
    case .float: kind == "float"
    case .notFinite, .merge, .text: false
    }
  }

  /// What its spelling says it is.
  private func resolved(at position: Position) throws(DocumentError) -> Node {
    switch PlainScalar(text) {
    case .text, .merge:
      var node = Node(.string(text), at: position)
      if Ambiguity.misreading(of: text) != nil { node.spelling = text }
      return node
    case .notFinite: throw DocumentError(.notFinite(text), at: position)
    case .null: return spelled(.null, as: "null", at: position)
    case .bool(let claim): return spelled(.bool(claim), as: claim ? "true" : "false", at: position)
    case .integer(let number): return spelled(.number(number), as: number, at: position)
    case .float(let number):
      let json = FloatText(number).json
      return spelled(.number(json), as: json, at: position)
    }
  }

  /// A node that remembers how it was spelled, if JSON spells it another way.
  private func spelled(_ value: Node.Value, as json: String, at position: Position) -> Node {
    var node = Node(value, at: position)
    if text != json { node.spelling = text }
    return node
  }
}

extension Node {
  /// The text of a member's name, as sigs.k8s.io/yaml makes it of a node, and its spelling where not every reader takes
  /// it for that.
  func name(at position: Position) throws(DocumentError) -> (text: String, spelling: String?) {
    switch value {
    case .string(let text): return (text, spelling)
    case .bool(let claim): return (claim ? "true" : "false", spelling ?? (claim ? "true" : "false"))
    case .number(let number):
      let spelling = spelling ?? number
      switch PlainScalar(spelling) {
      // sigs.k8s.io/yaml names such a member by the 32 bits nearest to it.
      case .float(let value) where Float(value).isFinite: return (FloatText(Float(value)).general, spelling)
      case .integer(let digits) where Int64(digits) != nil: return (digits, spelling)
      default: throw DocumentError(.nameless("a number beyond 64 bits"), at: position)
      }
    case .null: throw DocumentError(.nameless("null"), at: position)
    case .sequence: throw DocumentError(.nameless("a sequence"), at: position)
    case .mapping: throw DocumentError(.nameless("a mapping"), at: position)
    }
  }
}
