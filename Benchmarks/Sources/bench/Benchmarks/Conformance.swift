import Console
import Documents
import Kubernetes
import Traffic

/// Every question of the conformance suites, read and answered in one process.
enum Conformance: Benchmark {
  static let name = "conformance"
  static let summary = "every judged question of the conformance suites: read, answered with its reason"
  static let sizes = [fullSize]
  static let tinySize = 40
  private static let fullSize = 1000

  static func words(for size: Int) -> String { size == fullSize ? "all tables" : "\(size) tables" }

  static func make(_ size: Int, in folder: String) throws -> String {
    let suites = Checkout.path("Tests/KubernetesTests/Fixtures/policy-suites.tar.xz")
    let unpacking = ChildProcess(program: "tar", arguments: ["-xJf", suites, "-C", folder])
    let end = try unpacking.run(in: folder)
    guard end.isDone else {
      throw Complaint(
        "`tar` can't unpack `\(suites)`", detail: [end.talk], hint: "it needs xz", exitCode: .machine)
    }
    let tables = try TruthTable.first(size, in: folder)
    let rows = try tables.reduce(into: [TruthTable.Row]()) { rows, table in rows += try table.rows }
    return answer(rows.map { ($0, $0.isAllowed) })
  }

  static func sides(_ size: Int, in folder: String) throws -> [Side] { [Side("verdict", .here)] }

  static func bars(of side: String, _ size: Int) -> [Bar] { [.cpu(1)] }

  static func run(_ side: String, _ size: Int, in folder: String) throws -> Outcome {
    try Outcome(of: { try TruthTable.first(size, in: folder).flatMap(answers) }, answer: answer)
  }

  private static func answers(of table: TruthTable) throws -> [(row: TruthTable.Row, isAllowed: Bool?)] {
    let cluster = try ClusterReading(table.cluster)
    var namespaces: [String: Labels] = [:]
    var parties: [String: Party] = [:]
    for object in cluster.objects {
      switch object {
      case .namespace(let meta): namespaces[meta.name] = meta.labels
      case .pod(let pod):
        parties["\(pod.meta.namespace)/\(pod.meta.name)"] = pod.party
      default: break
      }
    }
    let policies = try PolicyReading(table.policies, file: "policies.yaml").policies
    let set = PolicySet(policies, namespaces: namespaces)
    let standings = parties.mapValues { set.standing(of: $0) }
    return try table.rows.map { row in
      guard let source = standings[row.source], let destination = standings[row.destination] else {
        return (row, nil)
      }
      let verdict = set.verdict(from: source, to: destination, port: row.port, transport: row.transport)
      return (row, verdict.isAllowed)
    }
  }

  private static func answer(_ answers: [(row: TruthTable.Row, isAllowed: Bool?)]) -> String {
    var digest = Digest()
    for (_, isAllowed) in answers {
      digest.add(isAllowed.map { $0 ? "yes" : "no" } ?? "no answer")
    }
    return "\(answers.count) questions, \(digest.text)"
  }
}
