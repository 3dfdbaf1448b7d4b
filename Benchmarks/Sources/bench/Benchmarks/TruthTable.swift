import Console
import Documents
import Traffic

/// A case of the conformance suites: a cluster, its policies, and what they must answer.
struct TruthTable {
  /// The files of its folder, by name.
  private let files: [String: [UInt8]]

  /// A question with its answer.
  struct Row {
    let source: String
    let destination: String
    let port: UInt16
    let transport: Transport
    let isAllowed: Bool
  }

  /// The first tables of those in a folder, by their paths.
  static func first(_ count: Int, in folder: String) throws -> [TruthTable] {
    let found = try InputFiles(at: folder, endingIn: [".yaml", ".json"])
    var tables: [String: [String: [UInt8]]] = [:]
    for file in found.files {
      let parts = file.path.split(separator: "/")
      let path = parts.dropLast(parts.last == "truth.json" ? 1 : 2).joined(separator: "/")
      tables[path, default: [:]][String(parts.last ?? "")] = file.bytes
    }
    return tables.sorted { $0.key < $1.key }.prefix(count).map { TruthTable(files: $0.value) }
  }

  /// Namespaces and pods.
  var cluster: [UInt8] { files["cluster.yaml"] ?? [] }

  /// The policies.
  var policies: [UInt8] { files["policies.yaml"] ?? [] }

  /// The questions that are judged: not those of a pod to itself.
  var rows: [Row] {
    get throws {
      let limits = Limits(bytes: .max, nodes: .max)
      let rows = try JSON.read(files["truth.json"] ?? [], limits: limits)["rows"]?.sequence ?? []
      return try rows.compactMap { row in
        guard let source = row["src"]?.string, let destination = row["dst"]?.string,
          let port = row["port"]?.integer,
          let transport = row["proto"]?.string.flatMap({ Transport(name: $0) }),
          let isAllowed = row["allow"]?.bool, let isToItself = row["loopback"]?.bool
        else { throw Complaint("a row of a truth table can't be read", exitCode: .input) }
        guard !isToItself else { return nil }
        return Row(
          source: source, destination: destination, port: UInt16(clamping: port), transport: transport,
          isAllowed: isAllowed)
      }
    }
  }
}
