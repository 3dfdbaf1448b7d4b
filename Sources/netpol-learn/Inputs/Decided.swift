import Console
import Documents
import Generator
import Kubernetes
import Review

/// What people decided, as the review files say that are named at `--accept` and that stand where is written to.
struct Decided {
  /// All files as one; nil where there is none.
  let file: ReviewFile?
  /// Where it is decided about an edge.
  private let places: [EdgeName: Origin]
  /// The files that stand where is written to, and are read though nobody named them.
  private let found: Set<String>

  /// Reads the files that are named; two that say different things of one edge are refused.
  init(at named: [String], beside folder: ReviewFolder) throws {
    var files = folder.all
    found = Set(files.flatMap(\.entries).compactMap(\.origin?.file))
    for path in named {
      let input = try InputFile(at: path, limit: 64 << 20)
      // Who names a file that is read anyway means it once.
      guard !folder.counts(input.bytes) else { continue }
      do {
        files.append(try ReviewFile(input.bytes, file: path))
      } catch {
        throw Self.complaint(error, in: path, wanted: "review file")
      }
    }
    let union = ReviewUnion(files)
    guard union.contradictions.isEmpty else {
      throw Complaint(
        "review files say different things of \(Set(union.contradictions.map(\.edge)).count.counted("edge"))",
        detail: Self.listed(union.contradictions.map(\.message)),
        hint: "let one of them say it, or both the same", exitCode: .input)
    }
    file = files.isEmpty ? nil : union.file
    let answered = files.flatMap(\.entries).filter { $0.said.answer != nil }
    places = Dictionary(
      answered.compactMap { entry in entry.origin.map { (entry.edge, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// What holds today.
  var decisions: Decisions { file?.decisions(on: Today.day) ?? Decisions() }

  /// Says which decisions count though no option names their file.
  func tellFound(on terminal: inout Terminal) {
    let decisions = decisions
    let edges = decisions.names.filter { places[$0].map { found.contains($0.file) } ?? false }
    guard !edges.isEmpty else { return }
    let answers = Decision.Answer.allCases.compactMap { answer in
      let count = written(edges.filter { decisions[$0]?.answer == answer }).count
      return count == 0 ? nil : "\(count.grouped) \(answer.rawValue)ed"
    }
    let files = Set(edges.compactMap { places[$0]?.file }).sorted()
    terminal.say("decided", "\(answers.joined(separator: ", ")) in \(files.joined(separator: ", "))")
  }

  /// Says which decisions no longer hold.
  func tellExpired(on terminal: inout Terminal) {
    let expired = file?.expired(on: Today.day) ?? []
    let days = Dictionary(
      expired.map { ($0.edge, $0.said.expires) }, uniquingKeysWith: { first, _ in first })
    warn(
      written(expired.map(\.edge)), "has expired, and counts as open", "have expired, and count as open",
      hint: "set `expires` to a later day, or leave it empty", on: &terminal
    ) { decision in
      ": until \(decision.edges.first.flatMap { days[$0] ?? nil }.map(\.description) ?? "")"
    }
  }

  /// Says which decisions are about nothing that was seen.
  func tellUnseen(_ learned: Learned, on terminal: inout Terminal) {
    warn(
      written(file?.unseen(in: learned) ?? []), "matches no edge that was seen",
      "match no edge that was seen",
      hint:
        "mend `client`, `server`, `port`, `protocol` or `direction` there, or remove what is not needed any more; `netpol-learn flows` shows what was seen",
      on: &terminal
    ) { decision in decision.origin.map { ", at \($0)" } ?? "" }
  }

  /// Says which decisions make no difference.
  func tellIdle(_ learned: Learned, _ plan: Plan, on terminal: inout Terminal) {
    let words = "nothing: what is needed is let through without, and no `reject` cuts it"
    warn(
      written(file?.idle(in: learned, plan) ?? []), "changes \(words)", "change \(words)", hint: nil,
      on: &terminal
    ) { _ in "" }
  }

  private func written(_ edges: [EdgeName]) -> [WrittenDecision] {
    WrittenDecision.about(edges, at: places)
  }

  private func warn(
    _ decisions: [WrittenDecision], _ one: String, _ several: String, hint: String?,
    on terminal: inout Terminal, beside: (WrittenDecision) -> String
  ) {
    guard !decisions.isEmpty else { return }
    let files = Set(decisions.compactMap(\.origin?.file)).sorted().map { "`\($0)`" }
    terminal.warn(
      "\(decisions.count.counted("decision")) in \(files.joined(separator: ", ")) \(decisions.count == 1 ? one : several)",
      detail: Self.listed(decisions.map { $0.description + beside($0) }), hint: hint)
  }

  /// A file of ours that makes no sense, with its place.
  static func complaint(_ error: OwnFileError, in file: String, wanted: String) -> Complaint {
    let place = error.position.map { ":\($0.line)" } ?? ""
    return Complaint(
      "`\(file)\(place)` is no \(wanted): \(error.message)", hint: error.hint, exitCode: .input)
  }

  private static func listed(_ lines: [String]) -> [String] {
    lines.prefix(10) + (lines.count > 10 ? ["and \((lines.count - 10).grouped) more"] : [])
  }
}
