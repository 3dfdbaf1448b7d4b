public import Documents
public import Generator

/// How the accounting is written as JSON and said in a line.
public enum AccountingDocument {
  /// The object with the six keys that scripts rely on, for edges and for conversations.
  public static func node(_ accounting: Accounting) -> Node {
    .mapping(["edges": count(accounting.edges), "conversations": count(accounting.conversations)])
  }

  /// `7 = 4 learned + 2 baseline + 1 quarantined`: everything seen, and the bins that hold anything.
  public static func sum(_ count: Accounting.Count) -> String {
    let bins = Bin.allCases.filter { count[$0] > 0 }.map { "\(count[$0]) \($0.title)" }
    return "\(count.seen) = \(bins.joined(separator: " + "))"
  }

  private static func count(_ count: Accounting.Count) -> Node {
    .mapping([
      "seen": .integer(count.seen), "learned": .integer(count[.learned]),
      "baseline": .integer(count[.baseline]),
      "quarantined": .integer(count[.quarantined]), "unattributed": .integer(count[.unattributed]),
      "outOfScope": .integer(count[.outOfScope]),
    ])
  }
}
