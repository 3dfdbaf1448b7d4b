import Generator
import Kubernetes
import Traffic

/// What somebody who asked about a connection may do next.
enum NextStep {
  static func all(
    _ connection: Explanation.Connection, edges: [Edge], spoofed: [SpoofedEdge], judgements: [Judgement],
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
    let found = edges.compactMap { edge in step(for: edge, judgements).map { (edge: edge, step: $0) } }
    let isOne = Set(found.map(\.step)).count == 1
    // What calls for nothing would hide what calls for something.
    for (edge, step) in found.filter({ !$0.step.isRest }) + found.filter(\.step.isRest) {
      add(isOne ? step.words : "\(ends(of: edge)): \(step.words)")
    }
    for origin in Set(spoofed.map(\.origin)).sorted() {
      add("look who sits behind \(origin): it sends in another's name")
    }
    for judgement in judgements where judgement.source.hindrance != nil {
      add("`netpol-learn generate` says what stands in the way")
    }
    if steps.isEmpty { add(unseen(judgements)) }
    return steps
  }

  /// A step, or that there is none to take.
  private struct Step: Hashable {
    let words: String
    var isRest = false

    static func rest(_ words: String) -> Step { Step(words: words, isRest: true) }
  }

  private static func ends(of edge: Edge) -> String {
    "\(edge.client) \(edge.key.isDirected ? "→" : "↔") \(edge.server) \(edge.port)"
  }

  /// What to do about an edge that was seen; nil where there are no policies to tell.
  private static func step(for edge: Edge, _ judgements: [Judgement]) -> Step? {
    let fates = judgements.compactMap { judgement in
      judgement.judged(edge).map { (source: judgement.source.kind, fate: $0) }
    }
    let cutting = fates.filter(\.fate.isLoss).map(\.source)
    let isOpen = fates.contains { $0.fate.ruling?.isAllowed == true }
    switch edge.bin {
    case .unattributed:
      let cause = edge.cause ?? .undirected
      return Step(
        words: "\(cause == .undirected ? "to know who asked" : "to know whose it is"): \(cause.advice)")
    case .outOfScope:
      return .rest("nothing: no policy rules it")
    case .learned, .baseline:
      if cutting.contains(.given) {
        return Step(
          words:
            "add what the nearest rule lacks, or generate the policies anew; `netpol-learn replay` tells what else these would block"
        )
      }
      if cutting.contains(.running) {
        return Step(words: "it is needed, and what runs cuts it: apply what is generated")
      }
      return isOpen ? .rest("nothing: it is needed, and it passes") : nil
    case .quarantined:
      return Step(
        words: isOpen
          ? "if it is not needed, take away what lets it pass: nothing that was learned needs it"
          : "if it is needed, let it be seen to succeed and generate again, or write the rule by hand")
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
