/// The program as people call it: its name and its commands.
public struct Program: Sendable {
  /// The word that calls it.
  public let name: String
  /// Its version, as `--version` prints it.
  public let version: String
  /// One line: what it is for, no full stop.
  public let summary: String
  /// The commands there are, in the order of the help.
  public let commands: [any Command.Type]

  /// A program with these commands.
  public init(name: String, version: String, summary: String, commands: [any Command.Type]) {
    self.name = name
    self.version = version
    self.summary = summary
    self.commands = commands
  }
}

/// What a command line asks for.
public enum Invocation {
  /// The page about the program.
  case overview
  /// The page about one command; the short form has one line an option.
  case help(any Command.Type, isShort: Bool)
  /// The version.
  case version
  /// A command, as it was typed.
  case run(any Command)
}

// What it can tell.
extension Program {
  /// What the words after the program's name ask for; nothing is done yet.
  public func invocation(
    of words: [String], _ environment: Environment = Environment([:])
  ) throws(UsageError) -> Invocation {
    guard let first = words.first else { throw .noCommand(name) }
    let rest = Array(words.dropFirst())
    switch first {
    case "-h", "--help":
      return .overview
    case "--version":
      return .version
    case "help":
      let asked = rest.filter { $0 != "-h" && $0 != "--help" }
      // The overview is the page about `help` too.
      guard let word = asked.first, asked != ["help"] else { return .overview }
      if asked.count > 1 { throw .surplusArgument(asked[1], "\(name) help") }
      return .help(try command(word), isShort: false)
    default:
      return try invocation(of: command(first), rest, environment)
    }
  }

  private func command(_ word: String) throws(UsageError) -> any Command.Type {
    if let command = commands.first(where: { $0.name == word }) { return command }
    if word.hasPrefix("-"), word != "-" {
      let option = String(word.prefix { $0 != "=" })
      let isKnown = commands.contains { $0.optionRows.contains { $0.names.contains(option) } }
      throw isKnown ? .optionBeforeCommand(option, name) : .unknownOption(option, name, meant: meant(option))
    }
    throw .unknownCommand(
      word, name, meant: Suggestion.nearest(to: word, among: commands.map { $0.name } + ["help"]))
  }

  private func meant(_ option: String) -> String? {
    Suggestion.nearest(to: option, among: ["--help", "--version"])
  }

  private func invocation<C: Command>(
    of type: C.Type, _ words: [String], _ environment: Environment
  ) throws(UsageError) -> Invocation {
    var parser = Parser<C>(caller: "\(name) \(type.name)")
    return switch try parser.read(words, environment) {
    case .run(let command): .run(command)
    case .help(let isShort): .help(type, isShort: isShort)
    }
  }
}

// How it works.
extension Program {
  /// Does what the words after the program's name ask for, and lets all text out.
  public func run(_ words: [String], on terminal: inout Terminal) -> ExitCode {
    var code: ExitCode
    do {
      code = try answer(words, on: &terminal)
    } catch {
      let complaint = Complaint(about: error)
      terminal.report(complaint)
      code = complaint.exitCode
    }
    if let complaint = terminal.finish() {
      terminal.report(complaint)
      code = code.and(complaint.exitCode)
    }
    return code
  }

  private func answer(_ words: [String], on terminal: inout Terminal) throws -> ExitCode {
    switch try invocation(of: words, terminal.environment) {
    case .overview:
      terminal.write(HelpPage.overview(of: self, width: terminal.width))
      return .done
    case .help(let command, let isShort):
      terminal.write(HelpPage.page(of: command, in: name, isShort: isShort, width: terminal.width))
      return .done
    case .version:
      terminal.print("\(name) \(version)")
      return .done
    case .run(var command):
      terminal.talk = command.talk
      return try command.run(on: &terminal)
    }
  }
}
