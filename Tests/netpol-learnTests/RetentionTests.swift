import Console
import Testing

@testable import netpol_learn

@Suite("What is old is forgotten when that is asked for")
struct RetentionTests {
  @Test("--keep counts back from the last fact, in whole hours")
  func keep() throws {
    let session = try Session.ofTheStory()
    let whole = try session.run("flows").output
    let kept = try session.run("learn", "-r", Story.capture, "--keep", "1w")
    #expect(kept.code == .done && !kept.talk.contains("forgot"))
    #expect(try session.run("flows").output == whole)
    // Six minutes around nine o'clock: the hour in which the last fact lies is kept whole.
    let late = try session.run("learn", "-r", Story.capture, "--keep", "0s")
    #expect(late.code == .done)
    #expect(
      late.talk.contains("forgot   30 facts and 19 DNS names of before 2026-11-20T09:00:00Z\n"),
      "\(late.talk)")
    #expect(try session.run("flows", "--until", "2026-11-20T08:59:59Z").output.isEmpty)
    #expect(try !session.run("flows", "--since", "2026-11-20T09:00:00Z").output.isEmpty)
    #expect(try session.run("learn", "-r", Story.capture, "--keep", "0s").talk.contains("skipped"))
  }

  @Test(
    "what is no stretch of time is refused", arguments: ["", "7", "d", "-1h", "+1h", "1y", "99999999999999w"])
  func refusals(text: String) throws {
    let outcome = try Session().run("learn", "-r", Story.capture, "--keep", text)
    #expect(outcome.code == .usage)
    #expect(outcome.talk.contains("90m, 12h or 7d"), "\(outcome.talk)")
  }
}
