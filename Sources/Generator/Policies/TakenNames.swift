import Kubernetes

/// The policies that others wrote under names that ours have: whoever applies ours replaces them.
struct TakenNames {
  /// Their namespaces and names, in order.
  let paths: [String]

  /// Of those that stand already.
  init(_ standing: [NetworkPolicy], _ planned: [PlannedPolicy], _ options: Options) {
    // What is staged is another kind of object, and takes nobody's place.
    guard options.dialect == .kubernetes else {
      paths = []
      return
    }
    let ours = Dictionary(
      planned.map { ($0.policy.path, $0.policy) }, uniquingKeysWith: { first, _ in first })
    paths = Set(
      standing.filter { theirs in
        let isOurs = Synthesis.ours.allSatisfy { theirs.labels[$0.key] == $0.value }
        return !isOurs && ours[theirs.path].map { !$0.says(theirs) } ?? false
      }.map(\.path)
    ).sorted()
  }

  /// What whoever applies the policies must know of it.
  var concerns: [Concern] {
    guard !paths.isEmpty else { return [] }
    let isOne = paths.count == 1
    return [
      Concern(
        .namesTaken,
        "\(paths.count) \(isOne ? "policy" : "policies") that others wrote \(isOne ? "has a name" : "have names") of these: applying these replaces \(isOne ? "it, and what only it lets" : "them, and what only they let") through is cut",
        detail: paths.map { "`\($0)`" },
        hint:
          "see what stops with `netpol-learn diff --against PATH`, PATH being \(isOne ? "its manifest" : "their manifests"), or give \(isOne ? "it another name" : "them other names") first"
      )
    ]
  }
}

extension NetworkPolicy {
  /// Whether another one rules the same pods by the same rules.
  fileprivate func says(_ other: NetworkPolicy) -> Bool {
    subject == other.subject && isolates == other.isolates && ingress == other.ingress
      && egress == other.egress
  }
}
