import Kubernetes

extension Difference {
  /// The difference for people: what becomes allowed, what stops, and why; pairs that go together in one line.
  public var text: String {
    guard !isEmpty else { return Self.noDifference + "\n" }
    let more = lines(ofWider: true)
    let less = lines(ofWider: false)
    var parts: [String] = []
    if !more.isEmpty { parts.append("becomes allowed\n" + more) }
    if !less.isEmpty { parts.append("stops\n" + less) }
    parts.append(summary + "\n")
    return parts.joined(separator: "\n")
  }

  /// What is said where nothing differs: pods that may come are not compared.
  static let noDifference =
    "no difference: both let the same through among the workloads and addresses that are known now"

  /// How many pairs change, and which way.
  private var summary: String {
    let wider = changes.count(where: \.widens)
    let narrower = changes.count { !$0.closes.isEmpty }
    let pairs = changes.count == 1 ? "1 pair changes" : "\(changes.count) pairs change"
    return "\(pairs): \(wider) allowed more, \(narrower) allowed less"
  }

  private func lines(ofWider isWider: Bool) -> String {
    let bundles = ChangeBundle.bundles(of: changes) { change -> Line? in
      let ports = isWider ? change.opens : change.closes
      guard !ports.isEmpty else { return nil }
      // Isolation comes from both ends of a pair, so pairs would hardly ever have it in common policy by policy.
      let causes = change.causes.filter { $0.role.isWidening == isWider }
      return Line(
        ports: ports, rules: causes.filter { $0.citation.rule != nil }, roles: Set(causes.map(\.role)))
    }
    return bundles.map { bundle in
      let (sources, targets) = (ChangeWords.names(bundle.sources), ChangeWords.names(bundle.targets))
      let causes = bundle.changes.flatMap(\.causes).filter { $0.role.isWidening == isWider }
      let (ports, why) = (ChangeWords.ports(bundle.key.ports), ChangeWords.causes(causes))
      return "  \(sources) → \(targets)  \(ports)  \(why)\n"
    }.joined()
  }

  private struct Line: Hashable {
    let ports: PortSet
    let rules: [Change.Cause]
    let roles: Set<Change.Role>
  }
}

extension Change.Role {
  /// Whether it lets more through, and not less.
  fileprivate var isWidening: Bool {
    switch self {
    case .opens, .isolated: true
    case .opened, .isolates: false
    }
  }
}
