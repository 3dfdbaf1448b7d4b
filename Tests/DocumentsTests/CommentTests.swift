import TestSupport
import Testing

@testable import Documents

@Suite("The comments of a YAML text are found, and nothing else is taken for one")
struct CommentTests {
  private static func found(_ text: String) throws -> [String] {
    try YAML.comments(in: Array(text.utf8)).map {
      "\($0.position.line):\($0.position.column)\($0.isAlone ? "" : "+") \($0.text)"
    }
  }

  @Test(
    "each with its place, and whether it has its line for itself",
    arguments: [
      ("a: 1\n", []),
      ("# one\n#two\n\n  # three \na: 1", ["1:1 # one", "2:1 #two", "4:3 # three "]),
      ("a: 1 # why\nb: x#y\nc: 'p # q' # r\n", ["1:6+ # why", "3:12+ # r"]),
      ("a: \"x # y\n  # z\"\nb: # later\n  1\n", ["3:4+ # later"]),
      (
        "a: | # about\n  text\n  # in it\n # beneath\nb: >-\n  # in\n# end",
        ["1:6+ # about", "4:2 # beneath", "7:1 # end"]
      ),
      (
        "- a\n- # of b\n  b: 1\n-   # nothing\n- {c: 1, # c\n   d: 2}\n",
        ["2:3+ # of b", "4:5+ # nothing", "5:10+ # c"]
      ),
      ("é: ü # ö\n👩‍👩‍👧: x # y\n", ["1:6+ # ö", "2:10+ # y"]),
      ("a: 1 # x\r\nb: 2\r\n# y\r\n", ["1:6+ # x", "3:1 # y"]),
      ("\u{FEFF}# x\na: 1\n", ["1:1 # x"]),
      (
        "# x\n--- # y\na: &b c # d\ne: *b # f\ng: !!str # h\n...\n# i\n",
        ["1:1 # x", "2:5+ # y", "3:9+ # d", "4:7+ # f", "5:10+ # h", "7:1 # i"]
      ),
      ("", []), ("# x", ["1:1 # x"]),
    ] as [(String, [String])])
  func places(text: String, comments: [String]) throws {
    #expect(try Self.found(text) == comments)
  }

  @Test("a text without its comments says the same, whatever the values hold")
  func law() throws {
    let words = [
      "x", "a # b", "#", "'", "\"#", "x#y", "- #", ": #", "é#", "| #", "\n#", "a\n # b\n", "%#", "&#", "!#",
    ]
    var random = SeededRandom(seed: 7)
    for _ in 0..<300 {
      let members = (0..<Int.random(in: 1...6, using: &random)).map { number in
        Node.Member("k\(number)", .string(words.randomElement(using: &random) ?? ""))
      }
      let node = Node.sequence([Node(.mapping(members)), Node(.mapping(members))])
      let plain = YAML.write([node])
      #expect(try YAML.comments(in: Array(plain.utf8)) == [], "\(plain)")
      let commented = YAML.write([node.commented(["above"])]) + "# below\n"
      #expect(
        try YAML.comments(in: Array(commented.utf8)).map(\.text) == ["# above", "# below"], "\(commented)")
    }
  }
}
