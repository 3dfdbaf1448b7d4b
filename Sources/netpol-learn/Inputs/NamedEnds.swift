import Console
import Generator
import Kubernetes
import Traffic

/// The ends of edges that people mean by a text: by any name that `why` takes, as a table shows them, or all of a namespace.
struct NamedEnds {
  private let text: String
  private let ends: Set<End>

  /// Whom a text stands for; a text that is nobody's name is a mistake.
  init(_ text: String, in learned: Learned, homes: [String]) throws(Complaint) {
    let meaning = Meaning(learned, homes: homes)
    self.text = text
    ends = Set(meaning.anybody(text).doors.map(\.end))
    let isKnown =
      !ends.isEmpty || learned.knownNamespaces.contains(text) || learned.everyEdge.isEmpty
      || learned.everyEdge.contains { holds($0.client) || holds($0.server, $0.evidence.names) }
    guard isKnown else { throw Self.complaint(text, meaning.near(anybody: text)) }
  }

  /// Whether an end is meant, which was asked for by these names.
  func holds(_ end: End, _ names: [String] = []) -> Bool {
    ends.contains(end) || names.contains(text)
      || [end.description, end.namespace, end.workload?.name, end.address?.description].contains(text)
  }

  private static func complaint(_ text: String, _ near: NearNames) -> Complaint {
    Complaint(
      "nobody is called `\(text)`",
      hint: near.names.isEmpty
        ? "an end is a workload or a pod with its namespace, a namespace, an address, a name that was asked for, `node` or `apiserver`"
        : "did you mean \(near.names.map { "`\($0)`" }.joined(separator: " or "))?", exitCode: .usage)
  }
}
