import Console
import Documents
import Generator
import Kubernetes
import Review
import Traffic

/// The networks that people gave names, as the file at `--networks` says.
enum NamedNetworks {
  /// Reads the file; no networks where none is named.
  static func read(at path: String?) throws -> Networks {
    guard let path else { return Networks() }
    let input = try InputFile(at: path, limit: 16 << 20)
    do {
      return try Networks(input.bytes)
    } catch {
      throw Decided.complaint(error, in: path, wanted: "file of networks")
    }
  }

  /// Refuses networks that hold addresses of the cluster: a rule for one of them would open those, or seem to.
  static func requireOutside(_ networks: Networks, of inventory: Inventory) throws(Complaint) {
    let conflicts = networks.conflicts(with: inventory)
    guard !conflicts.isEmpty else { return }
    throw Complaint(
      "\(conflicts.count.counted("named network")) \(conflicts.count == 1 ? "holds" : "hold") addresses of the cluster itself",
      detail: conflicts.map { "`\($0.network)`: \($0.block) holds addresses of \($0.kind), \($0.range)" },
      hint: "leave them out with `except`, beside a `cidr`", exitCode: .refused)
  }
}
