public import Documents

/// A label whose name stands without quotes, so that YAML reads another name: `on` is read as `true`.
///
/// The API server takes an object with such a label, so it counts as it is read; but it is hardly what was meant.
public struct RenamedLabel: Hashable, Sendable {
  /// The kind of the object.
  public let kind: String
  /// The name of the object.
  public let object: String
  /// The path of the labels that it is one of.
  public let field: String
  /// How it is written.
  public let spelling: String
  /// How it is read.
  public let name: String
  /// Where it stands.
  public let position: Position?
}

extension RenamedLabel {
  /// The words for people.
  public var message: String {
    "the label \(PolicyFlaw.quoted(spelling)) in `\(field)` of \(kind) `\(object)` stands without quotes, and YAML reads its name as `\(name)`"
  }

  /// What to do about it.
  public var hint: String { "put it in quotes" }

  /// The renamed labels of an object, its own and those that it asks for.
  static func all(in object: Node) -> [RenamedLabel] {
    all(beneath: object, Self.labels, path: "").map { member, path in
      RenamedLabel(
        kind: object["kind"]?.string ?? "", object: object[["metadata", "name"]]?.string ?? "", field: path,
        spelling: member.spelling ?? member.key, name: member.key, position: member.position)
    }
  }

  private static func all(
    beneath node: Node, _ wanted: Shape, path: String
  ) -> [(member: Node.Member, path: String)] {
    switch node.value {
    case .null, .bool, .number, .string: []
    case .sequence(let nodes):
      nodes.enumerated().flatMap { all(beneath: $1, wanted, path: "\(path)[\($0)]") }
    case .mapping(let members):
      members.flatMap { member -> [(member: Node.Member, path: String)] in
        guard let inner = wanted[member.key] else { return [] }
        let isRenamed = member.spelling.map { $0 != member.key } ?? false
        let inside = path.isEmpty ? member.key : "\(path).\(member.key)"
        return (isRenamed ? [(member, path)] : []) + all(beneath: member.value, inner, path: inside)
      }
    }
  }

  /// Where labels stand in the objects that are read.
  private static let labels: Shape = [
    "metadata": ["labels": .all],
    "spec": [
      "podSelector": .all, "ingress": ["from": peer], "egress": ["to": peer],
      "selector": .all, "template": template,
      "jobTemplate": ["spec": ["selector": .all, "template": template]],
    ],
  ]

  private static let peer: Shape = ["namespaceSelector": .all, "podSelector": .all]
  private static let template: Shape = ["metadata": ["labels": .all]]
}
