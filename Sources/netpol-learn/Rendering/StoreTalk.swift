import Console
import FlowStore
import Traffic

/// What is said about a store itself.
enum StoreTalk {
  /// Says that a store was looked through, where its last writer did not close it.
  static func tellOpening(_ wasLeftOpen: Bool, of path: String, on terminal: inout Terminal) {
    guard wasLeftOpen else { return }
    terminal.say("checked", "\(path), which its last writer did not close: nothing in it is broken")
  }

  /// Says from which hours nothing is counted back, because they stand alone.
  static func tellAlone(_ hours: LastHours, in path: String, on terminal: inout Terminal) {
    guard let last = hours.last, let first = hours.alone.first else { return }
    let (begin, next) = (Instant(seconds: last * 3600), Instant(seconds: first * 3600))
    let distance = Rounded.duration(seconds: next.seconds(since: begin))
    terminal.warn(
      "`\(path)` holds a few facts of \(listed(hours.alone)), \(distance) after all others: times are counted back from "
        + "\(begin)",
      hint:
        "a clock was wrong, and `--until \(begin.advanced(bySeconds: 3600))` leaves them out; or it was right, and "
        + "they count when more follows")
  }

  private static func listed(_ hours: [Int64]) -> String {
    hours.map { Instant(seconds: $0 * 3600).description }.joined(separator: ", ")
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
