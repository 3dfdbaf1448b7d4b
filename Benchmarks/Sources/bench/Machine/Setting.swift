import Documents
import Support

/// Where and when something was measured.
struct Setting: Hashable, Sendable {
  /// The facts by name, in the order in which they are told.
  let facts: [Fact]

  /// One thing worth knowing.
  struct Fact: Hashable, Sendable {
    let name: String
    let text: String
  }

  /// The setting of now.
  init(in folder: String) throws {
    func line(_ program: String, _ arguments: String...) throws -> String {
      let end = try ChildProcess(program: program, arguments: arguments).run(in: folder)
      return String(end.output.prefix { $0 != "\n" })
    }
    let changes = try line("git", "-C", Checkout.root, "status", "--porcelain", "--untracked-files=no")
    let commit = try line("git", "-C", Checkout.root, "rev-parse", "--short=12", "HEAD")
    facts = [
      Fact(name: "date", text: try line("date", "-u", "+%Y-%m-%dT%H:%M:%SZ")),
      Fact(name: "commit", text: commit + (changes.isEmpty ? "" : " and changes")),
      Fact(name: "processor", text: Self.field("model name", of: "/proc/cpuinfo")),
      Fact(name: "processors", text: try line("nproc")),
      Fact(name: "memory", text: Self.field("MemTotal", of: "/proc/meminfo")),
      Fact(name: "system", text: try line("uname", "-sr")),
      Fact(name: "swift", text: try line("swift", "--version")),
      Fact(name: "gcc", text: try line("gcc", "--version")),
      Fact(name: "load", text: Self.load),
    ]
  }

  /// The setting that was kept.
  init?(_ node: Node) {
    guard let members = node["setting"]?.mapping else { return nil }
    facts = members.compactMap { member in
      member.value.string.map { Fact(name: member.key, text: $0) }
    }
  }

  /// The setting, to be kept.
  var node: Node {
    Node(
      .mapping([Node.Member("setting", Node(.mapping(facts.map { Node.Member($0.name, .string($0.text)) })))])
    )
  }

  /// How many processes wanted a processor, in the last minute.
  private static var load: String {
    String(text(of: "/proc/loadavg").prefix { $0 != " " })
  }

  private static func field(_ name: String, of file: String) -> String {
    let line = text(of: file).split(separator: "\n").first { $0.hasPrefix(name) }
    return line.map { String($0.drop { $0 != ":" }.dropFirst().drop { $0 == " " }) } ?? "unknown"
  }

  private static func text(of file: String) -> String {
    String(decoding: (try? FileBytes.read(file)) ?? [], as: UTF8.self)
  }
}
