/// One option of `Root`: a row, and where its value goes.
public struct Option<Root> {
  /// What is said about it.
  var row: OptionRow
  /// What its place holds when nothing is typed, as it would be typed.
  var initial: (Root) -> [String]
  /// Puts what was typed into its place; the answer is whether it made sense.
  ///
  /// The last parameter says whether it is the first time in this command line.
  var apply: (inout Root, String, Bool) -> Bool

  static var on: String { "on" }
  static var off: String { "off" }
}

// How it is made.
extension Option {
  /// An option whose value has a default: what `Root()` holds.
  public static func value<Value: OptionValue>(
    _ names: String..., value: String, to path: WritableKeyPath<Root, Value>, _ summary: String,
    detail: String? = nil, environment: String? = nil
  ) -> Option {
    Option(
      row: OptionRow(
        names: names, shape: .value(value), summary: summary, detail: detail, section: "", initial: [],
        otherwise: nil,
        choices: Value.choices, expectation: Value.expectation, isRequired: false, variable: environment),
      initial: { [$0[keyPath: path].typed].filter { !$0.isEmpty } },
      apply: { root, text, _ in
        guard let value = Value(typed: text) else { return false }
        root[keyPath: path] = value
        return true
      })
  }

  /// An option that can be left out, or one that must not be.
  ///
  /// `otherwise` says in words what happens without it.
  public static func value<Value: OptionValue>(
    _ names: String..., value: String, to path: WritableKeyPath<Root, Value?>, _ summary: String,
    detail: String? = nil, otherwise: String? = nil, required isRequired: Bool = false,
    environment: String? = nil
  ) -> Option {
    Option(
      row: OptionRow(
        names: names, shape: .value(value), summary: summary, detail: detail, section: "", initial: [],
        otherwise: otherwise,
        choices: Value.choices, expectation: Value.expectation, isRequired: isRequired, variable: environment),
      initial: { $0[keyPath: path].map { [$0.typed] } ?? [] },
      apply: { root, text, _ in
        guard let value = Value(typed: text) else { return false }
        root[keyPath: path] = value
        return true
      })
  }

  /// An option that may be given several times; the first one typed takes the place of the default.
  public static func values<Value: OptionValue>(
    _ names: String..., value: String, to path: WritableKeyPath<Root, [Value]>, _ summary: String,
    detail: String? = nil, otherwise: String? = nil, required isRequired: Bool = false,
    environment: String? = nil
  ) -> Option {
    Option(
      row: OptionRow(
        names: names, shape: .values(value), summary: summary, detail: detail, section: "",
        initial: [], otherwise: otherwise, choices: Value.choices, expectation: Value.expectation,
        isRequired: isRequired, variable: environment),
      initial: { $0[keyPath: path].map(\.typed) },
      apply: { root, text, isFirst in
        guard let value = Value(typed: text) else { return false }
        if isFirst { root[keyPath: path] = [] }
        root[keyPath: path].append(value)
        return true
      })
  }

  /// An option that switches something on, and off where it is negatable.
  public static func flag(
    _ names: String..., to path: WritableKeyPath<Root, Bool>, _ summary: String, detail: String? = nil,
    negatable isNegatable: Bool = false
  ) -> Option {
    Option(
      row: OptionRow(
        names: names, shape: .flag(isNegatable: isNegatable), summary: summary, detail: detail, section: "",
        initial: [], otherwise: nil, choices: [], expectation: "", isRequired: false, variable: nil),
      initial: { $0[keyPath: path] ? [on] : [] },
      apply: { root, text, _ in
        root[keyPath: path] = text == on
        return true
      })
  }

  /// The same option, of something that holds a `Root`.
  func lifted<Outer>(through path: WritableKeyPath<Outer, Root>, section: String) -> Option<Outer> {
    var row = row
    if row.section.isEmpty { row.section = section }
    return Option<Outer>(
      row: row,
      initial: { initial($0[keyPath: path]) },
      apply: { apply(&$0[keyPath: path], $1, $2) })
  }

  /// The row, with the default that `root` holds.
  func row(in root: Root) -> OptionRow {
    var row = row
    row.initial = initial(root)
    return row
  }
}
