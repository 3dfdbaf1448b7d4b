import Console
import Support

/// docs/performance.md, which shows what was kept: a block for each benchmark, which begins with its name.
struct PerformancePage {
  private static let path = Checkout.path("docs/performance.md")
  private var text: String

  /// The document as it is.
  init() throws {
    text = String(decoding: try InputFile(at: Self.path, limit: 1 << 20).bytes, as: UTF8.self)
  }

  /// Whether it shows this of a benchmark.
  func shows(_ table: String) -> Bool { text.contains("```text\n\(table)```\n") }

  /// Puts the table in the place of the one that stands there.
  mutating func show(_ table: String, of name: String) throws {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let start = lines.indices.first { place in
      place > 0 && lines[place - 1] == "```text" && lines[place].hasPrefix("\(name): ")
    }
    guard let start, let end = lines[start...].firstIndex(of: "```") else {
      throw Complaint("`\(Self.path)` has no block that begins with `\(name): `", exitCode: .input)
    }
    lines.replaceSubrange(
      start..<end,
      with: table.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init))
    text = lines.joined(separator: "\n")
  }

  /// Writes the document.
  func write() throws { try FileBytes.write(Array(text.utf8), to: Self.path) }
}
