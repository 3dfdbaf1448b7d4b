// Whether the declarations make sense.
extension Program {
  /// What is wrong with the declarations; empty when they make sense.
  public func validate() -> [DeclarationFault] {
    var faults = summaryFaults(summary, name)
    faults += duplicates(["help"] + commands.map { $0.name }).map { .duplicateName($0, of: name) }
    for command in commands {
      let place = "\(name) \(command.name)"
      if !isWord(command.name) { faults.append(.badName(command.name, of: name)) }
      faults += summaryFaults(command.summary, place)
      faults += optionFaults(command.optionRows, place)
      faults += argumentFaults(command.argumentRows, place)
      faults += command.examples.compactMap { exampleFault($0, command, place) }
    }
    return faults
  }

  private func optionFaults(_ rows: [OptionRow], _ place: String) -> [DeclarationFault] {
    let names = (rows + [.help]).flatMap { $0.names + $0.negatedNames }
    var faults = duplicates(names).map { DeclarationFault.duplicateName($0, of: place) }
    faults += duplicates(rows.compactMap(\.variable)).map { .badVariable($0, of: place) }
    for row in rows {
      if row.names.isEmpty { faults.append(.badName("", of: place)) }
      faults += row.names.filter { !isOptionName($0) }.map { .badName($0, of: place) }
      faults += summaryFaults(row.summary, "\(place) \(row.title)")
      if let name = row.valueName, !isPlaceholder(name) { faults.append(.badValueName(name, of: place)) }
      if let name = row.variable, !isVariable(name) { faults.append(.badVariable(name, of: place)) }
      faults += defaultFaults(row, place)
      if row.isNegatable, row.negatedNames.isEmpty {
        faults.append(.namelessNegation(option: row.title, of: place))
      }
    }
    return faults
  }

  private func defaultFaults(_ row: OptionRow, _ place: String) -> [DeclarationFault] {
    guard !row.initial.isEmpty else { return [] }
    if row.shape == .flag(isNegatable: false) { return [.endlessFlag(option: row.title, of: place)] }
    if row.isRequired { return [.requiredDefault(option: row.title, of: place)] }
    return row.initial.filter { !row.choices.isEmpty && !row.choices.contains($0) }
      .map { .foreignDefault($0, option: row.title, of: place) }
  }

  private func argumentFaults(_ rows: [ArgumentRow], _ place: String) -> [DeclarationFault] {
    var faults = duplicates(rows.map(\.name)).map { DeclarationFault.duplicateName($0, of: place) }
    for (index, row) in rows.enumerated() {
      if !isPlaceholder(row.name) { faults.append(.badValueName(row.name, of: place)) }
      faults += summaryFaults(row.summary, "\(place) \(row.name)")
      let isReachable = rows[..<index].allSatisfy { !$0.isRepeatable && (!$0.isOptional || row.isOptional) }
      if !isReachable { faults.append(.unreachableArgument(row.name, of: place)) }
    }
    return faults
  }

  private func summaryFaults(_ text: String, _ place: String) -> [DeclarationFault] {
    let isFine = !text.isEmpty && !text.hasSuffix(".") && !text.contains { $0.isNewline }
    return isFine ? [] : [.badSummary(text, of: place)]
  }

  /// The program must understand its own examples, and take them for this command.
  private func exampleFault(
    _ example: Example, _ command: any Command.Type, _ place: String
  ) -> DeclarationFault? {
    let calls = ShellWords.calls(in: example.line).filter { $0.first == name }
    guard calls.contains(where: { $0.dropFirst().first == command.name }) else {
      return .badExample(example.line, of: place, why: "it does not call `\(place)`")
    }
    for call in calls {
      do {
        _ = try invocation(of: Array(call.dropFirst()))
      } catch {
        return .badExample(example.line, of: place, why: error.complaint.message)
      }
    }
    return nil
  }
}

// What names look like.
extension Program {
  private func isWord(_ text: some StringProtocol) -> Bool {
    text.first?.isLetter == true && text.last != "-"
      && text.utf8.allSatisfy {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-")
      }
  }

  private func isOptionName(_ text: String) -> Bool {
    if text.hasPrefix("--") { return isWord(text.dropFirst(2)) && text.count > 3 }
    return text.count == 2 && text.hasPrefix("-") && text.last.map { $0.isASCII && $0.isLetter } == true
  }

  private func isPlaceholder(_ text: String) -> Bool {
    text.first?.isUppercase == true && !text.contains { $0.isLowercase || $0.isWhitespace }
  }

  private func isVariable(_ text: String) -> Bool {
    text.first?.isLetter == true
      && text.allSatisfy { $0.isASCII && ($0.isUppercase || $0.isNumber || $0 == "_") }
  }

  private func duplicates(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { !seen.insert($0).inserted }
  }
}
