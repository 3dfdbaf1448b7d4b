import Console
import FlowStore

/// What is said about a store itself.
enum StoreTalk {
  /// Says that a store was looked through, where its last writer did not close it.
  static func tellOpening(_ wasLeftOpen: Bool, of path: String, on terminal: inout Terminal) {
    guard wasLeftOpen else { return }
    terminal.say("checked", "\(path), which its last writer did not close: nothing in it is broken")
  }

  /// Says which rows were refused, and what that means for the end of the run.
  static func exitCode(
    _ refusals: [RefusedRows], of path: String, on terminal: inout Terminal
  ) -> ExitCode {
    let count = refusals.reduce(0) { $0 + $1.count }
    guard count > 0 else { return .done }
    terminal.warn(
      count == 1
        ? "1 row of `\(path)` is not what was written, or makes no sense, and was left out"
        : "\(count.grouped) rows of `\(path)` are not what was written, or make no sense, and were left out",
      detail: refusals.flatMap(lines),
      hint:
        "the disk failed, or something else wrote into the store; what came from capture files can be learned anew"
    )
    return .input
  }

  /// The rows of a table, a line each for the first of them, and how many more there are.
  private static func lines(_ refused: RefusedRows) -> [String] {
    let more = refused.count - refused.keys.count
    return refused.keys.map { "\(refused.table): \($0)" }
      + (more > 0 ? ["\(refused.table): \(more.grouped) more"] : [])
  }
}
