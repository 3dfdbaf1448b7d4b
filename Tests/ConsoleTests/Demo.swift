import Console

/// A small program that uses every kind of row.
enum Demo {
  static let program = Program(
    name: "demo", version: "1.2.3", summary: "shows what a program can be made of",
    commands: [Paint.self, Ask.self, Fail.self])
}

struct Shared: OptionGroup {
  var store = "demo.db"
  var namespaces: [String] = []
  static let section = "common options"
  static var options: [Option<Shared>] {
    [
      .value("--db", value: "FILE", to: \.store, "the store", environment: "DEMO_DB"),
      .values(
        "-n", "--ns", "--namespace", value: "NAME", to: \.namespaces, "only this namespace",
        otherwise: "all namespaces"),
    ]
  }
}

enum Form: String, CaseIterable, OptionValue {
  case text, json, yaml
}

struct Paint: Command {
  var shared = Shared()
  var talk = Talk()
  var form = Form.text
  var out: String?
  var interfaces = ["any"]
  var depth: Int?
  var isStrict = false
  var isDry = false
  var isFramed = true

  static let name = "paint"
  static let summary = "write what was asked for"
  static let detail = [
    "Nothing is opened before everything on the command line makes sense. This paragraph is long enough to be broken into lines."
  ]
  static var options: [Option<Paint>] {
    [
      .value("-o", "--output", value: "FORM", to: \.form, "how it is written"),
      .value(
        "--out", value: "DIR", to: \.out, "write into this folder",
        detail: "The folder is made where it does not exist. Files in it that were not written by us stay.",
        otherwise: "standard output"),
      .values("-i", value: "NAME", to: \.interfaces, "listen here"),
      .value("--depth", value: "N", to: \.depth, "no deeper than this"),
      .flag("-s", "--strict", to: \.isStrict, "doubt everything"),
      .flag("-d", "--dry-run", to: \.isDry, "only say what would be done"),
      .flag("--frame", to: \.isFramed, "with a frame", negatable: true),
    ]
  }
  static var groups: [[Option<Paint>]] { [.group(\.shared)] }
  static let examples = [
    Example("two namespaces as JSON", "demo paint -n web -n payments -o json"),
    Example("from a pipe", "cat x | demo paint --db - --out 'a folder' > y"),
  ]

  mutating func run(on terminal: inout Terminal) throws -> ExitCode {
    terminal.say("painted", "\(shared.store) as \(form.rawValue)")
    terminal.whisper("very carefully")
    terminal.print("data")
    return .done
  }
}

struct Ask: Command {
  var talk = Talk()
  var from: String?
  var port: UInt16?
  var rest: [String] = []
  var policies: [String] = []

  static let name = "ask"
  static let summary = "ask one question"
  static var arguments: [Argument<Ask>] {
    [
      .one("FROM", to: \.from, "who asks"),
      .one("PORT", to: \.port, "the port", optional: true),
      .many("FILE", to: \.rest, "what else is read", optional: true),
    ]
  }
  static var options: [Option<Ask>] {
    [
      .values(
        "--policies", value: "PATH", to: \.policies, "the policies to ask", required: true,
        environment: "DEMO_POLICIES")
    ]
  }

  mutating func run(on terminal: inout Terminal) throws -> ExitCode { .difference }
}

struct Fail: Command {
  var talk = Talk()
  var code = 5
  static let name = "fail"
  static let summary = "complain"
  static var options: [Option<Fail>] {
    [.value("--code", value: "N", to: \.code, "with this code", environment: "DEMO_CODE")]
  }

  struct Unforeseen: Error {}

  mutating func run(on terminal: inout Terminal) throws -> ExitCode {
    guard let code = ExitCode(rawValue: Int32(code)) else { throw Unforeseen() }
    throw Complaint(
      "12 conversations of `payments/api` have no owner", detail: ["10.244.3.0/24  3 addresses"],
      hint: "add an inventory", exitCode: code)
  }
}
