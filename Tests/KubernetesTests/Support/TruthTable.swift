import Documents
import TestSupport
import Traffic

/// A cluster, its policies, and for each pair of pods and each port whether it is allowed, as others have it.
struct TruthTable: Sendable {
  /// The suite, a slash and the number of the table.
  let name: String
  /// Pods, namespaces and policies.
  let objects: [Node]
  /// The rows; nil where the suite has a table without any.
  let rows: [Row]?

  /// One row.
  struct Row: Sendable {
    let source: String
    let destination: String
    let port: UInt16
    let transport: Transport
    let isAllowed: Bool
    /// What the suite says of each side, where it does.
    let egress: Bool?
    let ingress: Bool?
    /// Whether it is about a pod and itself, which suites do not judge.
    let isLoopback: Bool
  }

  /// Every table of the suites, in order.
  static func all() throws -> [TruthTable] {
    let archive = try Archive(Repository.absolute("Tests/KubernetesTests/Fixtures/policy-suites.tar.xz"))
    let files = Dictionary(archive.files.map { ($0.path, $0.bytes) }, uniquingKeysWith: { $1 })
    // Most tables are about the same cluster.
    var clusters: [[UInt8]: [Node]] = [:]
    return try files.keys.filter { $0.hasSuffix("/truth.json") }.sorted().map { path in
      let name = String(path.dropLast("/truth.json".count))
      guard let cluster = files["\(name)/manifests/cluster.yaml"],
        let policies = files["\(name)/manifests/policies.yaml"], let truth = files[path]
      else { throw Problem(description: "`\(name)` lacks a file") }
      let pods = try clusters[cluster] ?? Document.read(cluster)
      clusters[cluster] = pods
      let rows = try JSON.read(truth)["rows"]?.sequence?.map { node in
        guard let row = Row(node) else { throw Problem(description: "`\(name)` has a row that is none") }
        return row
      }
      return TruthTable(name: name, objects: pods + (try Document.read(policies)), rows: rows)
    }
  }

  /// What is wrong with the suites.
  struct Problem: Error, CustomStringConvertible {
    let description: String
  }
}

extension TruthTable.Row {
  fileprivate init?(_ node: Node) {
    guard let source = node["src"]?.string, let destination = node["dst"]?.string,
      let port = node["port"]?.integer.flatMap({ UInt16(exactly: $0) }),
      let transport = node["proto"]?.string.flatMap({ Transport(name: $0) }),
      let isAllowed = node["allow"]?.bool, let isLoopback = node["loopback"]?.bool
    else { return nil }
    self.init(
      source: source, destination: destination, port: port, transport: transport, isAllowed: isAllowed,
      egress: node["egress"]?.bool, ingress: node["ingress"]?.bool, isLoopback: isLoopback)
  }
}
