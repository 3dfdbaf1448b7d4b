import Kubernetes

/// Finds what policies of other namespaces would cut of the needs of those asked for.
struct Companions {
  private let set: PolicySet
  private let namespaces: [String: Labels]
  private let synthesis: Synthesis
  private let cast: Cast
  private let chosen: Set<String>

  /// Beside these policies, which stand already.
  init(
    _ standing: [NetworkPolicy], _ synthesis: Synthesis, _ cast: Cast, namespaces: [String: Labels],
    chosen: Set<String>
  ) {
    set = PolicySet(standing.filter { !chosen.contains($0.namespace) }, namespaces: namespaces)
    self.namespaces = namespaces
    self.synthesis = synthesis
    self.cast = cast
    self.chosen = chosen
  }

  /// What the other namespaces lack, and what would be cut there all the same.
  struct Missing {
    /// The policies, in order.
    var companions: [Companion] = []
    /// The needs that no policy can be made for, as where no label tells their workload from others, in words.
    var beyond: [String] = []
  }

  /// What lacks for these edges.
  func missing(for edges: [Edge]) -> Missing {
    // Without policies elsewhere nothing can be cut there.
    guard !set.policies.isEmpty else { return Missing() }
    var cuts: [WorkloadID: [Cut]] = [:]
    let asked = edges.filter {
      $0.bin.isNeeded && (elsewhere($0.server) != nil || elsewhere($0.client) != nil)
    }
    let looks = Looks(set, of: asked, in: cast)
    for edge in asked {
      if let server = elsewhere(edge.server), let words = cut(.ingress, edge, looks) {
        cuts[server, default: []].append(Cut(edge: edge, direction: .ingress, words: words))
      }
      if let client = elsewhere(edge.client), let words = cut(.egress, edge, looks) {
        cuts[client, default: []].append(Cut(edge: edge, direction: .egress, words: words))
      }
    }
    let taken = Set(set.policies.map(\.path))
    let names = Dictionary(grouping: cuts.keys, by: \.namespace).mapValues { subjects in
      PolicyNames(for: subjects, besides: [])
    }
    let made = cuts.keys.sorted().compactMap { subject -> (subject: WorkloadID, policy: NetworkPolicy)? in
      guard let cuts = cuts[subject], let name = names[subject.namespace]?[subject] else { return nil }
      func edges(_ direction: PolicyDirection) -> [Edge] {
        isClosed(subject, direction) ? cuts.filter { $0.direction == direction }.map(\.edge) : []
      }
      return synthesis.companion(
        of: subject, named: Self.free("\(name)-companion", in: subject.namespace, taken),
        asked: edges(.ingress), asking: edges(.egress)
      ).map { (subject, $0) }
    }
    // Only what passes with them is theirs to tell.
    let mended = Looks(
      PolicySet(set.policies + made.map(\.policy), namespaces: namespaces),
      of: cuts.values.flatMap { $0.map(\.edge) }, in: cast)
    let fates = cuts.mapValues { cuts in
      cuts.map { (words: $0.words, isMended: cut($0.direction, $0.edge, mended) == nil) }
    }
    var missing = Missing()
    missing.beyond = fates.values.joined().filter { !$0.isMended }.map { $0.words }.sorted()
    missing.companions = made.compactMap { subject, policy in
      let needs = fates[subject, default: []].filter { $0.isMended }.map { $0.words }.sorted()
      return needs.isEmpty ? nil : Companion(policy: policy, needs: needs)
    }
    return missing
  }

  /// What would be cut on one side of an edge, in words.
  private struct Cut {
    let edge: Edge
    let direction: PolicyDirection
    let words: String
  }

  private func elsewhere(_ end: End) -> WorkloadID? {
    end.workload.flatMap { chosen.contains($0.namespace) ? nil : $0 }
  }

  /// Whether all pods of a workload are isolated in a direction, so that one policy more about them closes nothing.
  private func isClosed(_ subject: WorkloadID, _ direction: PolicyDirection) -> Bool {
    cast.parties(of: .workload(subject)).allSatisfy { !set.standing(of: $0).isolators(direction).isEmpty }
  }

  /// In words, what would be cut by which policies of the end that decides in a direction; nil where all of it passes.
  private func cut(_ direction: PolicyDirection, _ edge: Edge, _ looks: Looks) -> String? {
    // What a machine asks of its own pods no policy cuts.
    if case .node(let name, _) = edge.client, synthesis.isExempt(name, edge) { return nil }
    for pair in looks.pairs(of: edge) {
      let deciding = direction == .ingress ? pair.server : pair.client
      guard !deciding.isolators(direction).isEmpty else { continue }
      let verdict = looks.verdict(on: edge, between: pair)
      guard case .denied(let denial) = direction == .ingress ? verdict.ingress : verdict.egress else {
        continue
      }
      let policies = Set(denial.isolatedBy.map { "`\($0.policy)`" }).sorted().joined(separator: ", ")
      return "`\(edge.client)` → `\(edge.server)` \(edge.port)/\(edge.transport), cut by \(policies)"
    }
    return nil
  }

  private static func free(_ name: String, in namespace: String, _ taken: Set<String>) -> String {
    var free = name
    var number = 2
    while taken.contains("\(namespace)/\(free)") {
      free = "\(name)-\(number)"
      number += 1
    }
    return free
  }
}

extension Companions.Missing {
  /// That policies are needed, and what none can mend.
  var concerns: [Concern] { [lacking, lost].compactMap(\.self) }

  private var lacking: Concern? {
    guard !companions.isEmpty else { return nil }
    let needs = companions.flatMap(\.needs)
    let namespaces = Set(companions.map { "`\($0.policy.namespace)`" }).sorted().joined(separator: ", ")
    return Concern(
      .companionNeeded,
      "\(needs.count) need\(needs.count == 1 ? " is" : "s are") cut by policies of \(namespaces), which \(companions.count == 1 ? "lacks a policy" : "lack policies")",
      detail: needs,
      hint:
        "`--out` writes what is lacking into a folder `companions`, for those who look after \(namespaces); nothing here applies it"
    )
  }

  private var lost: Concern? {
    guard !beyond.isEmpty else { return nil }
    return Concern(
      .cutElsewhere,
      "\(beyond.count) need\(beyond.count == 1 ? " is" : "s are") cut by policies of other namespaces, and no policy can be made that mends it and closes nothing else",
      detail: beyond,
      hint: "ask those who look after them to let it through, or to give the pods there a label of their own")
  }
}
