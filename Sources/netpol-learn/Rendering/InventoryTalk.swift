import Console
import Generator
import Kubernetes

/// What is said about cluster objects that were loaded.
enum InventoryTalk {
  /// Says what was kept and what was passed over, and what is missing to tell the owners of addresses.
  static func tell(
    _ files: ClusterFiles, beside known: KeptObjects, ended: [ClusterObject], keptIn store: String,
    on terminal: inout Terminal
  ) {
    // A watch, and two lists, tell one object several times.
    let objects = files.objects.newest
    let kept = "\(objects.count.counted("cluster object")) in \(store)"
    terminal.say("kept", objects.isEmpty ? kept : "\(kept): \(listed(counted(objects)))")
    if !ended.isEmpty { terminal.say("ended", "\(listed(counted(ended))), missing in a newer list") }
    let passed = files.sources.reduce(into: [String: Int]()) { sum, source in
      sum.merge(source.reading.passedOver, uniquingKeysWith: +)
    }
    if !passed.isEmpty { terminal.say("passed", "\(listed(passed)), which are not needed") }
    for stranger in files.strangers(to: known.objects, keptIn: store) {
      terminal.warn(stranger.message, hint: stranger.hint)
    }
    tellMissing(in: (known.objects + files.objects).settled(by: known.lists + files.lists), on: &terminal)
  }

  /// Says what is missing; who has a table of addresses, or manifests, has no cluster to ask.
  private static func tellMissing(in objects: some Collection<ClusterObject>, on terminal: inout Terminal) {
    guard objects.contains(where: { $0.meta.version > 0 }) else { return }
    let missing = objects.missingKinds
    guard !missing.isEmpty else { return }
    let resources = missing.map(\.resource).joined(separator: ",")
    terminal.warn(
      "the inventory is not complete", detail: missing.map { "no `\($0.resource)`: \($0.effect)" },
      hint: "`kubectl get \(resources) -A -o json | netpol-learn cluster --cluster -` adds what there is")
  }

  /// Says what could not be read, and what that means for the end of the run.
  static func exitCode(_ files: ClusterFiles, on terminal: inout Terminal) -> ExitCode {
    for trouble in files.troubles + files.remarks {
      terminal.warn(trouble.message, detail: trouble.detail, hint: trouble.hint)
    }
    if files.objects.isEmpty {
      terminal.warn(
        "no pod, Service, node or workload was found",
        hint: "`kubectl get \(Advice.kinds) -A -o json` prints what is needed")
    }
    return files.troubles.isEmpty && !files.objects.isEmpty ? .done : .input
  }

  private static func counted(_ objects: [ClusterObject]) -> [String: Int] {
    Dictionary(objects.map { ($0.kind, 1) }, uniquingKeysWith: +)
  }

  private static func listed(_ kinds: [String: Int]) -> String {
    kinds.sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }
      .map { "\($0.value) \($0.key)" }.joined(separator: ", ")
  }
}
