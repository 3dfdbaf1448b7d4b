import Kubernetes

/// Pods that the same policies isolate for egress, known ones or such as the policies speak of.
struct Asker {
  /// One of them, as the policies see it.
  let standing: Standing
  /// The workloads, where they are known.
  let workloads: [WorkloadID]

  /// The policies that isolate them, as places in the scene.
  var isolators: [Int] { standing.isolators(.egress) }
}

extension Scene {
  /// Everybody who is isolated for egress, once for each set of policies.
  ///
  /// Where a policy picks no known pod and some may be missing, it stands for the pods that it is about.
  var askers: [Asker] {
    let isolated = looks.indices.filter { !standings[$0].isolators(.egress).isEmpty }
    let known = Dictionary(grouping: isolated) { standings[$0].isolators(.egress) }
      .sorted { $0.key.lexicographicallyPrecedes($1.key) }
      .map { Asker(standing: standings[$0.value[0]], workloads: workloads(of: $0.value)) }
    let strangers = policies.map(\.policy).filter {
      $0.isolates.covers(.egress) && !knowsAllPods(of: $0.namespace) && named(by: $0).isEmpty
    }
    return known
      + strangers.compactMap { policy in
        guard let labels = policy.subject.example else { return nil }
        let traits = PodTraits(namespace: policy.namespace, labels: labels)
        return Asker(standing: set.standing(of: .pod(traits, address: nil)), workloads: [])
      }
  }
}

extension LabelSelector {
  /// The fewest labels that it picks; nil where it asks for what no labels have.
  var example: Labels? {
    var labels = labels
    for requirement in requirements where labels[requirement.key] == nil {
      switch requirement.test {
      case .isOneOf(let values): labels[requirement.key] = values[0]
      case .isPresent: labels[requirement.key] = "any"
      case .isNoneOf, .isAbsent: break
      }
    }
    return matches(labels) ? labels : nil
  }
}
