import Documents
import Glibc
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
    var reader = RowReader()
    return try files.keys.filter { $0.hasSuffix("/truth.json") }.sorted().map { path in
      let name = String(path.dropLast("/truth.json".count))
      guard let cluster = files["\(name)/manifests/cluster.yaml"],
        let policies = files["\(name)/manifests/policies.yaml"], let truth = files[path]
      else { throw Problem(description: "`\(name)` lacks a file") }
      let pods = try clusters[cluster] ?? Document.read(cluster)
      clusters[cluster] = pods
      return TruthTable(
        name: name, objects: pods + (try Document.read(policies)), rows: try reader.rows(of: truth, name))
    }
  }

  /// What is wrong with the suites.
  struct Problem: Error, CustomStringConvertible {
    let description: String
  }
}

/// Reads the rows of tables; tables have most rows in common, and each is read once.
private struct RowReader {
  /// What stands before the rows of every table that has any, behind its description.
  private static let opening = Array(#""rows": ["#.utf8)

  private var known: [String: TruthTable.Row] = [:]

  /// The rows of a table; nil where it has none.
  mutating func rows(of truth: [UInt8], _ name: String) throws -> [TruthTable.Row]? {
    let pieces = Self.pieces(of: truth, endingIn: UInt8(ascii: "}"))
    // What is not written as most tables are is read as it stands.
    guard let first = pieces.first, let start = Self.start(ofRowsIn: first) else {
      return try JSON.read(truth)["rows"]?.sequence?.map { try row($0, name) }
    }
    let texts = [first[start...]] + pieces.dropFirst().dropLast()
    return try texts.map { text in
      // A comma and white space stand between two rows, or white space alone before the first.
      let text = String(decoding: text.drop { $0 != UInt8(ascii: "{") }, as: UTF8.self)
      if let row = known[text] { return row }
      let row = try row(try JSON.read(Array(text.utf8)), name)
      known[text] = row
      return row
    }
  }

  private func row(_ node: Node, _ name: String) throws -> TruthTable.Row {
    guard let row = TruthTable.Row(node) else {
      throw TruthTable.Problem(description: "`\(name)` has a row that is none")
    }
    return row
  }

  private static func start(ofRowsIn text: ArraySlice<UInt8>) -> Int? {
    text.indices.first { text[$0...].starts(with: opening) }.map { $0 + opening.count }
  }

  /// The pieces of a text that end in a byte.
  ///
  /// The tables are 20 megabytes, and a loop over each of them takes seconds in a debug build.
  private static func pieces(of bytes: [UInt8], endingIn end: UInt8) -> [ArraySlice<UInt8>] {
    var pieces: [ArraySlice<UInt8>] = []
    // In bounds: what is searched begins at `start` and has as many bytes as are left.
    unsafe bytes.withUnsafeBytes { text in
      guard let base = text.baseAddress else { return }
      var start = 0
      while let found = unsafe memchr(base + start, Int32(end), text.count - start) {
        let next = unsafe found - UnsafeMutableRawPointer(mutating: base) + 1
        pieces.append(bytes[start..<next])
        start = next
      }
    }
    return pieces
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
