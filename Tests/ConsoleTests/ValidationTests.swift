@testable import Console
import Testing

/// A command that every row of the table below gives another declaration.
private protocol Odd: Command {}

extension Odd {
  static var name: String { "odd" }
  static var summary: String { "do something" }
  static var options: [Option<Self>] { [] }
  mutating func run(on terminal: inout Terminal) throws -> ExitCode { .done }
}

private struct TwiceNamed: Odd {
  var talk = Talk()
  var a = false
  static var options: [Option<Self>] {
    [.flag("-q", to: \.a, "first"), .flag("--all", "--all", to: \.a, "second")]
  }
}

private struct HelpTaken: Odd {
  var talk = Talk()
  var a = false
  static var options: [Option<Self>] { [.flag("-h", to: \.a, "shadow the help")] }
}

private struct NegationTaken: Odd {
  var talk = Talk()
  var a = false
  static var options: [Option<Self>] {
    [.flag("--frame", to: \.a, "first", negatable: true), .flag("--no-frame", to: \.a, "second")]
  }
}

private struct BadNames: Odd {
  var talk = Talk()
  var a = false
  static var options: [Option<Self>] { [.flag("all", "--All", "-ab", "--", "-1", to: \.a, "none of them")] }
}

private struct Nameless: Odd {
  var talk = Talk()
  var a = false
  static var options: [Option<Self>] { [.flag(to: \.a, "cannot be typed")] }
}

private struct BadSummaries: Odd {
  var talk = Talk()
  var a = false
  static let summary = ""
  static var options: [Option<Self>] { [.flag("--all", to: \.a, "everything.")] }
}

private struct SmallValueName: Odd {
  var talk = Talk()
  var a = ""
  static var options: [Option<Self>] { [.value("--out", value: "file", to: \.a, "where to")] }
}

private struct Level: OptionValue {
  let typed: String
  static let choices = ["low", "high"]
  static let expectation = "low or high"

  init?(typed text: String) {
    typed = text
  }
}

private struct ForeignDefault: Odd {
  var talk = Talk()
  var a = Level(typed: "middle")
  static var options: [Option<Self>] { [.value("--level", value: "LEVEL", to: \.a, "how much")] }
}

private struct RequiredDefault: Odd {
  var talk = Talk()
  var a: String? = "x"
  static var options: [Option<Self>] { [.value("--out", value: "DIR", to: \.a, "where to", required: true)] }
}

private struct EndlessFlag: Odd {
  var talk = Talk()
  var a = true
  static var options: [Option<Self>] { [.flag("--all", to: \.a, "everything")] }
}

private struct NamelessNegation: Odd {
  var talk = Talk()
  var a = true
  static var options: [Option<Self>] { [.flag("-a", to: \.a, "everything", negatable: true)] }
}

private struct BadVariables: Odd {
  var talk = Talk()
  var a = ""
  static var options: [Option<Self>] {
    [
      .value("--one", value: "A", to: \.a, "one", environment: "SAME"),
      .value("--two", value: "A", to: \.a, "two", environment: "SAME"),
      .value("--three", value: "A", to: \.a, "three", environment: "small"),
    ]
  }
}

private struct UnreachableArguments: Odd {
  var talk = Talk()
  var a: String?
  var b: [String] = []
  static var arguments: [Argument<Self>] {
    [
      .one("FIRST", to: \.a, "may be missing", optional: true), .one("second", to: \.a, "may not"),
      .many("REST", to: \.b, "all words", optional: true), .one("LAST", to: \.a, "none left", optional: true),
    ]
  }
}

private struct BadExamples: Odd {
  var talk = Talk()
  static let examples = [
    Example("another command", "test other"), Example("an unknown option", "test odd --all | sort"),
  ]
}

@Suite struct ValidationTests {
  @Test("the demo's declarations make sense")
  func demo() {
    #expect(Demo.program.validate().isEmpty)
  }

  @Test(
    "a declaration that makes no sense is found",
    arguments: [
      (TwiceNamed.self, [.duplicateName("--all", of: "test odd"), .duplicateName("-q", of: "test odd")]),
      (HelpTaken.self, [.duplicateName("-h", of: "test odd")]),
      (NegationTaken.self, [.duplicateName("--no-frame", of: "test odd")]),
      (BadNames.self, ["all", "--All", "-ab", "--", "-1"].map { .badName($0, of: "test odd") }),
      (Nameless.self, [.badName("", of: "test odd")]),
      (
        BadSummaries.self,
        [.badSummary("", of: "test odd"), .badSummary("everything.", of: "test odd --all")]
      ),
      (SmallValueName.self, [.badValueName("file", of: "test odd")]),
      (ForeignDefault.self, [.foreignDefault("middle", option: "--level", of: "test odd")]),
      (RequiredDefault.self, [.requiredDefault(option: "--out", of: "test odd")]),
      (EndlessFlag.self, [.endlessFlag(option: "--all", of: "test odd")]),
      (NamelessNegation.self, [.namelessNegation(option: "-a", of: "test odd")]),
      (BadVariables.self, [.badVariable("SAME", of: "test odd"), .badVariable("small", of: "test odd")]),
      (
        UnreachableArguments.self,
        [
          .badValueName("second", of: "test odd"), .unreachableArgument("second", of: "test odd"),
          .unreachableArgument("LAST", of: "test odd"),
        ]
      ),
      (
        BadExamples.self,
        [
          .badExample("test other", of: "test odd", why: "it does not call `test odd`"),
          .badExample("test odd --all | sort", of: "test odd", why: "unknown option `--all`"),
        ]
      ),
    ] as [(any Command.Type, [DeclarationFault])])
  func faults(command: any Command.Type, expected: [DeclarationFault]) {
    let program = Program(name: "test", version: "1", summary: "try things", commands: [command])
    #expect(program.validate() == expected)
    #expect(expected.allSatisfy { !$0.description.isEmpty })
  }

  @Test("two commands of one name, and one that takes the place of the help, are found")
  func commandNames() {
    let twice = Program(name: "test", version: "1", summary: "try things.", commands: [Twin.self, Twin.self])
    #expect(
      twice.validate() == [
        .badSummary("try things.", of: "test"), .duplicateName("help", of: "test"),
        .duplicateName("help", of: "test"),
      ])
  }

  private struct Twin: Odd {
    var talk = Talk()
    static let name = "help"
  }

  @Test("words of an example are parted as a shell does it")
  func shellWords() {
    #expect(
      ShellWords.calls(in: "a 'b c' | d --x=\"y z\" > out 2 ; e ''") == [
        ["a", "b c"], ["d", "--x=y z", "2"], ["e", ""],
      ])
  }
}
