import Console
import Generator
import Kubernetes
import Review

/// The policies that would be generated for the namespaces of some workloads, as far as they tell about these.
struct GeneratedPolicies {
  /// The policies, or why there are none; nil where no namespace is asked about.
  let source: PolicySource?

  /// Those of the workloads' namespaces, without the cluster's own unless it is about nothing else.
  ///
  /// What stands in the way of other workloads' policies, or of another namespace's, does not change what these say.
  init(_ learned: Learned, about workloads: Set<WorkloadID>) {
    let all = Set(workloads.map(\.namespace))
    let own = all.subtracting(NamespaceOptions.infrastructure)
    let namespaces = own.isEmpty ? all : own
    let silent = namespaces.subtracting(learned.busyNamespaces).sorted()
    let busy = namespaces.subtracting(silent)
    guard !busy.isEmpty else {
      source = silent.first.map {
        PolicySource(.generated(namespaces.sorted()), hindrance: "nothing was seen of `\($0)`")
      }
      return
    }
    let kind = PolicySource.Kind.generated(busy.sorted())
    let plan = learned.about(busy).plan
    if let obstacle = plan.obstacles.first(where: { !$0.subjects.isDisjoint(with: workloads) }) {
      source = PolicySource(kind, hindrance: obstacle.message)
      return
    }
    // Whatever can't be written is cut, and no proof holds.
    if plan.obstacles.isEmpty, let failure = plan.proof.failures.first {
      source = PolicySource(kind, hindrance: failure.message)
      return
    }
    let notes =
      silent.map { "nothing was seen of `\($0)`, and no policies would be generated for it" }
      + Self.note(plan.obstacles)
    source = PolicySource(kind, plan.policies.map(\.policy), notes: notes)
  }

  private static func note(_ obstacles: [Obstacle]) -> [String] {
    guard let first = obstacles.first else { return [] }
    let rest = obstacles.count - 1
    let others = rest > 0 ? " (and \(rest.counted("more need")) can't be written as rules)" : ""
    return [
      "they would not be written as long as \(first.message)\(others): `netpol-learn generate` says what to do"
    ]
  }
}
