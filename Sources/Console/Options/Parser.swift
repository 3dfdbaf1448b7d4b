/// From the words of a command line to a command that holds what was typed.
struct Parser<Root: Command> {
  /// The program and the command, for errors.
  private let caller: String
  private let options = Root.allOptions
  private let arguments = Root.arguments
  private var command = Root()
  private var given: Set<Int> = []
  private var words: [String] = []
  /// What `-` was given to: standard input can be read once.
  private var readers: [String] = []

  init(caller: String) {
    self.caller = caller
  }

  /// What the words say.
  enum Answer {
    case run(Root)
    case help(isShort: Bool)
  }

  /// Reads the words after the name of the command.
  mutating func read(_ line: [String], _ environment: Environment) throws(UsageError) -> Answer {
    var rest = line[...]
    var isOver = false
    while let word = rest.popFirst() {
      if isOver || word == "-" || !word.hasPrefix("-") {
        words.append(word)
      } else if word == "--" {
        isOver = true
      } else if word == "--help" || word == "-h" {
        return .help(isShort: word == "-h")
      } else if word.hasPrefix("--") {
        try readLong(word, &rest)
      } else if try readShort(word, &rest) {
        return .help(isShort: true)
      }
    }
    try consult(environment)
    try requireOptions()
    try placeWords()
    if readers.count > 1 { throw .sharedInput(readers) }
    return .run(command)
  }

  private mutating func readLong(_ word: String, _ rest: inout ArraySlice<String>) throws(UsageError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let name = parts[0]
    let attached = parts.count > 1 ? parts[1] : nil
    if let index = options.firstIndex(where: { $0.row.names.contains(name) }) {
      try take(index, as: name, attached, &rest)
    } else if let index = options.firstIndex(where: { $0.row.negatedNames.contains(name) }) {
      if let attached { throw .surplusValue(option: name, value: attached) }
      try put(Option<Root>.off, into: index, as: name)
    } else {
      throw unknown(name)
    }
  }

  /// Reads a word of short options; answers whether it asks for help.
  private mutating func readShort(_ word: String, _ rest: inout ArraySlice<String>) throws(UsageError) -> Bool
  {
    // `-namespace` is a habit from other tools, and must not become the namespace `amespace`.
    let long = "-" + word.prefix { $0 != "=" }
    if long.count > 3, allNames.contains(long) { throw .unknownOption(word, caller, meant: long) }
    var letters = word.dropFirst()
    while let letter = letters.popFirst() {
      let name = "-\(letter)"
      if name == "-h" { return true }
      guard let index = options.firstIndex(where: { $0.row.names.contains(name) }) else {
        throw .unknownOption(name, caller, meant: nil)
      }
      if options[index].row.valueName == nil {
        try put(Option<Root>.on, into: index, as: name)
        continue
      }
      let value = letters.first == "=" ? letters.dropFirst() : letters
      try take(index, as: name, letters.isEmpty ? nil : String(value), &rest)
      return false
    }
    return false
  }

  private mutating func take(
    _ index: Int, as name: String, _ attached: String?, _ rest: inout ArraySlice<String>
  ) throws(UsageError) {
    guard let valueName = options[index].row.valueName else {
      if let attached { throw .surplusValue(option: name, value: attached) }
      return try put(Option<Root>.on, into: index, as: name)
    }
    if let attached { return try put(attached, into: index, as: name) }
    guard let word = rest.popFirst() else {
      throw .missingValue(option: name, value: valueName, instead: nil)
    }
    // `--db --strict` is a forgotten value far more often than a store of that name.
    if knows(word) { throw .missingValue(option: name, value: valueName, instead: word) }
    try put(word, into: index, as: name)
  }

  private mutating func put(_ text: String, into index: Int, as name: String) throws(UsageError) {
    let isFirst = given.insert(index).inserted
    if text == "-" { readers.append(options[index].row.title) }
    guard options[index].apply(&command, text, isFirst) else {
      throw badValue(text, of: name, options[index].row.choices, options[index].row.expectation)
    }
  }

  /// Environment variables stand in for what was not typed.
  private mutating func consult(_ environment: Environment) throws(UsageError) {
    for (index, option) in options.enumerated() where !given.contains(index) {
      guard let variable = option.row.variable, let text = environment[variable], !text.isEmpty else {
        continue
      }
      try put(text, into: index, as: "$" + variable)
    }
  }

  private func requireOptions() throws(UsageError) {
    for (index, option) in options.enumerated() where option.row.isRequired && !given.contains(index) {
      throw .missingOption(option.row.title, value: option.row.valueName, caller)
    }
  }

  private mutating func placeWords() throws(UsageError) {
    var rest = words[...]
    for argument in arguments {
      let count = argument.row.isRepeatable ? rest.count : min(1, rest.count)
      if count == 0, !argument.row.isOptional { throw .missingArgument(argument.row.name, caller) }
      for word in rest.prefix(count) {
        if word == "-" { readers.append(argument.row.name) }
        guard argument.apply(&command, word) else {
          throw badValue(word, of: argument.row.name, argument.row.choices, argument.row.expectation)
        }
      }
      rest = rest.dropFirst(count)
    }
    if let word = rest.first { throw .surplusArgument(word, caller) }
  }

  private func badValue(_ value: String, of name: String, _ choices: [String], _ expectation: String)
    -> UsageError
  {
    .badValue(
      of: name, value: value, expectation: expectation,
      meant: Suggestion.nearest(to: value, among: choices))
  }

  private var allNames: [String] {
    options.flatMap { $0.row.names + $0.row.negatedNames } + OptionRow.help.names
  }

  private func knows(_ word: String) -> Bool {
    word.hasPrefix("-") && allNames.contains(String(word.prefix { $0 != "=" }))
  }

  private func unknown(_ name: String) -> UsageError {
    let long = allNames.filter { $0.hasPrefix("--") }
    return .unknownOption(name, caller, meant: Suggestion.nearest(to: name, among: long))
  }
}
