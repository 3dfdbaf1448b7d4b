import Kubernetes
import Traffic

extension Difference {
  /// The difference as a table for a pull request; what widens is in bold.
  public var markdown: String {
    guard !isEmpty else {
      return Self.noDifference.prefix(1).uppercased() + Self.noDifference.dropFirst() + ".\n"
    }
    let head = "| change | from | to | before | after | why |\n|---|---|---|---|---|---|\n"
    let bundles = ChangeBundle.bundles(of: changes) { change in
      Row(
        kind: change.kind, widens: change.widens, before: change.before, after: change.after,
        rules: change.causes.filter { $0.citation.rule != nil }, roles: Set(change.causes.map(\.role)),
        isSymbolic: change.isSymbolic, topology: change.topology, family: change.family)
    }
    let rows = bundles.map { bundle in
      let row = bundle.key
      let kind = row.widens ? "**\(row.kind.rawValue)**" : row.kind.rawValue
      let beside = [
        row.family.map { "over \($0)" } ?? "", row.isSymbolic ? "for pods that may come" : row.topology.words,
      ].filter { !$0.isEmpty }
      return Self.line([
        ([kind] + beside).joined(separator: ", "), Self.code(ChangeWords.names(bundle.sources)),
        Self.code(ChangeWords.names(bundle.targets)), Self.code(ChangeWords.ports(row.before)),
        Self.code(ChangeWords.ports(row.after)),
        Self.code(ChangeWords.causes(bundle.changes.flatMap(\.causes))),
      ])
    }
    let doubts = undecided.map { doubt in
      Self.line(["**not decided**", "", "", "", "", Self.code(ChangeWords.causes(doubt.causes))])
    }
    return head + (rows + doubts).joined()
  }

  private struct Row: Hashable {
    let kind: Change.Kind
    let widens: Bool
    let before: PortSet
    let after: PortSet
    let rules: [Change.Cause]
    let roles: Set<Change.Role>
    let isSymbolic: Bool
    let topology: Topology
    let family: Family?
  }

  private static func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }

  /// Text that Markdown takes as it stands, within a cell.
  private static func code(_ text: String) -> String {
    guard !text.isEmpty else { return "" }
    // By scalar: a mark that combines with a backtick makes one character of both, which Markdown doesn't.
    var safe = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "|": safe += "\\|"
      case "`": safe += "'"
      default: safe.unicodeScalars.append(scalar)
      }
    }
    return "`" + safe + "`"
  }
}
