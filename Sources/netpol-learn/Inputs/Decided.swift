import Console
import Documents
import Generator
import Kubernetes
import Review

/// What people decided, as the review files say that are named at `--accept` and that stand where is written to.
struct Decided {
  /// All files as one; nil where there is none.
  let file: ReviewFile?
  /// Which file decides about an edge.
  private let places: [EdgeName: String]
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
      answered.compactMap { entry in entry.origin.map { (entry.edge, $0.file) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// What holds today.
  var decisions: Decisions { file?.decisions(on: Today.day) ?? Decisions() }

  /// Says which decisions count though no option names their file.
  func tellFound(on terminal: inout Terminal) {
    let decisions = decisions
    let edges = decisions.names.filter { places[$0].map(found.contains) ?? false }
    guard !edges.isEmpty else { return }
    let answers = Decision.Answer.allCases.compactMap { answer in
      let count = edges.count { decisions[$0]?.answer == answer }
      return count == 0 ? nil : "\(count.grouped) \(answer.rawValue)ed"
    }
    terminal.say(
      "decided", "\(answers.joined(separator: ", ")) in \(files(of: edges).joined(separator: ", "))")
  }

  /// Says which decisions no longer hold.
  func tellExpired(on terminal: inout Terminal) {
    let expired = file?.expired(on: Today.day) ?? []
    guard !expired.isEmpty else { return }
    terminal.warn(
      "\(expired.count.counted("decision")) in \(quoted(expired.map(\.edge))) \(expired.count == 1 ? "has" : "have") expired, and \(expired.count == 1 ? "counts" : "count") as open",
      detail: Self.listed(expired.map { "\($0.edge): until \($0.said.expires.map(\.description) ?? "")" }),
      hint: "set `expires` to a later day, or leave it empty")
  }

  /// Says which decisions are about nothing that was seen.
  func tellUnseen(_ learned: Learned, on terminal: inout Terminal) {
    let unseen = file?.unseen(in: learned) ?? []
    if !unseen.isEmpty {
      terminal.warn(
        "\(unseen.count.counted("decision")) in \(quoted(unseen)) \(unseen.count == 1 ? "matches" : "match") no edge that was seen",
        detail: Self.listed(unseen.map(\.description)),
        hint: "remove what is not needed any more; `netpol-learn flows` shows what was seen")
    }
  }

  /// Says which decisions make no difference.
  func tellIdle(_ learned: Learned, _ plan: Plan, on terminal: inout Terminal) {
    let idle = file?.idle(in: learned, plan) ?? []
    if !idle.isEmpty {
      terminal.warn(
        "\(idle.count.counted("decision")) in \(quoted(idle)) \(idle.count == 1 ? "changes" : "change") nothing: what is needed is let through without, and no `reject` cuts it",
        detail: Self.listed(idle.map(\.description)))
    }
  }

  /// A file of ours that makes no sense, with its place.
  static func complaint(_ error: OwnFileError, in file: String, wanted: String) -> Complaint {
    let place = error.position.map { ":\($0.line)" } ?? ""
    return Complaint(
      "`\(file)\(place)` is no \(wanted): \(error.message)", hint: error.hint, exitCode: .input)
  }

  /// The files that decide about some edges.
  private func files(of edges: [EdgeName]) -> [String] { Set(edges.compactMap { places[$0] }).sorted() }

  private func quoted(_ edges: [EdgeName]) -> String {
    files(of: edges).map { "`\($0)`" }.joined(separator: ", ")
  }

  private static func listed(_ lines: [String]) -> [String] {
    lines.prefix(10) + (lines.count > 10 ? ["and \((lines.count - 10).grouped) more"] : [])
  }
}
