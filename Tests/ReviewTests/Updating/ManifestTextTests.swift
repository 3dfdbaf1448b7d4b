import Documents
import TestSupport
import Testing

@testable import Review

@Suite("A text of manifests is taken apart and put together without a change")
struct ManifestTextTests {
  @Test(
    "every byte comes back, and each document is found",
    arguments: [
      ("a: 1\n", 1), ("a: 1", 1), ("---\na: 1\n---\nb: 2\n", 2),
      ("# head\n\n--- # first\na: 1\n\n# tail\n---\n", 1),
      ("a: |\n  text\n  --- no mark\n---\n# nothing\n---\nb: 2", 2), ("", 0), ("----\n", 1),
    ])
  func roundTrip(text: String, documents: Int) throws {
    let taken = try #require(ManifestText(Array(text.utf8)))
    #expect(taken.text == text)
    #expect(taken.pieces.count { $0.document != nil } == documents)
  }

  @Test(
    "what nobody could follow is left alone",
    arguments: [
      "a: 1\r\n", "\u{FEFF}a: 1\n", "%YAML 1.2\n---\na: 1\n", "a: 1\n...\n", "--- {a: 1}\n", "a: [\n",
      "--- a\n",
    ])
  func odd(text: String) {
    #expect(ManifestText(Array(text.utf8)) == nil)
  }

  @Test("one document changes, and what stands around it stays")
  func change() throws {
    var text = try #require(
      ManifestText(Array("# head\na: 1\n\n# below\n---\n# of b\n\nb: 2\nc: # why\n- 3\n\n---\nd: 4".utf8)))
    text.pieces[1].say("b: 5\n")
    #expect(text.text == "# head\na: 1\n\n# below\n---\n# of b\n\nb: 5\n\n---\nd: 4")
    text.pieces[2].say("d: 6\n")
    #expect(text.text.hasSuffix("---\nd: 6\n"))
  }

  @Test("a text that is not UTF-8 is left alone")
  func notText() {
    #expect(ManifestText([0x61, 0x3A, 0x20, 0xFF, 0x0A]) == nil)
  }
}
