/// Lists of claims, so ordered that only those are looked at which may hold for some of the pairs in question.
///
/// Most policies are about the pods with one value of one label, so of all that a namespace's policies say nearly nothing
/// can be about one pod.
struct ClaimIndex {
  /// The lists, in the order given.
  let lists: [[Term]]
  /// Where a list asks for one of some values of a label, by that label of each list which the fewest ask for.
  private var byValue: [Trait: [String?: [Int]]] = [:]
  /// Where a list asks for none.
  private var others: [Int] = []

  init(_ lists: [[Term]]) {
    self.lists = lists
    let named = lists.map { $0.compactMap(Self.named) }
    var counts: [Trait: [String?: Int]] = [:]
    for (trait, values) in named.joined() {
      for value in values { counts[trait, default: [:]][value, default: 0] += 1 }
    }
    for (place, labels) in named.enumerated() {
      let rarest = labels.min { one, other in
        Self.count(one, in: counts) < Self.count(other, in: counts)
      }
      guard let (trait, values) = rarest else {
        others.append(place)
        continue
      }
      for value in values { byValue[trait, default: [:]][value, default: []].append(place) }
    }
  }

  /// The labels that lists are found by, in no order.
  var traits: some Sequence<Trait> { byValue.keys }

  /// The places of the lists that may hold for some of these pairs, in ascending order.
  ///
  /// A list that is left out holds for none of them; one that is not left out may do so too.
  func places(among pairs: Possibility) -> [Int] {
    var places = others
    for (trait, lists) in byValue {
      guard case .values(let scope) = pairs[trait] else { continue }
      switch scope {
      case .these(let values): for value in values { places += lists[value] ?? [] }
      case .allBut(let values):
        for (value, some) in lists where !values.contains(value) { places += some }
      }
    }
    // A list that names several values is met under each.
    return Set(places).sorted()
  }

  private static func count(_ label: (Trait, Set<String?>), in counts: [Trait: [String?: Int]]) -> Int {
    label.1.reduce(0) { $0 + (counts[label.0]?[$1] ?? 0) }
  }

  /// The label of a claim and its values, where these are told one by one.
  private static func named(_ term: Term) -> (Trait, Set<String?>)? {
    guard case .values(.these(let values)) = term.scope else { return nil }
    switch term.trait {
    case .label, .namespaceLabel: return (term.trait, values)
    case .address, .port, .declares: return nil
    }
  }
}
