/// The pages of the help, rendered from the rows.
public enum HelpPage {
  /// The page about the program: its commands, and how a run ends.
  public static func overview(of program: Program, width: Int) -> String {
    let about = program.commands.map { ($0.name, $0.summary) } + [("help", "tell more about a command")]
    let options = [("-h, --help", "show this page"), ("    --version", "print the version")]
    let codes = ExitCode.allCases.map { (String($0.rawValue), $0.meaning) }
    return page([
      Wrapping.lines("\(program.name): \(program.summary)", width: width),
      ["usage: \(program.name) COMMAND [options]"],
      ["commands:"] + entries(about, width),
      ["options:"] + entries(options, width),
      ["exit codes:"] + entries(codes, width),
      ["`\(program.name) help COMMAND` tells more about a command"],
    ])
  }

  /// The page about one command; the short form has one line an option and no examples.
  public static func page(of command: any Command.Type, in program: String, isShort: Bool, width: Int)
    -> String
  {
    let caller = "\(program) \(command.name)"
    let words = command.argumentRows.map(\.usage)
    var blocks = [Wrapping.lines("\(caller): \(command.summary)", width: width)]
    if !isShort { blocks += command.detail.map { Wrapping.lines($0, width: width) } }
    blocks.append(usage(caller, command.optionRows, words, width))
    if !command.argumentRows.isEmpty {
      blocks.append(["arguments:"] + entries(command.argumentRows.map { ($0.usage, summary(of: $0)) }, width))
    }
    blocks += sections(of: command.optionRows + [.help], isShort, width)
    if !isShort, !command.examples.isEmpty {
      blocks.append(["examples:"] + command.examples.flatMap { ["  # \($0.purpose)", "  \($0.line)"] })
    }
    return page(blocks)
  }

  private static func page(_ blocks: [[String]]) -> String {
    blocks.map { $0.map { $0 + "\n" }.joined() }.joined(separator: "\n")
  }

  private static func usage(
    _ caller: String, _ rows: [OptionRow], _ arguments: [String], _ width: Int
  ) -> [String] {
    let required = rows.filter(\.isRequired).map { "\($0.title) \($0.valueName ?? "")" }
    let words = (required + ["[options]"] + arguments).joined(separator: " ")
    let margin = String(repeating: " ", count: "usage: ".count)
    return Wrapping.lines("usage: \(caller) \(words)", width: width).enumerated()
      .map { $0.offset == 0 ? $0.element : margin + $0.element }
  }

  private static func sections(of rows: [OptionRow], _ isShort: Bool, _ width: Int) -> [[String]] {
    var titles: [String] = []
    for row in rows where !titles.contains(row.section) { titles.append(row.section) }
    let column = self.column(rows.map(names(of:)))
    return titles.map { title in
      ["\(title):"]
        + rows.filter { $0.section == title }.flatMap { row in
          let head = Wrapping.entry(names(of: row), summary(of: row), indent: 2, column: column, width: width)
          guard !isShort, let detail = row.detail else { return head }
          let margin = String(repeating: " ", count: column)
          return head + Wrapping.lines(detail, width: width - column).map { margin + $0 }
        }
    }
  }

  private static func entries(_ entries: [(String, String)], _ width: Int) -> [String] {
    let column = self.column(entries.map(\.0))
    return entries.flatMap { Wrapping.entry($0, $1, indent: 2, column: column, width: width) }
  }

  /// Where texts begin: beside the longest name, unless that would leave them too little room.
  private static func column(_ names: [String]) -> Int {
    min(names.map(\.count).max() ?? 0, 28) + 4
  }
}

// How a row reads.
extension HelpPage {
  /// `-o, --output FORM`, the long names below one another whether or not there is a short one.
  static func names(of row: OptionRow) -> String {
    let shown = row.names.map { name in
      row.isNegatable && name.hasPrefix("--") ? "--[no-]" + name.dropFirst(2) : name
    }
    let indent = row.names.first?.hasPrefix("--") == true ? "    " : ""
    return indent + shown.joined(separator: ", ") + (row.valueName.map { " " + $0 } ?? "")
  }

  /// What it is for, then in brackets what can be typed and what holds when nothing is.
  static func summary(of row: OptionRow) -> String {
    var remarks: [String] = []
    if !row.choices.isEmpty { remarks.append(row.choices.joined(separator: ", ")) }
    if row.isRequired { remarks.append("required") }
    if case .values = row.shape { remarks.append("repeatable") }
    let initial = row.otherwise ?? row.initial.joined(separator: ", ")
    if !initial.isEmpty { remarks.append("default \(initial)") }
    if let variable = row.variable { remarks.append("or $\(variable)") }
    return remarks.isEmpty ? row.summary : "\(row.summary) [\(remarks.joined(separator: "; "))]"
  }

  private static func summary(of row: ArgumentRow) -> String {
    row.choices.isEmpty ? row.summary : "\(row.summary) [\(row.choices.joined(separator: ", "))]"
  }
}
