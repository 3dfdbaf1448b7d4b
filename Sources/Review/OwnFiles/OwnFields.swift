import Documents

/// A mapping in a file of ours, of which every member means something.
struct OwnFields {
  let node: Node

  /// A mapping with no other members than these.
  init(_ node: Node, called name: String, known: [String]) throws(OwnFileError) {
    guard let members = node.mapping else {
      throw .wrong(field: name, wanted: "a mapping", node.position)
    }
    for member in members where !known.contains(member.key) {
      throw .unknownField(member.key, known: known, member.position ?? member.value.position)
    }
    self.node = node
  }

  /// A file of this kind: its one document.
  init(_ text: [UInt8], kind: String, known: [String]) throws(OwnFileError) {
    let documents: [Node]
    do { documents = try YAML.read(text, limits: Self.limits) } catch { throw .text(error) }
    guard documents.count == 1, let document = documents.first else { throw .documents(documents.count) }
    guard document.mapping != nil else { throw .wrong(field: kind, wanted: "a mapping", document.position) }
    for (field, wanted) in [("kind", kind), ("apiVersion", Self.version)] {
      guard let found = document[field] else { continue }
      guard found.string == wanted else {
        throw .another(field: field, found: found.string ?? "", wanted: wanted, found.position)
      }
    }
    guard document["kind"] != nil else { throw .missing("kind", document.position) }
    try self.init(document, called: kind, known: ["apiVersion", "kind"] + known)
  }

  /// The version of all files of ours.
  static let version = "netpol-learn/v1"

  /// Far beyond what anybody fills in, for a scan may leave thousands of entries.
  private static let limits = Limits(bytes: 64 << 20, nodes: 8_000_000)

  /// The text of a member; nil where it is absent, null or empty.
  func text(_ name: String) throws(OwnFileError) -> String? {
    guard let member = node[name], !member.isNull else { return nil }
    guard let text = member.string else { throw .wrong(field: name, wanted: "text", member.position) }
    return text.isEmpty ? nil : text
  }

  /// The text of a member that must be there.
  func required(_ name: String) throws(OwnFileError) -> String {
    guard let text = try text(name) else { throw .missing(name, node[name]?.position ?? node.position) }
    return text
  }

  /// The elements of a list; none where it is absent or null.
  func list(_ name: String) throws(OwnFileError) -> [Node] {
    guard let member = node[name], !member.isNull else { return [] }
    guard let nodes = member.sequence else { throw .wrong(field: name, wanted: "a list", member.position) }
    return nodes
  }
}
