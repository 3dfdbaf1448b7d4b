import Console
import Generator
import Traffic

/// What is said where nobody has the names that were asked about.
struct Strangers {
  /// What is near to the end that asks; nil where somebody is called so.
  let from: NearNames?
  /// What is near to the end that is asked; nil where somebody is called so.
  let to: NearNames?

  /// The complaint, with the question that was probably meant.
  func complaint(_ question: Why) -> Complaint {
    let ends = [(question.from ?? "", from), (question.to ?? "", to)].compactMap { text, near in
      near.map { (text: text, near: $0) }
    }
    let words = ends.map { $0.near.objection ?? "nobody is called `\($0.text)`" }
    return Complaint(
      words.joined(separator: ", and "), hint: hint(ends, question), exitCode: .usage)
  }

  private func hint(_ ends: [(text: String, near: NearNames)], _ question: Why) -> String? {
    if ends.allSatisfy({ !$0.near.names.isEmpty }) {
      let names = ends.map { $0.near.names.map { "`\($0)`" }.joined(separator: " or ") }
      return "did you mean \(names.joined(separator: ", and "))? `\(command(question))`"
    }
    // Of two names the one that nothing is near to is in the way.
    let far = ends.filter(\.near.names.isEmpty)
    let others = far.flatMap(\.near.others)
    if !others.isEmpty {
      let rest = others.count - Self.shown
      let list = others.prefix(Self.shown).map { "`\($0)`" }.joined(separator: ", ")
      return "known there are \(list)\(rest > 0 ? " and \(rest.grouped) more" : "")"
    }
    guard far.contains(where: { $0.near.objection == nil }) else { return nil }
    return
      "an end is `namespace/workload`, `namespace/pod`, an address, a name that was asked for, `node` or `apiserver`; "
      + "names that others lead to by CNAME are not kept; `netpol-learn flows` shows what was seen"
  }

  private static let shown = 8

  /// The question with the nearest names, as it would be typed.
  private func command(_ question: Why) -> String {
    let ends = [from?.names.first ?? question.from ?? "", to?.names.first ?? question.to ?? ""]
    let port = question.port.map { $0.transport == .tcp ? "\($0.number)" : $0.typed } ?? ""
    let store = question.source.store.path
    let options =
      [("--ns", question.namespaces.names), ("--policies", question.policies)]
      + [
        ("--accept", question.decisions.accepted), ("--cni", question.decisions.cni.map { [$0.typed] } ?? []),
      ]
      + [("--cluster", question.source.cluster), ("--db", store == StoreOptions().path ? [] : [store])]
    let words = ["netpol-learn", "why"] + ends + [port]
    let rest = options.flatMap { name, values in values.flatMap { [name, $0] } }
    return (words + rest).map(Self.quoted).joined(separator: " ")
  }

  /// A word as a shell reads it.
  private static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.allSatisfy { character in
        character.isASCII && (character.isLetter || character.isNumber) || "-_./:@%+,".contains(character)
      }
    return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
