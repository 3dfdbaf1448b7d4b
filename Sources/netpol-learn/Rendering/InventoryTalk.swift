import Console
import Generator
import Kubernetes

/// What is said about cluster objects that were loaded.
enum InventoryTalk {
  /// Says what was kept and what was passed over.
  static func tell(_ files: ClusterFiles, keptIn store: String, on terminal: inout Terminal) {
    let kinds = Dictionary(files.objects.map { ($0.kind, 1) }, uniquingKeysWith: +)
    let kept = "\(files.objects.count.counted("cluster object")) in \(store)"
    terminal.say("kept", kinds.isEmpty ? kept : "\(kept): \(listed(kinds))")
    let passed = files.sources.reduce(into: [String: Int]()) { sum, source in
      sum.merge(source.reading.passedOver, uniquingKeysWith: +)
    }
    if !passed.isEmpty { terminal.say("passed", "\(listed(passed)), which are not needed") }
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

  private static func listed(_ kinds: [String: Int]) -> String {
    kinds.sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }
      .map { "\($0.value) \($0.key)" }.joined(separator: ", ")
  }
}
