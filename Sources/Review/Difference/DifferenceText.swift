import Kubernetes
import Traffic

extension Difference {
  /// The difference for people: what becomes allowed, what stops, and why; pairs that go together in one line.
  public var text: String {
    guard !isEmpty else { return Self.noDifference + "\n" }
    let parts = Part.allCases.flatMap { part in
      [true, false].compactMap { isWider -> String? in
        let lines = lines(of: part, ofWider: isWider)
        return lines.isEmpty ? nil : part.heading(ofWider: isWider) + "\n" + lines
      }
    }
    return (parts + [doubts, summary + "\n"]).filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// What is said where nothing differs.
  static let noDifference =
    "no difference: both let the same through, also for pods and namespaces that may come"

  /// How many pairs change, and which way.
  private var summary: String {
    let known = changes.filter { Part.policies.holds($0) }
    // A pair is one also where it is told family by family.
    func pairs(_ changes: [Change]) -> Int { Set(changes.map { [$0.from, $0.to] }).count }
    let (wider, narrower) = (pairs(known.filter(\.widens)), pairs(known.filter { !$0.closes.isEmpty }))
    let count = pairs(known)
    var parts =
      known.isEmpty
      ? []
      : [
        "\(count == 1 ? "1 pair changes" : "\(count) pairs change"): \(wider) allowed more, \(narrower) allowed less"
      ]
    let examples = changes.count(where: \.isSymbolic)
    if examples > 0 {
      parts.append("\(examples) \(examples == 1 ? "example" : "examples") of pods that may come")
    }
    let moved = changes.count { Part.topology.holds($0) }
    if moved > 0 { parts.append("\(moved) with ends that came, went or changed") }
    if !undecided.isEmpty { parts.append("\(undecided.count) not decided") }
    return parts.joined(separator: "; ")
  }

  /// What was not decided, under a heading that says so.
  private var doubts: String {
    guard !undecided.isEmpty else { return "" }
    return Undecided.Reason.allCases.compactMap { reason -> String? in
      let causes = undecided.filter { $0.reason == reason }.flatMap(\.causes)
      guard !causes.isEmpty else { return nil }
      let byRole = Dictionary(grouping: causes, by: \.role).sorted { $0.key < $1.key }
      return "not decided: \(reason.rawValue)\n"
        + byRole.map { "  \(ChangeWords.causes($0.value))\n" }.joined()
    }.joined(separator: "\n")
  }

  private func lines(of part: Part, ofWider isWider: Bool) -> String {
    let bundles = ChangeBundle.bundles(of: changes.filter(part.holds)) { change -> Line? in
      let ports = isWider ? change.opens : change.closes
      guard !ports.isEmpty else { return nil }
      // Isolation comes from both ends of a pair, so pairs would hardly ever have it in common policy by policy.
      let causes = change.causes.filter { $0.role.isWidening == isWider }
      return Line(
        ports: ports, rules: causes.filter { $0.citation.rule != nil }, roles: Set(causes.map(\.role)),
        topology: change.topology, family: change.family)
    }
    // Of examples for one rule the first tells enough.
    let told = part == .possible ? Self.firsts(of: bundles) : bundles.map { ($0, 0) }
    return told.map { bundle, others in
      let (sources, targets) = (ChangeWords.names(bundle.sources), ChangeWords.names(bundle.targets))
      let causes = bundle.changes.flatMap(\.causes).filter { $0.role.isWidening == isWider }
      let why = [bundle.key.topology.words, ChangeWords.causes(causes)].filter { !$0.isEmpty }
      let ports = ChangeWords.ports(bundle.key.ports) + (bundle.key.family.map { " over \($0)" } ?? "")
      let more = others == 0 ? "" : "; \(others) more \(others == 1 ? "example" : "examples")"
      return "  \(sources) → \(targets)  \(ports)  \(why.joined(separator: "; "))\(more)\n"
    }.joined()
  }

  /// The first bundle of each key, and how many changes the others have.
  private static func firsts(of bundles: [ChangeBundle<Line>]) -> [(ChangeBundle<Line>, Int)] {
    var places: [Line: Int] = [:]
    return bundles.reduce(into: []) { list, bundle in
      if let place = places[bundle.key] {
        list[place].1 += bundle.changes.count
      } else {
        places[bundle.key] = list.count
        list.append((bundle, 0))
      }
    }
  }

  private struct Line: Hashable {
    let ports: PortSet
    let rules: [Change.Cause]
    let roles: Set<Change.Role>
    let topology: Topology
    let family: Family?
  }

  /// The parts in which a difference is told.
  private enum Part: CaseIterable {
    /// What policies do to those who are there on both sides.
    case policies
    /// What policies do to those who may come.
    case possible
    /// What comes of ends that came, went or changed.
    case topology

    func holds(_ change: Change) -> Bool {
      switch self {
      case .policies: !change.isSymbolic && change.topology == .none
      case .possible: change.isSymbolic
      case .topology: change.topology != .none
      }
    }

    func heading(ofWider isWider: Bool) -> String {
      let what = isWider ? "becomes allowed" : "stops"
      switch self {
      case .policies: return what
      case .possible: return what + ", for pods that may come"
      case .topology: return what + ", with workloads that came, went or changed"
      }
    }
  }
}
