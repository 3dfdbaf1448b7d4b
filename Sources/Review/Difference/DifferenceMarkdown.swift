import Kubernetes

extension Difference {
  /// The difference as a table for a pull request; what widens is in bold.
  public var markdown: String {
    guard !isEmpty else { return "No difference: both let the same through.\n" }
    let head = "| change | from | to | before | after | why |\n|---|---|---|---|---|---|\n"
    let bundles = ChangeBundle.bundles(of: changes) { change in
      Row(
        kind: change.kind, widens: change.widens, before: change.before, after: change.after,
        rules: change.causes.filter { $0.citation.rule != nil }, roles: Set(change.causes.map(\.role)))
    }
    return head
      + bundles.map { bundle in
        let row = bundle.key
        let kind = row.widens ? "**\(row.kind.rawValue)**" : row.kind.rawValue
        let cells = [
          kind, Self.code(ChangeWords.names(bundle.sources)), Self.code(ChangeWords.names(bundle.targets)),
          Self.code(ChangeWords.ports(row.before)), Self.code(ChangeWords.ports(row.after)),
          Self.code(ChangeWords.causes(bundle.changes.flatMap(\.causes))),
        ]
        return "| " + cells.joined(separator: " | ") + " |\n"
      }.joined()
  }

  private struct Row: Hashable {
    let kind: Change.Kind
    let widens: Bool
    let before: PortSet
    let after: PortSet
    let rules: [Change.Cause]
    let roles: Set<Change.Role>
  }

  /// Text that Markdown takes as it stands, within a cell.
  private static func code(_ text: String) -> String {
    let safe = text.map { character in
      switch character {
      case "|": "\\|"
      case "`": "'"
      default: String(character)
      }
    }
    return "`" + safe.joined() + "`"
  }
}
