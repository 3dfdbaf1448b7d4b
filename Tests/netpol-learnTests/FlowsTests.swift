import Console
import TestSupport
import Testing

@testable import netpol_learn

@Suite("flows shows the evidence")
struct FlowsTests {
  @Test("the wide table tells how it is known who asked, in a column of its own")
  func direction() throws {
    let session = try Session.ofTheStory()
    let outcome = try session.run("flows", "-o", "wide")
    let head = try #require(outcome.output.split(separator: "\n").first)
    let names = head.split(separator: " ").map(String.init)
    #expect(
      names == [
        "CLIENT", "SERVER", "PORT", "TIER", "SEEN", "BIN", "FROM", "AT", "DIALLED", "DIRECTION", "FIRST",
        "LAST",
      ])
    // Columns are padded, so the places of the titles are where they begin and end.
    func place(_ title: String) throws -> Int {
      let index = try #require(head.indices.first { head[$0...].hasPrefix(title) })
      return head.distance(from: head.startIndex, to: index)
    }
    let column = try place("DIRECTION")..<(try place("FIRST"))
    let found = outcome.output.split(separator: "\n").dropFirst().map { line in
      line.dropFirst(column.lowerBound).prefix(column.count).split(separator: " ").joined(separator: " ")
    }
    #expect(Set(found).isSuperset(of: ["opening", "first-sender", "opening unknown"]), "\(found)")
  }

  @Test("json tells addresses, what was dialled, names and direction; jsonl and csv do not")
  func members() throws {
    let session = try Session.ofTheStory()
    let wide = try session.run("flows", "-o", "json").output
    for member in ["clientAddresses", "serverAddresses", "dialled", "names", "direction"] {
      #expect(wide.contains("\"\(member)\": ["), "\(member)")
    }
    #expect(wide.contains("\"opening\"") && wide.contains("\"first-sender\""))
    #expect(try !session.run("flows", "-o", "jsonl").output.contains("direction"))
    #expect(try !session.run("flows", "-o", "csv").output.contains("direction"))
  }
}
