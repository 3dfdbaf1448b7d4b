/// All there is to say about one option; help, errors and completion are renderings of it.
public struct OptionRow: Hashable, Sendable {
  /// Its names with their dashes, short ones first.
  public let names: [String]
  /// What it takes.
  public let shape: Shape
  /// One line: what it is for, no full stop.
  public let summary: String
  /// More about it, for the long help.
  public let detail: String?
  /// The heading it stands under.
  public internal(set) var section: String
  /// The default, as it would be typed; several for an option that may be given several times.
  public internal(set) var initial: [String]
  /// What holds when it is left out, in words, where no value says it.
  public let otherwise: String?
  /// Every value there is, where they can be listed.
  public let choices: [String]
  /// What is expected of a value, for the error.
  let expectation: String
  /// Whether it may not be left out.
  public let isRequired: Bool
  /// The environment variable that stands in for it when it is left out.
  public let variable: String?

  /// What an option takes.
  public enum Shape: Hashable, Sendable {
    /// Nothing; with `--no-` before its name it is switched off, where that is allowed.
    case flag(isNegatable: Bool)
    /// One value; of several the last counts.
    case value(String)
    /// A value each time it is given.
    case values(String)
  }
}

// What it can tell.
extension OptionRow {
  /// The word that stands for the value in the help; nil for a flag.
  public var valueName: String? {
    switch shape {
    case .flag: nil
    case .value(let name), .values(let name): name
    }
  }

  /// Whether it can be switched off with `--no-`.
  public var isNegatable: Bool { shape == .flag(isNegatable: true) }

  /// The name that errors use: the first long one.
  public var title: String { names.first { $0.hasPrefix("--") } ?? names.first ?? "" }

  /// The names that switch it off.
  public var negatedNames: [String] {
    isNegatable ? names.filter { $0.hasPrefix("--") }.map { "--no-" + $0.dropFirst(2) } : []
  }

  /// What each command answers to, though no command declares it.
  static let help = OptionRow(
    names: ["-h", "--help"], shape: .flag(isNegatable: false),
    summary: "show this page; `-h` shows the short form", detail: nil, section: Talk.section, initial: [],
    otherwise: nil,
    choices: [], expectation: "", isRequired: false, variable: nil)
}
