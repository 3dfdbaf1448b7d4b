import Generator
import Kubernetes
import Traffic

/// What somebody who asked about a connection may do next.
enum NextStep {
  static func all(
    _ connection: Explanation.Connection, edges: [Edge], pairs: [Explanation.Pair], spoofed: [SpoofedEdge],
    judgements: [Judgement],
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
    if steps.isEmpty { add(unseen(pairs, judgements)) }
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
    let isOpen = fates.contains { $0.fate.ruling?.isAllowed == true }
    switch edge.bin {
    case .unattributed:
      let cause = edge.cause ?? .undirected
      return Step(
        words: "\(cause == .undirected ? "to know who asked" : "to know whose it is"): \(cause.advice)")
    case .outOfScope:
      return .rest("nothing: no policy rules it")
    case .learned, .baseline:
      if let words = lost(edge, to: fates.filter(\.fate.isLoss).map(\.source)) { return Step(words: words) }
      if isOpen { return .rest("nothing: it is needed, and it passes") }
      return fates.compactMap(\.fate.silence).first.map { unruled(edge, $0) }
    case .quarantined:
      return Step(
        words: isOpen
          ? "if it is not needed, take away what lets it pass, unless others need that: `netpol-learn replay --unused` tells what nobody needs"
          : keptOut(edge))
    }
  }

  /// What to do about a need that some policies cut; nil where none does.
  private static func lost(_ edge: Edge, to cutting: [PolicySource.Kind]) -> String? {
    if cutting.contains(.given) {
      return
        "add what the nearest rule lacks, or generate the policies anew; `netpol-learn replay` tells what else these would block"
    }
    if cutting.contains(where: { if case .generated = $0 { true } else { false } }) {
      guard edge.decision?.answer == .accept else {
        return "it is needed, and what would be generated cuts it: `netpol-learn generate` says why"
      }
      return
        "\(who(edge)) accepted its loss, and so it is cut; what must not be cut wants another decision in the review file, or a rule by hand"
    }
    return cutting.isEmpty ? nil : "it is needed, and what runs cuts it: apply what is generated"
  }

  /// What to do about a need of which no policy says anything.
  private static func unruled(_ edge: Edge, _ silence: Silence) -> Step {
    switch silence {
    case .ownMachine: .rest("nothing: \(silence.words)")
    case .unknownBackends: Step(words: Obstacle.unknownBackends(edge).hint)
    case .doubtful, .noLook: Step(words: "load what is known of its pods with `\(Advice.loadInventory)`")
    }
  }

  /// What would let in what is kept out.
  private static func keptOut(_ edge: Edge) -> String {
    if edge.decision?.answer == .reject {
      return
        "\(who(edge)) rejected it, and so it stays closed; if it is needed after all, accept it in the review file"
    }
    let accept = "accept it in the review file that `netpol-learn generate --out` writes"
    switch edge.exclusion {
    case .failed: return "if it is needed, let it be seen to succeed and generate again, or \(accept)"
    case .denied:
      return
        "if it is needed, change what keeps it from succeeding (it is \(edge.reason ?? "denied")) and record again, or \(accept)"
    case .thin: return "if it is needed, let it be seen again, or \(accept)"
    case .suspicious, nil: return "if it is needed, \(accept): it stays kept out even where it succeeds"
    }
  }

  private static func who(_ edge: Edge) -> String { edge.decision?.owner ?? "somebody" }

  /// What to do about what was never seen.
  private static func unseen(_ pairs: [Explanation.Pair], _ judgements: [Judgement]) -> String {
    if pairs.allSatisfy(\.isNobodys) { return "nothing: no policy rules it" }
    let judged = judgements.flatMap(\.pairs)
    if !judged.isEmpty, judged.allSatisfy({ $0.silence == .ownMachine }) {
      return "nothing: \(Silence.ownMachine.words)"
    }
    switch judgements.first?.isAllowed {
    case true?:
      let passages = judgements.first?.pairs.flatMap { $0.ruling?.verdict.passages ?? [] } ?? []
      return passages.isEmpty
        ? "nothing recorded needs it, and no policy isolates either end"
        : "nothing recorded needs it, but others may need what lets it pass; `netpol-learn replay --unused` tells which rules nobody needs"
    case false?:
      return "if it is needed, let it be seen and generate again, or write the rule by hand"
    case nil:
      return "if it is needed, let it be seen"
    }
  }
}
