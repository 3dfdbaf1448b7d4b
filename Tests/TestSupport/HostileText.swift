/// Text that becomes something else if a writer is careless.
public enum HostileText {
  /// All of it, each once.
  public static let all: [String] =
    words + numbers + marks + lines + invisible
    + [
      "web", "kubernetes.io/metadata.name", String(repeating: "word ", count: 40),
      String(repeating: "x", count: 200),
    ]

  private static let words = [
    "", "y", "Y", "n", "yes", "No", "on", "OFF", "true", "False", "null", "~", "Null", ".nan", ".inf",
    "-.INF", "<<", "=",
  ]

  private static let numbers = [
    "80", "-1", "+1", "012", "08", "0x1F", "0x_", "0o_", "-_", "._2", "0o17", "0b11", "1_000", "1e3", "1.5",
    ".5", "5.", "1e400",
    "1:30",
    "190:20:30.15", "2020-01-01", "2020-1-1 2:3:4", "2020-13-45", "1.2.3", "10.0.0.0/8", "::1", "fe80::",
  ]

  private static let marks = [
    "#", " #a", "a #b", "a: b", "a:", ": a", "- a", "-", "? a", "?", "&a", "*a", "!!python/object:os", "!a",
    "|", ">", "%a",
    "@a", "`a", "[a", "]", "{a}", ",", "'", "\"", "it's", "a\"b", "\\", "\\n", "---", "--- a", "...",
    "a\n---\nb", "{}", "[]",
    "'\u{301}", "\"\u{301}", "\n\u{301}", "-\u{301}", "---\u{301}",
  ]

  private static let lines = [
    "\n", "a\n", "\na", "a\nb", "a\n\n", " a\nb", "a \nb", "a\n b\n", "a\n#b", "a\r\nb", "\r", " ", " a",
    "a ", "\t", "a\tb",
    "spec:\n  podSelector: {}\n", "\n\n", "a\n ", "\n a",
  ]

  private static let invisible = [
    "\u{0}", "\u{1}", "\u{1B}[31m", "\u{7F}", "\u{80}", "\u{85}", "a\u{85}b", "\u{A0}", "\u{AD}", "\u{200B}",
    "\u{202E}abc", "\u{2028}",
    "a\u{2029}b", "\u{FEFF}", "\u{FEFF}a", "a\u{FEFF}", "\u{FFFE}", "\u{FFFF}", "\u{E000}", "é", "日本", "😀",
    "👨‍👩‍👧",
    "\u{10FFFF}",
  ]
}
