public import Generator
import Kubernetes

/// Several review files that count together.
///
/// What one of them leaves open another may fill in; where two say different things of one edge, neither counts more.
public struct ReviewUnion: Sendable {
  /// All of them as one.
  public let file: ReviewFile
  /// Where they differ; as long as they do, nobody can tell what holds.
  public let contradictions: [Contradiction]

  /// One field of one edge that is filled in in two ways.
  public struct Contradiction: Hashable, Sendable {
    /// Which edge it is.
    public let edge: EdgeName
    let field: String
    let one: Saying
    let other: Saying

    struct Saying: Hashable {
      let text: String
      let origin: Origin?
    }
  }

  /// Puts files together.
  public init(_ files: [ReviewFile]) {
    let entries = Dictionary(grouping: files.flatMap(\.entries), by: \.edge)
    file = ReviewFile(entries.values.map(Self.united))
    contradictions = entries.values.flatMap(Self.contradictions).sorted {
      ($0.edge, $0.field) < ($1.edge, $1.field)
    }
  }

  /// What all entries of an edge say together.
  static func united(_ entries: [ReviewEntry]) -> ReviewEntry {
    var united = entries[0]
    for entry in entries.dropFirst() {
      united.said.answer = united.said.answer ?? entry.said.answer
      united.said.owner = united.said.owner ?? entry.said.owner
      united.said.reason = united.said.reason ?? entry.said.reason
      united.said.expires = united.said.expires ?? entry.said.expires
      united.comments += entry.comments.filter { !united.comments.contains($0) }
    }
    return united
  }

  /// What differs between the first entry that fills a field in and the next that does so otherwise.
  private static func contradictions(_ entries: [ReviewEntry]) -> [Contradiction] {
    ReviewEntry.Said.fields.compactMap { name, text in
      let sayings = entries.compactMap { entry in
        text(entry.said).map { Contradiction.Saying(text: $0, origin: entry.origin) }
      }
      guard let one = sayings.first, let other = sayings.first(where: { $0.text != one.text }) else {
        return nil
      }
      return Contradiction(edge: entries[0].edge, field: name, one: one, other: other)
    }
  }
}

// What it can tell.
extension ReviewUnion.Contradiction {
  /// What differs, with both places.
  public var message: String {
    func words(_ saying: Saying) -> String {
      "`\(saying.text)`" + (saying.origin.map { " at \($0)" } ?? "")
    }
    return "\(edge): `\(field)` is \(words(one)), and \(words(other))"
  }
}

extension ReviewEntry.Said {
  fileprivate static var fields: [(name: String, text: (Self) -> String?)] {
    [
      ("decision", { $0.answer?.rawValue }), ("owner", \.owner), ("reason", \.reason),
      ("expires", { $0.expires?.description }),
    ]
  }
}
