@testable import Console
import Testing

@Suite struct TableTests {
  private struct Edge {
    var client: String
    var seen: Int
    var remark = ""
  }

  private func table(_ rows: [Edge]) -> Table<Edge> {
    Table(
      rows,
      columns: [
        Column("CLIENT", cell: \.client),
        Column("SEEN", .right, style: { $0.seen == 0 ? .warning : nil }) { "\($0.seen)" },
        Column("", key: "remark", cell: \.remark),
      ])
  }

  @Test("columns line up, and nothing follows the last cell of a line")
  func layout() {
    let rows = [
      Edge(client: "web/frontend", seen: 7), Edge(client: "api", seen: 1234, remark: "thin: one pod"),
    ]
    #expect(
      table(rows).text() == """
        CLIENT        SEEN
        web/frontend     7
        api           1234  thin: one pod

        """)
  }

  @Test("a table without rows has its headings")
  func empty() {
    #expect(table([]).text() == "CLIENT  SEEN\n")
  }

  @Test("wide letters take two columns, and marks on letters take none")
  func wideText() {
    let rows = [Edge(client: "日本", seen: 1), Edge(client: "e\u{301}t", seen: 2), Edge(client: "ﬁn", seen: 3)]
    #expect(table(rows).text() == "CLIENT  SEEN\n日本       1\ne\u{301}t         2\nﬁn         3\n")
  }

  @Test("colours change no column")
  func colours() {
    let rows = [Edge(client: "a", seen: 0, remark: "x"), Edge(client: "b", seen: 10, remark: "y")]
    #expect(
      table(rows).text(colored: true) == "CLIENT  SEEN\na          \u{1B}[33m0\u{1B}[0m  x\nb         10  y\n"
    )
  }

  @Test(
    "what a terminal would obey or hide is spelled out",
    arguments: zip(
      [
        "a\u{1B}[31mb", "a\nb\tc\rd", "a\u{202E}b", "a\u{200B}b", "a\u{FEFF}b", "a\u{7F}b", "a\u{9B}b",
        "a\u{AD}b",
        "a\u{2028}b", "a\u{A0}b", "a\u{E000}b", "a\u{3164}b", "a\u{E0041}b", "é日本", "plain text",
      ],
      [
        "a\\u{1b}[31mb", "a\\nb\\tc\\rd", "a\\u{202e}b", "a\\u{200b}b", "a\\u{feff}b", "a\\u{7f}b",
        "a\\u{9b}b",
        "a\\u{ad}b", "a\\u{2028}b", "a\\u{a0}b", "a\\u{e000}b", "a\\u{3164}b", "a\\u{e0041}b", "é日本",
        "plain text",
      ]))
  func hostileText(text: String, shown: String) {
    #expect(VisibleText.escaped(text) == shown)
    #expect(table([Edge(client: text, seen: 1)]).text().contains(shown))
    #expect(VisibleText.escaped(shown) == shown)
  }

  @Test("every control character is spelled out, whatever it stands beside")
  func controls() {
    for value in (0..<0x20 as Range<UInt32>).map(\.self) + (0x7F..<0xA1).map(\.self) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let shown = VisibleText.escaped("e\(Character(scalar))\u{301}")
      #expect(!shown.unicodeScalars.contains(scalar))
    }
  }

  @Test(
    "a CSV cell is read back as text by a spreadsheet too",
    arguments: zip(
      [
        "a", "a,b", "a\"b", "=1+1", "+1", "-1", "@x", "a\nb", "=\"a\"", "\tx", "", "\"\u{301}a", "a,\u{301}b",
        "=\u{301}1",
      ],
      [
        "a", "\"a,b\"", "\"a\"\"b\"", "'=1+1", "'+1", "'-1", "'@x", "a\\nb", "\"'=\"\"a\"\"\"", "\\tx", "",
        "\"\"\"\u{301}a\"", "\"a,\u{301}b\"", "'=\u{301}1",
      ]))
  func csvCells(text: String, cell: String) {
    #expect(CSV.cell(text) == cell)
  }

  @Test("CSV has the columns of the table, named in small letters")
  func csv() {
    #expect(
      table([Edge(client: "a,b", seen: 2, remark: "x")]).csv == "client,seen,remark\r\n\"a,b\",2,x\r\n")
  }

  @Test(
    "numbers are grouped by thousands",
    arguments: zip(
      [0, 7, 999, 1000, 4794, 1_234_567, -1234, .min],
      ["0", "7", "999", "1,000", "4,794", "1,234,567", "-1,234", "-9,223,372,036,854,775,808"]))
  func grouping(number: Int, text: String) {
    #expect(number.grouped == text)
  }

  @Test("nouns follow their number")
  func nouns() {
    #expect(1.counted("edge") == "1 edge")
    #expect(0.counted("edge") == "0 edges")
    #expect(1200.counted("policy", "policies") == "1,200 policies")
  }

  @Test("text breaks between words, and a word that is too long keeps a line to itself")
  func wrapping() {
    #expect(Wrapping.lines("aa bb  ccccccc d", width: 5) == ["aa bb", "ccccccc", "d"])
    #expect(Wrapping.lines("", width: 5).isEmpty)
  }
}
