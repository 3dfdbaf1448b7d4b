import Console
import Documents
import Generator
import Review
import Traffic

/// Shows what was seen, what was lost, and what nobody can be named for.
struct StatusCommand: Command {
  var talk = Talk()
  var source = SourceOptions()
  var namespaces = NamespaceOptions()
  var decisions = DecisionOptions()
  var form = Form.table

  /// How the status is shown.
  enum Form: String, CaseIterable, OptionValue {
    case table, json
  }

  static let name = "status"
  static let summary = "what was seen, lost, not attributed; how complete the learning is"
  static let detail = [
    """
    Who recorded, when, from which files, and what was missed on the way; how many edges and conversations are in each \
    bin, and how far they came; the reasons of everything not attributed, with the largest edges and the next step.
    """,
    """
    How complete the learning is nobody can tell from what was seen. What can be told is when needs were seen for the \
    first time: as long as hours teach new ones, go on. A job that runs once a week shows itself once a week.
    """,
  ]
  static let examples = [
    Example("is it time to generate", "netpol-learn status --ns payments"),
    Example("for scripts", "netpol-learn status -o json"),
  ]
  static var options: [Option<StatusCommand>] {
    [.value("-o", "--output", value: "FORM", to: \.form, "how the status is shown")]
  }
  static var groups: [[Option<StatusCommand>]] {
    [.group(\.decisions), .group(\.namespaces), .group(\.source)]
  }

  mutating func run(on terminal: inout Terminal) throws -> ExitCode {
    let kept = try Kept(source, on: &terminal)
    let decided = try Decided(at: decisions.accepted, beside: ReviewFolder())
    let all = decisions.learned(from: kept, decided)
    decided.tellExpired(on: &terminal)
    decided.tellUnseen(all, on: &terminal)
    let learned = all.about(try namespaces.chosen(among: all.knownNamespaces, isNeeded: false))
    let view = StatusView(
      status: Status(learned, of: kept.facts), inventory: kept.inventory, files: kept.files,
      path: source.store.path)
    switch form {
    case .table: view.show(on: &terminal)
    case .json: terminal.print(JSON.write(view.document, indented: true))
    }
    if all.everyEdge.isEmpty {
      terminal.say(
        "nothing is recorded in \(source.store.path)"
          + (source.since == nil && source.until == nil ? "" : " for that time"))
    }
    return kept.exitCode
  }
}
