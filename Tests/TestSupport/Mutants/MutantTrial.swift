public import Documents

/// Asks policies all questions of a story with the evaluator that shares nothing with the module under test.
public struct MutantTrial {
  /// How many questions there are.
  public let count: Int
  /// How many of them are about what has to pass.
  public let needs: Int
  private let namespaces: [String: [String: String]]
  /// The questions to one side of one pod.
  private let groups: [[Probe]]

  /// A trial among namespaces with these labels.
  public init(_ probes: [Probe], namespaces: [String: [String: String]]) {
    count = probes.count
    needs = probes.count(where: \.isNeeded)
    self.namespaces = namespaces
    var numbers: [String: Int] = [:]
    var groups: [[Probe]] = []
    for probe in probes {
      let key = "\(probe.namespace) \(probe.side) \(probe.subject.name)"
      if let number = numbers[key] {
        groups[number].append(probe)
      } else {
        numbers[key] = groups.count
        groups.append([probe])
      }
    }
    self.groups = groups
  }

  /// Everything that is wrong with some policies.
  public func faults(of policies: [Node]) -> [String] {
    groups.flatMap { group in
      let evaluator = naive(policies, for: group)
      return group.compactMap { $0.fault(in: evaluator) }
    }
  }

  /// The first thing that is wrong with a mutant; nil where nobody notices the change.
  ///
  /// Only pods that the changed policy is about can notice, as it was or as it is.
  public func fault(of mutant: PolicyMutant) -> String? {
    let changed = [mutant.before, mutant.after].compactMap(\.self)
    for group in groups {
      guard let first = group.first, first.namespace == mutant.namespace,
        changed.contains(where: { !first.side(in: naive([$0], for: group)).isolatedBy.isEmpty })
      else { continue }
      let evaluator = naive(mutant.policies, for: group)
      for probe in group {
        if let fault = probe.fault(in: evaluator) { return fault }
      }
    }
    return nil
  }

  /// Policies of other namespaces say nothing of a pod.
  private func naive(_ policies: [Node], for group: [Probe]) -> NaiveEvaluator {
    let own = policies.filter { $0["metadata"]?["namespace"]?.string == group.first?.namespace }
    return NaiveEvaluator(policies: own, namespaces: namespaces)
  }
}
