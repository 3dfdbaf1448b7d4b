import Kubernetes
import Traffic

/// All the possible pairs of ends that meet some claims, trait by trait.
struct Possibility: Sendable {
  private var scopes: [Trait: Scope] = [:]

  /// How a claim stands among these pairs.
  enum Standing {
    /// It holds for all of them.
    case sure
    /// It holds for some.
    case open
    /// It holds for none.
    case impossible
  }

  /// What a trait may be.
  subscript(trait: Trait) -> Scope { scopes[trait] ?? Self.whole(trait) }

  /// The traits about which something is claimed, in no order.
  var traits: some Sequence<Trait> { scopes.keys }

  /// How a claim stands.
  func standing(_ term: Term) -> Standing {
    if case .values(let theirs) = term.scope, case .values(let mine) = self[term.trait] {
      // Nearly all claims are about labels, and these two questions make no new set.
      if mine.isDisjoint(with: theirs) { return .impossible }
      return mine.isSubset(of: theirs) ? .sure : .open
    }
    let mine = self[term.trait]
    let common = mine.intersection(term.scope)
    if common.isEmpty { return .impossible }
    return common == mine ? .sure : .open
  }

  /// Leaves only the pairs for which a claim holds; the answer is whether there are any.
  mutating func narrow(_ term: Term) -> Bool {
    let common = self[term.trait].intersection(term.scope)
    scopes[term.trait] = common
    return !common.isEmpty
  }

  /// The pairs for which all of these claims hold; nil where there are none.
  func narrowed(_ terms: [Term]) -> Possibility? {
    var copy = self
    for term in terms {
      guard copy.narrow(term) else { return nil }
    }
    return copy
  }

  private static func whole(_ trait: Trait) -> Scope {
    switch trait {
    case .label, .namespaceLabel, .declares: .values(.any)
    case .address: .addresses(.any)
    case .port: .ports(.all)
    }
  }
}
