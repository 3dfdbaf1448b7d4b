/// What can be the value of an option or an argument.
public protocol OptionValue {
  /// The value that a text spells; nil where it spells none.
  init?(typed text: String)
  /// How the value is spelled.
  var typed: String { get }
  /// Every spelling there is, where they can be listed.
  static var choices: [String] { get }
  /// What is expected, for the error: `a whole number`.
  static var expectation: String { get }
}

extension OptionValue {
  /// None: the spellings cannot be listed.
  public static var choices: [String] { [] }
}

extension OptionValue where Self: CaseIterable & RawRepresentable, RawValue == String {
  /// The case with this name.
  public init?(typed text: String) {
    self.init(rawValue: text)
  }

  /// The name of the case.
  public var typed: String { rawValue }

  /// The names of all cases.
  public static var choices: [String] { allCases.map(\.rawValue) }

  /// One of the names.
  public static var expectation: String { "one of \(choices.joined(separator: ", "))" }
}

extension String: OptionValue {
  /// The text itself.
  public init?(typed text: String) {
    self = text
  }

  /// The text itself.
  public var typed: String { self }

  /// Any text will do.
  public static var expectation: String { "a text" }
}

extension Int: OptionValue {
  /// The whole number in decimal digits.
  public init?(typed text: String) {
    self.init(text)
  }

  /// The number in decimal digits.
  public var typed: String { String(self) }

  /// A whole number.
  public static var expectation: String { "a whole number" }
}

extension UInt16: OptionValue {
  /// The port in decimal digits.
  public init?(typed text: String) {
    self.init(text)
  }

  /// The number in decimal digits.
  public var typed: String { String(self) }

  /// Every number of sixteen bits, such as a port.
  public static var expectation: String { "a number from 0 to 65535" }
}
