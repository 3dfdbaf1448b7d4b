/// How much a finding matters.
public enum Severity: String, Hashable, Sendable, CaseIterable {
  /// An outage or a hole, as far as one can tell from the manifests.
  case error
  /// Likely a mistake, or something that will become one.
  case warning
  /// Worth knowing.
  case info
}

extension Severity: Comparable {
  /// The graver, the greater.
  public static func < (one: Severity, other: Severity) -> Bool { one.weight < other.weight }

  private var weight: Int {
    switch self {
    case .info: 0
    case .warning: 1
    case .error: 2
    }
  }
}
