import Generator
import Kubernetes
import Testing
import Traffic

@testable import Review

@Suite("An answer holds up to its last day")
struct ExpiryTests {
  @Test(
    "on the last day it counts, on the next it is open, and without a last day it always counts",
    arguments: [
      ("2027-01-31", "2027-01-30", true), ("2027-01-31", "2027-01-31", true),
      ("2027-01-31", "2027-02-01", false), ("", "2999-12-31", true),
    ])
  func lastDay(expires: String, today: String, holds: Bool) throws {
    let text = """
      kind: Review
      edges:
      - {client: a, server: b, port: 1, protocol: TCP, decision: accept, owner: alice, expires: "\(expires)"}
      """
    let file = try ReviewFile(Array(text.utf8), file: "r.yaml")
    let day = try #require(Day(today))
    #expect(file.decisions(on: day).names.count == (holds ? 1 : 0))
    #expect(file.expired(on: day).count == (holds ? 0 : 1))
  }
}
