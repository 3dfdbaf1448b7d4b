import Documents

/// A field under reading: its node and the path that complaints call it by.
struct PolicyField {
  let node: Node
  let path: String

  /// A member of this field; nil where it is absent or null, which the API treats alike.
  subscript(_ name: String) -> PolicyField? {
    guard let member = node[name], !member.isNull else { return nil }
    return PolicyField(node: member, path: child(name))
  }

  /// The path of a member.
  func child(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
}
