/// All there is to say about one word that stands without a name: `FROM`, `STORE...`.
public struct ArgumentRow: Hashable, Sendable {
  /// The word that stands for it in the help.
  public let name: String
  /// One line: what it is, no full stop.
  public let summary: String
  /// Whether it may be left out.
  public let isOptional: Bool
  /// Whether it may be given several times.
  public let isRepeatable: Bool
  /// Every value there is, where they can be listed.
  public let choices: [String]
  /// What is expected, for the error.
  let expectation: String

  /// How it stands in the usage line.
  public var usage: String {
    let word = isRepeatable ? name + "..." : name
    return isOptional ? "[\(word)]" : word
  }
}

/// One argument of `Root`: a row, and where its value goes.
public struct Argument<Root> {
  let row: ArgumentRow
  /// Puts what was typed into its place; the answer is whether it made sense.
  let apply: (inout Root, String) -> Bool

  /// A word that may be left out when it has a default.
  public static func one<Value: OptionValue>(
    _ name: String, to path: WritableKeyPath<Root, Value?>, _ summary: String, optional: Bool = false
  ) -> Argument {
    Argument(row: Self.row(name, summary, Value.self, optional, false)) { root, text in
      guard let value = Value(typed: text) else { return false }
      root[keyPath: path] = value
      return true
    }
  }

  /// All words that follow.
  public static func many<Value: OptionValue>(
    _ name: String, to path: WritableKeyPath<Root, [Value]>, _ summary: String, optional: Bool = false
  ) -> Argument {
    Argument(row: Self.row(name, summary, Value.self, optional, true)) { root, text in
      guard let value = Value(typed: text) else { return false }
      root[keyPath: path].append(value)
      return true
    }
  }

  private static func row<Value: OptionValue>(
    _ name: String, _ summary: String, _: Value.Type, _ isOptional: Bool, _ isRepeatable: Bool
  ) -> ArgumentRow {
    ArgumentRow(
      name: name, summary: summary, isOptional: isOptional, isRepeatable: isRepeatable,
      choices: Value.choices, expectation: Value.expectation)
  }
}
