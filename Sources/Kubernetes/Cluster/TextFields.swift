import Documents

/// The fields of an object whose values the API server holds as text.
///
/// In a manifest people forget the quotes, and YAML reads `version: 1.10` as a number and `mesh: on` as true. The API
/// server refuses such an object, so one that was read without that label would be one that cannot be.
struct TextFields {
  /// A field that holds something else.
  struct Flaw {
    let field: String
    let node: Node
  }

  /// The first field that holds something else; nil where all are text, or left out.
  static func flaw(in object: Node, kind: String) -> Flaw? {
    for name in ["name", "namespace"] {
      if let node = object[["metadata", name]], !isText(node) {
        return Flaw(field: "metadata.\(name)", node: node)
      }
    }
    for path in labels(of: kind) {
      guard let labels = object[path], !labels.isNull else { continue }
      let field = path.joined(separator: ".")
      guard let members = labels.mapping else { return Flaw(field: field, node: labels) }
      if let member = members.first(where: { !isText($0.value) }) {
        return Flaw(field: "\(field).\(member.key)", node: member.value)
      }
    }
    return nil
  }

  /// Where an object of this kind holds labels; selectors of other forms are read by themselves.
  private static func labels(of kind: String) -> [[String]] {
    let own = [["metadata", "labels"]]
    return switch kind {
    case "Service": own + [["spec", "selector"]]
    case "CronJob": own + [["spec", "jobTemplate", "spec", "template", "metadata", "labels"]]
    case "ReplicationController": own + [["spec", "selector"], ["spec", "template", "metadata", "labels"]]
    case _ where Workload.kinds.contains(kind): own + [["spec", "template", "metadata", "labels"]]
    default: own
    }
  }

  /// A null is an empty text to the API server's decoder.
  private static func isText(_ node: Node) -> Bool { node.isNull || node.string != nil }
}
