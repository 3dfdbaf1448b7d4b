import Console
import FlowStore
import Testing
import Traffic

@testable import netpol_learn

@Suite("What finds no room in a table weighs as loss")
struct CrowdedOutTests {
  /// What a run on the payments story passed over, and what is said of it.
  struct Case: Sendable, CustomTestStringConvertible {
    let passed: [Passed: UInt64]
    /// What `generate` says; nil where it says nothing of loss.
    let says: String?
    /// What stands in the line of `status`; nil where there is nothing of the kind.
    let status: String?
    var isRefused = true

    var testDescription: String {
      passed.map { "\($0.value) \($0.key.rawValue)" }.sorted().joined(separator: ", ")
    }
  }

  private static func session(_ passed: [Passed: UInt64]) throws -> Session {
    let session = try Session.ofTheStory()
    var store = try Store(at: session.path("netpol-learn.db"), for: .writing)
    let frames = passed.sorted { $0.key.rawValue < $1.key.rawValue }.map {
      PassedFrames(recorder: "node-z", reason: $0.key, count: $0.value)
    }
    try store.record(Batch(passed: frames))
    return session
  }

  @Test(
    "generate refuses above the limit and warns below it, and status tells it",
    arguments: [
      Case(
        passed: [.factOverflow: 20, .overflow: 4],
        says: "% of the traffic was lost, more than 1 %: what was not seen would be cut\n",
        status: "; no room for up to 24 conversations\n"),
      Case(
        passed: [.nameOverflow: 1, .questionOverflow: 2],
        says: "% of the traffic was lost, more than 1 %: what was not seen would be cut\n",
        status: "; no room for up to 3 names\n"),
      Case(
        passed: [.factOverflow: 1_000, .nameOverflow: 1],
        says: "  no room for up to 1,000 conversations and 1 name\n",
        status: "; no room for up to 1,000 conversations and 1 name\n"),
      Case(passed: [.displaced: 1_000_000, .forgottenTie: 5], says: nil, status: nil, isRefused: false),
    ])
  func weighs(row: Case) throws {
    let session = try Self.session(row.passed)
    let status = try session.run("status").output
    if let line = row.status {
      #expect(status.contains(line), "\(status)")
    } else {
      #expect(!status.contains("no room for"), "\(status)")
    }
    let refused = try session.run("generate", "--ns", "payments")
    #expect(refused.code == (row.isRefused ? .refused : .done))
    #expect(refused.output.isEmpty == row.isRefused)
    guard let words = row.says else {
      #expect(!refused.talk.contains("traffic was lost"), "\(refused.talk)")
      return
    }
    #expect(refused.talk.contains(words), "\(refused.talk)")
    #expect(refused.talk.contains("hint: learn from shorter captures"), "\(refused.talk)")
    let borne = try session.run("generate", "--ns", "payments", "--max-loss", "100")
    #expect(borne.code == .done && !borne.output.isEmpty)
    #expect(borne.talk.contains("of the traffic was lost: no room for"), "\(borne.talk)")
  }
}
