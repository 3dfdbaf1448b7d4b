import Kubernetes

extension Scene {
  /// The policy that a finding about the isolation of some pods is best told at: of those that isolate them, the one
  /// that is about the fewest, for there people look first.
  func teller(_ isolators: [Int]) -> PolicyManifest? {
    let told = isolators.map { policies[$0] }
    return told.first { !$0.policy.subject.isEverything } ?? told.first
  }

  /// The rules of some policies in a direction, in the order read.
  func rules(of isolators: [Int], _ direction: PolicyDirection) -> [WrittenRule] {
    isolators.flatMap { policies[$0].rules(direction) }
  }

  /// The manifest in which a workload is written, where it is.
  func manifest(of workload: WorkloadID) -> Manifest? {
    manifests.first {
      $0.kind == workload.kind && $0.name == workload.name
        && namespaces(of: $0).contains(workload.namespace)
    }
  }
}

extension Sequence<WorkloadID> {
  /// Their names in words, at most three, and how many more there are.
  var words: String {
    let names = Set(map(\.description)).sorted().map { "`\($0)`" }
    let shown = names.count > 4 ? 3 : names.count
    let rest = names.count - shown
    return names.prefix(shown).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }
}
