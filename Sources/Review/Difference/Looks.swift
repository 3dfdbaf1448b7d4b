public import Kubernetes

extension NamedParty {
  /// The parties that policies may tell apart among what one workload looks like.
  ///
  /// The first look has the workload's name, and each other one also what sets it apart. Looks that differ only in
  /// what every roll-out and every replica has of its own are one.
  public static func looks(of name: String, _ looks: [Party]) -> [NamedParty] {
    guard let first = looks.first else { return [] }
    var seen: Set<Labels> = []
    return looks.compactMap { look in
      let labels = lasting(look)
      guard seen.insert(labels).inserted else { return nil }
      return NamedParty(name: name + apart(labels, from: lasting(first)), look)
    }
  }

  private static func apart(_ labels: Labels, from others: Labels) -> String {
    let own = labels.filter { others[$0.key] != $0.value }.sorted { $0.key < $1.key }.map {
      "\($0.key)=\($0.value)"
    }
    let missing = others.keys.filter { labels[$0] == nil }.sorted().map { "without \($0)" }
    return own.isEmpty && missing.isEmpty ? "" : " (\((own + missing).joined(separator: ", ")))"
  }

  /// Whether policies that outlive a roll-out see no difference between two looks.
  static func areAlike(_ one: Party, _ other: Party) -> Bool {
    guard let mine = one.selectable, let theirs = other.selectable else { return one == other }
    return mine.namespace == theirs.namespace && lasting(one) == lasting(other)
      && Set(mine.ports) == Set(theirs.ports)
  }

  private static func lasting(_ look: Party) -> Labels {
    (look.selectable?.labels ?? [:]).filter { !Passing.isOfControllers($0.key) }
  }
}
