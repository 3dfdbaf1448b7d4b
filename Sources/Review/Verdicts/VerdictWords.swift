import Kubernetes

/// How what policies say is put in words.
enum VerdictWords {
  /// What the nearest rule lacks.
  static func lack(_ denial: Verdict.Denial, _ direction: PolicyDirection) -> String {
    guard let nearest = denial.nearest else {
      return "\(denial.isolatedBy.count == 1 ? "it has" : "they have") no rule for \(direction.rawValue)"
    }
    switch denial.cause {
    case .noRule: return "no rule for \(direction.rawValue)"
    case .peer: return "nearest is \(nearest), which does not name this peer"
    case .port: return "nearest is \(nearest), which names this peer, but not this port"
    }
  }

  /// The policies' names, with `and` before the last.
  static func policies(_ citations: [Citation]) -> String {
    let names = citations.map(\.policy)
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return "\(names.dropLast().joined(separator: ", ")) and \(last)"
  }
}
