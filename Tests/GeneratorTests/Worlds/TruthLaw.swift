import Generator
import Kubernetes
import TestSupport
import Traffic

/// Compares what was learned with what there was to learn.
struct TruthLaw {
  /// What is wrong, a line each; empty where everything is right.
  let faults: [String]

  init(_ learned: Learned, of world: MadeWorld) {
    let estimates = world.unknownSuccessors
    func isEstimate(_ name: String) -> Bool { estimates.contains { name.hasPrefix("\($0) → ") } }
    var wanted: [String: ExpectedEdge] = [:]
    for edge in world.truth { wanted[Self.name(edge)] = edge }
    var faults: [String] = []
    for edge in learned.edges {
      guard let truth = wanted.removeValue(forKey: Self.name(edge)) else {
        faults.append("made up: \(Self.name(edge)) \(Self.words(edge))")
        continue
      }
      let isRight =
        edge.bin.rawValue == truth.bin
        && (edge.evidence.conversations == UInt64(truth.conversations) || isEstimate(Self.name(edge)))
        && edge.tier == truth.tier && Self.why(edge).hasPrefix(truth.reason ?? "")
        && (truth.reason != nil || !edge.bin.isNeeded || Self.why(edge).isEmpty)
      if !isRight {
        faults.append("\(Self.name(edge)) is \(Self.words(edge)), and should be \(Self.words(truth))")
      }
    }
    // Between two of whom nobody knew, a moment is lost in what is shared out to them.
    let lost = wanted.values.filter { !isEstimate(Self.name($0)) || $0.reason != "address changed hands" }
    faults += lost.map { "lost: \(Self.name($0)) \(Self.words($0))" }
    if estimates.isEmpty {
      faults += Self.accounting(learned.accounting, world.truth)
    } else if !learned.accounting.edges.addsUp || !learned.accounting.conversations.addsUp {
      faults.append("the bins don't add up")
    }
    self.faults = faults.sorted()
  }

  /// The bins' numbers, counted from the truth.
  private static func accounting(_ accounting: Accounting, _ truth: [ExpectedEdge]) -> [String] {
    var faults: [String] = []
    func compare(_ words: String, _ number: UInt64, _ wanted: Int) {
      if number != UInt64(wanted) { faults.append("\(words): \(number), and should be \(wanted)") }
    }
    compare("edges", accounting.edges.seen, truth.count)
    compare("conversations", accounting.conversations.seen, truth.reduce(0) { $0 + $1.conversations })
    for bin in Bin.allCases {
      let own = truth.filter { $0.bin == bin.rawValue }
      compare("edges \(bin.rawValue)", accounting.edges[bin], own.count)
      compare(
        "conversations \(bin.rawValue)", accounting.conversations[bin],
        own.reduce(0) { $0 + $1.conversations })
    }
    if !accounting.edges.addsUp || !accounting.conversations.addsUp { faults.append("the bins don't add up") }
    return faults
  }

  static func name(_ edge: ExpectedEdge) -> String {
    "\(edge.client.key) → \(edge.server.key) \(edge.port)/\(edge.transport)"
  }

  static func name(_ edge: Edge) -> String {
    func name(_ end: End) -> String {
      end.workload.map { "\($0.kind) \($0)" } ?? end.address?.description ?? ""
    }
    return "\(name(edge.client)) → \(name(edge.server)) \(edge.port)/\(edge.transport)"
  }

  private static func words(_ edge: ExpectedEdge) -> String {
    "\(edge.bin) (\(edge.reason ?? "")) \(edge.tier?.name ?? "") ×\(edge.conversations)"
  }

  private static func words(_ edge: Edge) -> String {
    "\(edge.bin.rawValue) (\(why(edge))) \(edge.tier.name) ×\(edge.evidence.conversations)"
  }

  /// The reason for the bin; for a need, the remark that changes what its rule opens.
  private static func why(_ edge: Edge) -> String {
    edge.reason ?? (edge.remarks.contains(.publicName) ? "public name" : "")
  }
}
