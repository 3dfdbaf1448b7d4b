import Console
import Documents
import Generator
import Review

/// What people decided, as the review file at `--accept` says.
struct Decided {
  /// The file; nil where none is named.
  let file: ReviewFile?
  private let path: String

  /// Reads the file.
  init(at path: String?) throws {
    self.path = path ?? ""
    guard let path else {
      file = nil
      return
    }
    let input = try InputFile(at: path, limit: 64 << 20)
    do {
      file = try ReviewFile(input.bytes)
    } catch {
      throw Self.complaint(error, in: path, wanted: "review file")
    }
  }

  /// What holds today.
  var decisions: Decisions { file?.decisions(on: Today.day) ?? Decisions() }

  /// Says which decisions no longer hold.
  func tellExpired(on terminal: inout Terminal) {
    let expired = file?.expired(on: Today.day) ?? []
    guard !expired.isEmpty else { return }
    terminal.warn(
      "\(expired.count.counted("decision")) in `\(path)` \(expired.count == 1 ? "has" : "have") expired, and \(expired.count == 1 ? "counts" : "count") as open",
      detail: Self.listed(expired.map { "\($0.edge): until \($0.said.expires.map(\.description) ?? "")" }),
      hint: "set `expires` to a later day, or leave it empty")
  }

  /// Says which decisions make no difference.
  func tellIdle(_ learned: Learned, _ plan: Plan, on terminal: inout Terminal) {
    guard let file else { return }
    let unseen = file.unseen(in: learned)
    if !unseen.isEmpty {
      terminal.warn(
        "\(unseen.count.counted("decision")) in `\(path)` \(unseen.count == 1 ? "matches" : "match") no edge that was seen",
        detail: Self.listed(unseen.map(\.description)),
        hint: "remove what is not needed any more; `netpol-learn flows` shows what was seen")
    }
    let idle = file.idle(in: learned, plan)
    if !idle.isEmpty {
      terminal.warn(
        "\(idle.count.counted("decision")) in `\(path)` \(idle.count == 1 ? "changes" : "change") nothing: what is needed is let through without, and no `reject` cuts it",
        detail: Self.listed(idle.map(\.description)))
    }
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
