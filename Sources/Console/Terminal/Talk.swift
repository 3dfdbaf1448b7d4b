/// How much a command says, and in what colours; every command takes these options.
public struct Talk: OptionGroup {
  /// When colours are shown.
  public var color = Coloring.auto
  /// Whether only errors and warnings are said.
  public var isQuiet = false
  /// Whether more is said.
  public var isVerbose = false

  /// What people get who ask for nothing.
  public init() {}

  /// The heading its rows stand under.
  public static let section = "common options"

  /// The rows.
  public static var options: [Option<Talk>] {
    [
      .value("--color", value: "WHEN", to: \.color, "when colours are shown"),
      .flag("-q", "--quiet", to: \.isQuiet, "say only errors and warnings"),
      .flag("-v", "--verbose", to: \.isVerbose, "say more"),
    ]
  }
}
