import Console
import FlowStore
import Glibc

/// Saves what was learned, and tries again for as long as a full disk or another process is in the way.
struct Saving {
  /// What waits to be saved, in words.
  let load: String
  /// The store, as people named it.
  let path: String
  /// How long it is tried; nil where what is lost can't be had again.
  let patience: Duration?
  /// What time it is.
  var now: () -> ContinuousClock.Instant = { .now }
  /// Lets a second pass.
  var wait: () -> Void = { _ = sleep(1) }

  /// What can be read again is not waited for long: whoever started the run wants to know.
  static let patienceWithFiles = Duration.seconds(60)

  /// Does it, again and again; what is neither the disk's nor another process's matter is thrown at once.
  func run<Value>(
    on terminal: inout Terminal, _ body: () throws(StoreError) -> Value
  ) throws -> Value {
    let start = now()
    var told: ContinuousClock.Instant?
    while true {
      do throws(StoreError) {
        let value = try body()
        if told != nil { terminal.say("saved", "\(load) in \(path) after all") }
        return value
      } catch {
        guard error == .full(path: path) || error == .busy(path: path) else { throw error }
        let passed = start.duration(to: now())
        if let patience, passed >= patience {
          throw Complaint(
            error.message,
            detail: ["\(load) could not be saved in \(passed.components.seconds) s"],
            hint: error.hint, exitCode: .machine)
        }
        if told.map({ $0.duration(to: now()) >= .seconds(60) }) ?? true {
          told = now()
          terminal.warn(
            "\(error.message), and \(load) could not be saved so far", hint: "it is tried again each second")
        }
        wait()
      }
    }
  }
}
