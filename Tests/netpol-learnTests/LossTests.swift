import Console
import FlowStore
import Testing
import Traffic

@testable import netpol_learn

@Suite("Loss is judged by who counted it")
struct LossTests {
  /// What recorders beside the story's own counted, and what is said of it.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let losses: [(recorder: String, received: UInt64, dropped: UInt64?)]
    /// The line of `status`.
    let status: String
    /// What `generate` refuses with; nil where it goes on.
    let refusal: String?

    var testDescription: String { name }
  }

  @Test(
    "neither those who did not count nor those who lost nothing make a loss small",
    arguments: [
      Case(
        name: "one lost much, one did not count",
        losses: [("node-y", 79, 21), ("node-z", 1_000_000, nil)],
        status: "loss           21 of 100 packets (21 %); unknown for 2 of 3 recorders\n",
        refusal: "21 % of the packets were lost, more than 1 %"),
      Case(
        name: "one lost much, one nothing",
        losses: [("node-y", 79, 21), ("node-z", 999_900, 0)],
        status: "loss           21 of 1,000,000 packets (<0.1 %); unknown for 1 of 3 recorders\n",
        refusal: "21 % of the packets were lost by the recorder `node-y`, more than 1 %"),
      Case(
        name: "one counted at times",
        losses: [("node-z", 79, 21), ("node-z", 1_000_000, nil)],
        status: "loss           at least 21 of 100 packets (21 %); unknown for 1 of 2 recorders; "
          + "counted in part by 1 of 2 recorders\n",
        refusal: "21 % of the packets were lost, more than 1 %"),
      Case(
        name: "little at each",
        losses: [("node-y", 999, 1), ("node-z", 1_000, 0)],
        status: "loss           1 of 2,000 packets (0.1 %); unknown for 1 of 3 recorders\n", refusal: nil),
    ])
  func judged(row: Case) throws {
    let session = try Session.ofTheStory()
    var store = try Store(at: session.path("netpol-learn.db"), for: .writing)
    let start = Instant(seconds: 1_800_000_000)
    let losses = row.losses.enumerated().map { place, loss in
      let from = start.advanced(bySeconds: Int64(place) * 60)
      return Loss(
        recorder: loss.recorder, interface: 0, from: from, until: from.advanced(bySeconds: 50),
        received: loss.received, dropped: loss.dropped)
    }
    try store.record(Batch(losses: losses))
    let status = try session.run("status").output
    #expect(status.contains(row.status), "\(status)")
    let generated = try session.run("generate", "--ns", "payments")
    #expect(generated.code == (row.refusal == nil ? .done : .refused))
    if let words = row.refusal { #expect(generated.talk.contains(words), "\(generated.talk)") }
    #expect(generated.output.isEmpty == (row.refusal != nil))
  }
}
