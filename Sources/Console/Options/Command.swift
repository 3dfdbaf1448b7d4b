/// One thing the program can do, as it was typed.
///
/// A value holds what stood on the command line and nothing else; `run` is where files are opened, the
/// clock is read and the answer is given.
public protocol Command: OptionGroup {
  /// The word that calls it.
  static var name: String { get }
  /// One line: what it does, no full stop.
  static var summary: String { get }
  /// Paragraphs that say more.
  static var detail: [String] { get }
  /// The words that stand without a name, in order.
  static var arguments: [Argument<Self>] { get }
  /// Lines to copy.
  static var examples: [Example] { get }
  /// How much it says, and in what colours.
  var talk: Talk { get set }
  /// Does it; what goes wrong is thrown as an error that is `Complaining`.
  mutating func run(on terminal: inout Terminal) throws -> ExitCode
}

extension Command {
  /// Its own options stand under this heading.
  public static var section: String { "options" }
  /// None.
  public static var detail: [String] { [] }
  /// None.
  public static var arguments: [Argument<Self>] { [] }
  /// None.
  public static var examples: [Example] { [] }

  /// Its own rows, those of its groups, and the ones every command takes.
  static var allOptions: [Option<Self>] {
    let own = (options + groups.joined()).map { $0.lifted(through: \.self, section: section) }
    let all = own + .group(\.talk)
    // Rows of one heading stand together, whichever group they come from.
    let sections = all.reduce(into: [String]()) {
      if !$0.contains($1.row.section) { $0.append($1.row.section) }
    }
    return sections.flatMap { section in all.filter { $0.row.section == section } }
  }

  /// What is said about each option.
  public static var optionRows: [OptionRow] {
    let root = Self()
    return allOptions.map { $0.row(in: root) }
  }

  /// What is said about each argument.
  public static var argumentRows: [ArgumentRow] { arguments.map(\.row) }
}

/// A line to copy, and what it is good for.
public struct Example: Hashable, Sendable {
  /// What it is good for, no full stop.
  public let purpose: String
  /// The whole line, as a shell reads it.
  public let line: String

  /// An example.
  public init(_ purpose: String, _ line: String) {
    self.purpose = purpose
    self.line = line
  }
}
