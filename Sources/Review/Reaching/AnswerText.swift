import Kubernetes
import Traffic

/// How an answer is told to people.
extension Answering {
  /// The answer with its reasons, a paragraph for each pair of pods that the question means.
  public func text(_ answer: Answer) -> String {
    var text = answer.parts.map(text).joined(separator: "\n")
    if answer.parts.isEmpty {
      let question = answer.question
      text = Self.line(
        "no answer", "\(question.from) → \(question.to)  \(question.transport)/\(question.port)")
    }
    for note in answer.notes { text += Self.line("note", note) }
    return text
  }

  /// The answer in one line, with what decides.
  public func line(_ answer: Answer) -> String {
    let question = answer.question
    let word = answer.isAllowed.map { $0 ? "allowed" : "not allowed" } ?? "no answer"
    let pair = "\(question.from) → \(question.to)  \(question.transport)/\(question.port)"
    return Self.line(
      word, "\(pair)  \(answer.deciding.map { reason($0.verdict) } ?? answer.notes.first ?? "")")
  }

  private func reason(_ verdict: Verdict) -> String {
    let sides = [(verdict.egress, "egress"), (verdict.ingress, "ingress")]
    if let (side, word) = sides.first(where: { !$0.0.isAllowed }), case .denied(let denial) = side {
      return "\(word) isolated by \(VerdictWords.policies(Array(denial.isolatedBy)))"
    }
    let rules = sides.flatMap { side, _ -> [Citation] in
      if case .allowed(let by) = side { Array(by) } else { [] }
    }
    return rules.isEmpty
      ? "no policy isolates either end" : "by \(ChangeWords.names(rules.map(\.description)))"
  }

  private func text(_ part: Answer.Part) -> String {
    let word = part.verdict.isAllowed ? "allowed" : "not allowed"
    let ends = "\(part.source) → \(part.destination)"
    return Self.line(word, "\(ends)  \(part.transport)/\(part.port)")
      + self.side(part, .egress, part.verdict.egress, of: part.source)
      + self.side(part, .ingress, part.verdict.ingress, of: part.destination)
  }

  private func side(
    _ part: Answer.Part, _ direction: PolicyDirection, _ side: Verdict.Side, of end: String
  ) -> String {
    let word = direction.rawValue
    switch side {
    case .open: return Self.line(word, "\(end) is not isolated")
    case .allowed(let rules):
      let isolators = VerdictWords.policies(isolators(of: part, direction))
      let by = rules.map(\.description).joined(separator: ", ")
      return Self.line(word, "\(end) is isolated by \(isolators);") + Self.line("", "allowed by \(by)")
    case .denied(let denial):
      let isolators = VerdictWords.policies(Array(denial.isolatedBy))
      return Self.line(word, "\(end) is isolated by \(isolators);")
        + Self.line("", VerdictWords.lack(denial, direction))
    }
  }

  private static func line(_ word: String, _ text: String) -> String {
    let room = String(repeating: " ", count: max(2, 13 - word.count))
    return word + room + ChangeWords.plain(text) + "\n"
  }
}
