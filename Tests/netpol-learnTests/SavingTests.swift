import Console
import FlowStore
import Testing

@testable import netpol_learn

@Suite("A full disk and another process are waited for")
struct SavingTests {
  /// A clock that goes on by a second at each wait.
  private final class Clock {
    var moment = ContinuousClock.now
  }

  private struct Run {
    var tries = 0
    var outcome: Result<Int, any Error> = .success(0)
    var talk = ""
    var seconds: Int64 = 0
  }

  private func run(
    patience: Duration?, _ answers: (Int) throws(StoreError) -> Int
  ) -> Run {
    let clock = Clock()
    let start = clock.moment
    let saving = Saving(
      load: "71 facts", path: "a.db", patience: patience, now: { clock.moment },
      wait: { clock.moment += .seconds(1) })
    var terminal = Terminal.inMemory()
    var run = Run()
    do {
      run.outcome = .success(
        try saving.run(on: &terminal) { () throws(StoreError) in
          run.tries += 1
          return try answers(run.tries)
        })
    } catch {
      run.outcome = .failure(error)
    }
    run.talk = terminal.error.text
    run.seconds = start.duration(to: clock.moment).components.seconds
    return run
  }

  @Test("what goes well is done once, and nothing is said")
  func fine() throws {
    let run = run(patience: nil) { _ in 7 }
    #expect(try run.outcome.get() == 7)
    #expect(run.tries == 1 && run.talk.isEmpty)
  }

  @Test(
    "it is tried each second and said once a minute, until there is room",
    arguments: [1, 59, 60, 61, 200, 4000])
  func resumes(failures: Int) throws {
    for error in [StoreError.full(path: "a.db"), .busy(path: "a.db")] {
      let run = run(patience: nil) { tries throws(StoreError) in
        if tries <= failures { throw error }
        return tries
      }
      #expect(try run.outcome.get() == failures + 1)
      #expect(run.seconds == Int64(failures))
      let warnings = run.talk.split(separator: "\n").filter { $0.hasPrefix("warning: ") }
      #expect(warnings.count == (failures - 1) / 60 + 1)
      #expect(
        warnings.allSatisfy { $0 == "warning: \(error.message), and 71 facts could not be saved so far" })
      #expect(run.talk.hasSuffix("saved    71 facts in a.db after all\n"))
    }
  }

  @Test("what can be read again is given up, counted, after a minute")
  func givesUp() throws {
    let run = run(patience: .seconds(60)) { _ throws(StoreError) in throw .full(path: "a.db") }
    #expect(run.tries == 61)
    guard case .failure(let error as Complaint) = run.outcome else {
      Issue.record("\(run.outcome)")
      return
    }
    #expect(error.exitCode == .machine)
    #expect(error.message == "the disk of `a.db` is full")
    #expect(error.detail == ["71 facts could not be saved in 60 s"])
  }

  @Test("anything else is thrown at once, and so is a full disk of another store")
  func otherwise() {
    for error in [StoreError.denied(path: "a.db"), .full(path: "b.db"), .damaged(path: "a.db", message: "m")]
    {
      let run = run(patience: nil) { _ throws(StoreError) in throw error }
      #expect(run.tries == 1 && run.talk.isEmpty)
      guard case .failure(let thrown as StoreError) = run.outcome else {
        Issue.record("\(run.outcome)")
        continue
      }
      #expect(thrown == error)
    }
  }
}
