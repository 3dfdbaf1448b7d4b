import Kubernetes

/// Finds what policies of other namespaces would cut of the needs of those asked for.
struct Companions {
  private let set: PolicySet
  private let synthesis: Synthesis
  private let cast: Cast
  private let chosen: Set<String>

  /// Beside these policies, which stand already.
  init(
    _ standing: [NetworkPolicy], _ synthesis: Synthesis, _ cast: Cast, namespaces: [String: Labels],
    chosen: Set<String>
  ) {
    set = PolicySet(standing.filter { !chosen.contains($0.namespace) }, namespaces: namespaces)
    self.synthesis = synthesis
    self.cast = cast
    self.chosen = chosen
  }

  /// The policies that the other namespaces lack, in order; none for whom no label tells from others.
  func missing(for edges: [Edge]) -> [Companion] {
    // Without policies elsewhere nothing can be cut there.
    guard !set.policies.isEmpty else { return [] }
    var cuts: [WorkloadID: Cuts] = [:]
    for edge in edges where edge.bin.isNeeded {
      if let server = elsewhere(edge.server), let words = cut(.ingress, edge) {
        cuts[server, default: Cuts()].asked.append(edge)
        cuts[server, default: Cuts()].words.append(words)
      }
      if let client = elsewhere(edge.client), let words = cut(.egress, edge) {
        cuts[client, default: Cuts()].asking.append(edge)
        cuts[client, default: Cuts()].words.append(words)
      }
    }
    let taken = Set(set.policies.map(\.path))
    let names = Dictionary(grouping: cuts.keys, by: \.namespace).mapValues { subjects in
      PolicyNames(for: subjects, besides: [])
    }
    return cuts.keys.sorted().compactMap { subject in
      guard let cut = cuts[subject], let name = names[subject.namespace]?[subject] else { return nil }
      return synthesis.companion(
        of: subject, named: Self.free("\(name)-companion", in: subject.namespace, taken), asked: cut.asked,
        asking: cut.asking
      ).map { Companion(policy: $0, needs: cut.words.sorted()) }
    }
  }

  /// What would be cut of one workload.
  private struct Cuts {
    var asked: [Edge] = []
    var asking: [Edge] = []
    var words: [String] = []
  }

  private func elsewhere(_ end: End) -> WorkloadID? {
    end.workload.flatMap { chosen.contains($0.namespace) ? nil : $0 }
  }

  /// In words, what would be cut by which policies of the end that decides in a direction; nil where all of it passes.
  private func cut(_ direction: PolicyDirection, _ edge: Edge) -> String? {
    let clients = cast.parties(of: edge.client).map { set.standing(of: $0) }
    let servers = cast.parties(of: edge.server).map { set.standing(of: $0) }
    let deciding = direction == .ingress ? servers : clients
    guard deciding.contains(where: { !$0.isolators(direction).isEmpty }) else { return nil }
    for client in clients {
      for server in servers {
        let verdict = set.verdict(
          from: client, to: server, port: edge.port, transport: edge.transport,
          areReplicas: edge.client == edge.server)
        guard case .denied(let denial) = direction == .ingress ? verdict.ingress : verdict.egress else {
          continue
        }
        let policies = Set(denial.isolatedBy.map { "`\($0.policy)`" }).sorted().joined(separator: ", ")
        return "`\(edge.client)` → `\(edge.server)` \(edge.port)/\(edge.transport), cut by \(policies)"
      }
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

extension Companion {
  /// That these policies are needed.
  static func concerns(_ companions: [Companion]) -> [Concern] {
    guard !companions.isEmpty else { return [] }
    let needs = companions.flatMap(\.needs)
    let namespaces = Set(companions.map { "`\($0.policy.namespace)`" }).sorted().joined(separator: ", ")
    return [
      Concern(
        .companionNeeded,
        "\(needs.count) need\(needs.count == 1 ? " is" : "s are") cut by policies of \(namespaces), which \(companions.count == 1 ? "lacks a policy" : "lack policies")",
        detail: needs,
        hint:
          "`--out` writes what is lacking into a folder `companions`, for those who look after \(namespaces); nothing here applies it"
      )
    ]
  }
}
