/// What a colour means, the same everywhere; the text says it without the colour too.
public enum Style: Hashable, Sendable {
  /// Green: done, allowed.
  case done
  /// Red: failed, denied.
  case error
  /// Yellow: look here.
  case warning
  /// Cyan: the next step, a path.
  case hint

  /// The text in its colour, where colours are shown.
  public func applied(to text: String, _ isColored: Bool) -> String {
    isColored ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }

  /// The foreground colour of ECMA-48 §8.3.117.
  private var code: Int {
    switch self {
    case .done: 32
    case .error: 31
    case .warning: 33
    case .hint: 36
    }
  }
}

/// When colours are shown.
public enum Coloring: String, CaseIterable, OptionValue, Sendable {
  /// On a terminal that has them, unless `NO_COLOR` is set.
  case auto
  /// Also into files and pipes.
  case always
  /// Nowhere.
  case never

  /// Whether an outlet shows colours.
  func applies(to outlet: Outlet, _ environment: Environment) -> Bool {
    switch self {
    case .always: return true
    case .never: return false
    case .auto:
      // no-color.org: set and not empty. A terminal without TERM is treated as a dumb one.
      let refused = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
      let terminal = environment["TERM"] ?? "dumb"
      return outlet.isTerminal && !refused && terminal != "dumb" && !terminal.isEmpty
    }
  }
}
