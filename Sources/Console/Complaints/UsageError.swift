/// Why a command line makes no sense.
public enum UsageError: Error, Hashable, Sendable {
  /// The name of the program, and of the command where it is known: `netpol-learn flows`.
  public typealias Caller = String

  /// No command stands on it.
  case noCommand(Caller)
  /// No command has this name.
  case unknownCommand(String, Caller, meant: String?)
  /// An option stands before the command.
  case optionBeforeCommand(String, Caller)
  /// The command has no option of this name.
  case unknownOption(String, Caller, meant: String?)
  /// The option lacks its value.
  case missingValue(option: String, value: String, instead: String?)
  /// The option takes no value.
  case surplusValue(option: String, value: String)
  /// The option, argument or variable has a value that makes no sense.
  case badValue(of: String, value: String, expectation: String, meant: String?)
  /// The option may not be left out.
  case missingOption(String, value: String?, Caller)
  /// The argument may not be left out.
  case missingArgument(String, Caller)
  /// There are more words than the command takes.
  case surplusArgument(String, Caller)
  /// Several options or arguments name standard input.
  case sharedInput([String])
}

extension UsageError: Complaining {
  /// The error in words.
  public var complaint: Complaint {
    switch self {
    case .noCommand(let caller):
      complaint("no command is given", "`\(caller) help` lists them")
    case .unknownCommand(let name, let caller, let meant):
      complaint("unknown command `\(name)`", meaning(meant) ?? "`\(caller) help` lists the commands")
    case .optionBeforeCommand(let name, let caller):
      complaint("`\(name)` stands before the command", "options follow it, as in `\(caller) COMMAND \(name)`")
    case .unknownOption(let name, let caller, let meant):
      complaint("unknown option `\(name)`", meaning(meant) ?? "`\(caller) --help` lists the options")
    case .missingValue(let option, let value, nil):
      complaint("`\(option)` needs a value", "write it as `\(option) \(value)`")
    case .missingValue(let option, _, let word?):
      complaint(
        "`\(option)` needs a value, and `\(word)` is an option",
        option.hasPrefix("--")
          ? "if it is meant as the value, write `\(option)=\(word)`"
          : "if it is meant as the value, write `\(option)\(word)`")
    case .surplusValue(let option, let value):
      complaint("`\(option)` takes no value, but has `\(value)`")
    case .badValue(let option, let value, let expectation, let meant):
      complaint("`\(option)` needs \(expectation), not `\(value)`", meaning(meant))
    case .missingOption(let name, let value, let caller):
      complaint(
        "`\(name)\(value.map { " " + $0 } ?? "")` is missing", "`\(caller) --help` says what it is for")
    case .missingArgument(let name, let caller):
      complaint("`\(name)` is missing", "`\(caller) --help` says what it is for")
    case .surplusArgument(let word, let caller):
      complaint("`\(word)` is one word too many", "`\(caller) --help` shows what it takes")
    case .sharedInput(let readers):
      complaint(
        "standard input can be read once, and `-` stands for it at \(Self.places(readers))",
        "write all but one of them to a file")
    }
  }

  private func complaint(_ message: String, _ hint: String? = nil) -> Complaint {
    Complaint(message, hint: hint, exitCode: .usage)
  }

  /// `--against` and `--cluster`, or `--policies` twice.
  private static func places(_ names: [String]) -> String {
    let each = names.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    guard each.count > 1 else { return "`\(each.first ?? "")` more than once" }
    return each.map { "`\($0)`" }.joined(separator: " and ")
  }

  private func meaning(_ meant: String?) -> String? {
    meant.map { "did you mean `\($0)`?" }
  }
}
