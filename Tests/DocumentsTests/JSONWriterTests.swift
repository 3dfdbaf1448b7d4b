import Documents
import Testing

struct JSONWriterTests {
  @Test(
    "text is escaped where it must be, and where nobody would see it",
    arguments: [
      ("a\"b\\c/", #""a\"b\\c/""#), ("\n\r\t", #""\n\r\t""#), ("\u{0}\u{8}\u{1F}", #""\u0000\u0008\u001f""#),
      ("é😀", "\"é😀\""),
      ("\u{2028}\u{2029}", #""\u2028\u2029""#), ("\u{7F}\u{85}", #""\u007f\u0085""#),
      ("\u{202E}", #""\u202e""#),
      ("\u{E0001}", #""\udb40\udc01""#),
    ])
  func text(text: String, written: String) {
    #expect(JSON.write(.string(text)) == written)
  }

  @Test("members keep their order, on one line or indented")
  func forms() {
    let node = Node.mapping([
      "b": .sequence([.integer(1), .mapping([:])]), "a": .sequence([]), "c": Node(.number("1e3")),
    ])
    #expect(JSON.write(node) == #"{"b":[1,{}],"a":[],"c":1e3}"#)
    #expect(
      JSON.write(node, indented: true) == "{\n  \"b\": [\n    1,\n    {}\n  ],\n  \"a\": [],\n  \"c\": 1e3\n}"
    )
  }
}
