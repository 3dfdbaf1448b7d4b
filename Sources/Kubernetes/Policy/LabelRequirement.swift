/// What a selector asks of one label, beyond equality.
public struct LabelRequirement: Hashable, Sendable {
  /// The label's name.
  public let key: String
  /// What is asked of it.
  public let test: Test

  /// The requirement; values are put in order, each once.
  public init(_ key: String, _ test: Test) {
    self.key = key
    self.test =
      switch test {
      case .isOneOf(let values): .isOneOf(values.canonical)
      case .isNoneOf(let values): .isNoneOf(values.canonical)
      case .isPresent, .isAbsent: test
      }
  }

  /// A question about a label, with the values it needs and no others.
  public enum Test: Hashable, Sendable {
    /// The label is there and has one of these values (`In`).
    case isOneOf(OneOrMore<String>)
    /// The label is not there, or has none of these values (`NotIn`).
    case isNoneOf(OneOrMore<String>)
    /// The label is there (`Exists`).
    case isPresent
    /// The label is not there (`DoesNotExist`).
    case isAbsent
  }

  /// Whether labels meet it.
  public func matches(_ labels: Labels) -> Bool {
    let value = labels[key]
    switch test {
    case .isOneOf(let values): return value.map { values.contains($0) } ?? false
    case .isNoneOf(let values): return value.map { !values.contains($0) } ?? true
    case .isPresent: return value != nil
    case .isAbsent: return value == nil
    }
  }

  /// The operator as Kubernetes writes it.
  var operatorName: String {
    switch test {
    case .isOneOf: "In"
    case .isNoneOf: "NotIn"
    case .isPresent: "Exists"
    case .isAbsent: "DoesNotExist"
    }
  }

  /// The values it names.
  var values: [String] {
    switch test {
    case .isOneOf(let values), .isNoneOf(let values): Array(values)
    case .isPresent, .isAbsent: []
    }
  }
}

extension LabelRequirement: CustomStringConvertible {
  /// As `kubectl get -l` takes it.
  public var description: String {
    switch test {
    case .isOneOf(let values): "\(key) in (\(values.joined(separator: ",")))"
    case .isNoneOf(let values): "\(key) notin (\(values.joined(separator: ",")))"
    case .isPresent: key
    case .isAbsent: "!\(key)"
    }
  }
}

extension LabelRequirement: Comparable {
  /// By key, then by what it says.
  public static func < (one: LabelRequirement, other: LabelRequirement) -> Bool {
    (one.key, one.description) < (other.key, other.description)
  }
}
