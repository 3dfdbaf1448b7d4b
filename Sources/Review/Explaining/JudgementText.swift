import Generator
import Kubernetes

/// How a judgement is told to people.
extension Judgement {
  /// What is said, line by line: what it is about (empty where a line goes on with the one before), and the words.
  public var lines: [(about: String, words: String)] {
    if let hindrance = source.hindrance {
      return [("no answer", "there are no \(source.policyWords): \(hindrance)")]
    }
    let isSeveral = Self.words(pairs).count > 1
    let answers = fates.flatMap { fate -> [(about: String, words: String)] in
      let ends = isSeveral ? "\(ChangeWords.names(Self.words(fate.pairs))): " : ""
      let one = fate.pairs[0]
      guard let ruling = one.ruling else { return [("no answer", "\(ends)\(one.reason ?? "")")] }
      var lines = ruling.isAllowed ? passing(ruling, ends) : blocked(one, ruling, ends)
      if let share = ruling.share { lines.append(("", share)) }
      return lines + one.notes.map { ("note", $0) }
    }
    return (answers + source.notes.map { ("note", $0) }).map { ($0.about, ChangeWords.plain($0.words)) }
  }

  /// What pairs are called, each name once: a machine may have several addresses.
  private static func words(_ pairs: [Judged]) -> [String] {
    pairs.map(\.words).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// Pairs that fare alike, as those of one name's addresses do; in the order of the first of each.
  private var fates: [(key: Fate, pairs: [Judged])] {
    pairs.reduce(into: []) { fates, pair in
      let key = Fate(pair)
      if let place = fates.firstIndex(where: { $0.key == key }) {
        fates[place].pairs.append(pair)
      } else {
        fates.append((key, [pair]))
      }
    }
  }

  private struct Fate: Hashable {
    let client: String
    let workload: WorkloadID?
    let ruling: Ruling?
    let reason: String?

    init(_ pair: Judged) {
      client = pair.client.description
      workload = pair.server.workload
      ruling = pair.ruling
      reason = pair.reason
    }
  }

  private func passing(_ ruling: Ruling, _ ends: String) -> [(about: String, words: String)] {
    let rules = ruling.verdict.passages.map(\.description)
    guard !rules.isEmpty else {
      return [("allowed", "\(ends)under \(source.words), of which none isolates either end")]
    }
    return [("allowed", "\(ends)under \(source.words)"), ("", "by \(ChangeWords.names(rules))")]
  }

  private func blocked(
    _ pair: Judged, _ ruling: Ruling, _ ends: String
  ) -> [(about: String, words: String)] {
    [("not allowed", "\(ends)under \(source.words)")]
      + ruling.verdict.denials.flatMap { direction, denial -> [(about: String, words: String)] in
        let subject = direction == .egress ? pair.client : pair.server
        let isolators = VerdictWords.policies(Array(denial.isolatedBy))
        return [
          ("", "\(subject) is isolated for \(direction.rawValue) by \(isolators);"),
          ("", VerdictWords.lack(denial, direction)),
        ]
      }
  }
}

extension Judgement.Judged {
  fileprivate var words: String { "\(client) → \(server) \(port)" }
}

extension PolicySource {
  fileprivate var policyWords: String {
    words.hasPrefix("the ") ? String(words.dropFirst(4)) : words
  }
}
