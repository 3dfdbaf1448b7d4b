import ClusterWorld
import Console
import Documents
import Kubernetes
import Support

/// All connections that the policies of a folder of manifests allow between workloads, beside the program most used for
/// it.
enum OtherPrograms: Benchmark {
  static let name = "peers"
  static let summary = "all that manifests allow between workloads, beside network-config-analyzer"
  static let sizes = [50, 200, 500]
  static let tinySize = 8
  /// It takes minutes, and its seconds hardly differ.
  static let rounds = 1

  private static let (analyzer, analyzed) = ("network-config-analyzer", "its answer")
  private static let (reach, reached) = ("netpol-learn reach", "our answer")
  /// The seconds after which the other program is ended.
  private static let patience = 300
  private static let manifests = ["namespaces", "workloads", "policies"]

  static func words(for size: Int) -> String { size.counted("workload") }

  /// Each workload has a policy, but for some that share one with its namespace.
  private static func world(_ size: Int) -> ClusterWorld {
    ClusterWorld(.init(pods: size, policies: size, replicas: 1...1, manner: .agreed))
  }

  static func make(_ size: Int, in folder: String) throws -> String {
    let world = world(size)
    for (name, documents) in [
      ("namespaces", world.namespaceManifests), ("workloads", world.workloadManifests),
      ("policies", world.policyManifests),
    ] {
      try FileBytes.write(Array(YAML.write(documents).utf8), to: file(name, folder))
    }
    let workloads = world.workloads.map { ($0.path, $0.traits) }
    let allowed = Connections(world.policies, world.namespaces, workloads)
    try FileBytes.write(Array(allowed.text.utf8), to: "\(folder)/right.txt")
    return allowed.answer(of: size)
  }

  static func sides(_ size: Int, in folder: String) throws -> [Side] {
    let program = Checkout.path("Benchmarks/.venv/bin/nca")
    guard (try? FileBytes.read(program)) != nil else {
      throw Complaint("there is no `\(program)`", hint: "Benchmarks/setup", exitCode: .machine)
    }
    let analyzing = ChildProcess(
      program: program,
      arguments: [
        "--connectivity", file("policies", folder), "-n", file("namespaces", folder), "-p",
        file("workloads", folder), "--output_endpoints", "deployments", "-o", "txt_no_fw_rules",
      ], output: "\(folder)/analyzer.txt")
    let reaching = ChildProcess(
      program: Checkout.program,
      arguments: ["reach", "-o", "jsonl"] + manifests.flatMap { ["--manifests", file($0, folder)] },
      output: "\(folder)/reach.jsonl")
    return [
      Side(reach, .whole(reaching, checkedBy: reached)),
      Side(analyzer, .whole(analyzing, checkedBy: analyzed, limit: patience)),
    ]
  }

  static func bars(of side: String, _ size: Int) -> [Bar] { [] }

  static func run(_ side: String, _ size: Int, in folder: String) throws -> Outcome {
    let connections =
      side == analyzed
      ? try Connections(analyzer: FileBytes.read("\(folder)/analyzer.txt"))
      : try Connections(
        reach: FileBytes.read("\(folder)/reach.jsonl"), among: world(size).workloads.map(\.path))
    try FileBytes.write(Array(connections.text.utf8), to: "\(folder)/\(side).txt")
    return Outcome(answer: connections.answer(of: size))
  }

  private static func file(_ name: String, _ folder: String) -> String { "\(folder)/\(name).yaml" }
}
