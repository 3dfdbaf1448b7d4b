import Generator
import Kubernetes
import Traffic

/// What somebody who asked about a connection may do next.
enum NextStep {
  static func all(
    _ connection: Explanation.Connection, edges: [Edge], judgements: [Judgement],
    otherPorts: [(name: String, ports: [UInt16])]
  ) -> [String] {
    var steps: [String] = []
    func add(_ step: String) { if !steps.contains(step) { steps.append(step) } }
    if edges.isEmpty {
      for (service, ports) in otherPorts {
        add(
          "\(connection.port) is the port of the Service `\(service)`, and policies see its pods': ask about \(ports.map(String.init).joined(separator: " or "))"
        )
      }
    }
    for step in edges.compactMap({ step(for: $0, judgements) }) { add(step) }
    for judgement in judgements where judgement.source.hindrance != nil {
      add("`netpol-learn generate` says what stands in the way")
    }
    if steps.isEmpty { add(unseen(judgements)) }
    return steps
  }

  /// What to do about an edge that was seen; nil where there are no policies to tell.
  private static func step(for edge: Edge, _ judgements: [Judgement]) -> String? {
    let cutting = judgements.filter { $0.pairs.contains(where: \.isLoss) }.map(\.source.kind)
    let isOpen = judgements.contains { $0.isAllowed == true }
    switch edge.bin {
    case .unattributed:
      return (edge.cause ?? .undirected).advice
    case .outOfScope:
      return "nothing: no policy rules it"
    case .learned, .baseline:
      if cutting.contains(.given) {
        return
          "add what the nearest rule lacks, or generate the policies anew; `netpol-learn replay` tells what else these would block"
      }
      if cutting.contains(.running) { return "it is needed, and what runs cuts it: apply what is generated" }
      return isOpen ? "nothing: it is needed, and it passes" : nil
    case .quarantined:
      return isOpen
        ? "if it is not needed, take away what lets it pass: nothing that was learned needs it"
        : "if it is needed, let it be seen to succeed and generate again, or write the rule by hand"
    }
  }

  private static func unseen(_ judgements: [Judgement]) -> String {
    switch judgements.first?.isAllowed {
    case true?:
      return
        "nothing recorded needs it; `netpol-learn replay --unused` tells which rules are needed by nothing"
    case false?:
      return "if it is needed, let it be seen and generate again, or write the rule by hand"
    case nil:
      return "if it is needed, let it be seen"
    }
  }
}
