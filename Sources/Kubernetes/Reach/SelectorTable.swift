/// Selectors as numbers: each different one is kept, and resolved, once.
struct SelectorTable {
  /// What one selector asks of one key.
  struct Condition {
    let key: Int
    let test: Test

    enum Test {
      case isOneOf([LabelVocabulary.Pair])
      case isNoneOf([LabelVocabulary.Pair])
      case isPresent
      case isAbsent
    }
  }

  /// The labels that these selectors tell apart.
  private(set) var vocabulary = LabelVocabulary()
  private var numbers: [[UInt64]: Int] = [:]
  private var conditions: [[Condition]] = []
  /// The words of the selector at hand.
  private var words: [UInt64] = []

  /// The number of a selector.
  mutating func number(of selector: LabelSelector) -> Int {
    var asked: [Condition] = []
    asked.reserveCapacity(selector.labels.count + selector.requirements.count)
    for (name, value) in selector.labels {
      let key = vocabulary.key(name)
      asked.append(Condition(key: key, test: .isOneOf([vocabulary.pair(value, of: key)])))
    }
    if asked.count > 1 { asked.sort { $0.key < $1.key } }
    for requirement in selector.requirements { asked.append(condition(requirement)) }
    words.removeAll(keepingCapacity: true)
    for condition in asked { condition.write(to: &words) }
    if let known = numbers[words] { return known }
    numbers[words] = conditions.count
    conditions.append(asked)
    return conditions.count - 1
  }

  private mutating func condition(_ requirement: LabelRequirement) -> Condition {
    let key = vocabulary.key(requirement.key)
    func pairs(_ values: OneOrMore<String>, _ vocabulary: inout LabelVocabulary) -> [LabelVocabulary.Pair] {
      values.map { vocabulary.pair($0, of: key) }
    }
    switch requirement.test {
    case .isOneOf(let values): return Condition(key: key, test: .isOneOf(pairs(values, &vocabulary)))
    case .isNoneOf(let values): return Condition(key: key, test: .isNoneOf(pairs(values, &vocabulary)))
    case .isPresent: return Condition(key: key, test: .isPresent)
    case .isAbsent: return Condition(key: key, test: .isAbsent)
    }
  }
}

// What it can tell.
extension SelectorTable {
  /// What a selector asks for; all of it must hold.
  func conditions(of selector: Int) -> [Condition] { conditions[selector] }

  /// Whether labels with this signature are chosen.
  func matches(_ selector: Int, _ signature: [LabelVocabulary.Pair]) -> Bool {
    conditions[selector].allSatisfy { holds($0, signature) }
  }

  /// Whether labels with this signature meet a condition.
  func holds(_ condition: Condition, _ signature: [LabelVocabulary.Pair]) -> Bool {
    var value: LabelVocabulary.Pair?
    for pair in signature where vocabulary.keyOfPair[Int(pair)] == condition.key { value = pair }
    return switch condition.test {
    case .isOneOf(let pairs): value.map { pairs.contains($0) } ?? false
    case .isNoneOf(let pairs): value.map { !pairs.contains($0) } ?? true
    case .isPresent: value != nil
    case .isAbsent: value == nil
    }
  }
}

extension SelectorTable.Condition {
  /// Writes the same for equal conditions, and other words for every other one.
  fileprivate func write(to words: inout [UInt64]) {
    func write(_ kind: UInt64, _ pairs: [LabelVocabulary.Pair]) {
      words.append(UInt64(key) << 2 | kind)
      words.append(UInt64(pairs.count))
      for pair in pairs { words.append(UInt64(pair)) }
    }
    switch test {
    case .isOneOf(let pairs): write(0, pairs)
    case .isNoneOf(let pairs): write(1, pairs)
    case .isPresent: write(2, [])
    case .isAbsent: write(3, [])
    }
  }
}
