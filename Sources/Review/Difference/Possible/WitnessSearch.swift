/// Looks for possible pairs that meet claims of which each may be met in several ways, and gives up in time.
///
/// This is satisfiability over finite sets: what follows at once is drawn first, then the claim with the fewest ways
/// left is tried way by way (Davis, Putnam, Logemann and Loveland, 1962). It can take exponential time, so the claims
/// looked at are counted.
struct WitnessSearch {
  /// How many claims may still be looked at.
  private(set) var budget: Int

  /// A search that gives up after this many looks.
  init(budget: Int) {
    self.budget = budget
  }

  /// The search was given up: there may be a witness, or none.
  struct GivenUp: Error {}

  /// One way to meet a demand.
  struct Way {
    /// What must hold.
    var terms: [Term] = []
    /// Of each of these, at least one term must hold.
    var clauses: [[Term]] = []
  }

  /// Pairs for which one way of each demand and one term of each clause holds; nil where there are none.
  mutating func witness(
    among pairs: Possibility, _ clauses: [[Term]], demands: [[Way]] = []
  ) throws(GivenUp) -> Possibility? {
    // Without the demands first: most of what is asked fails here, or leaves few clauses for all their ways.
    guard let (drawn, open) = try drawn(from: pairs, clauses) else { return nil }
    guard let demand = demands.first else { return try branched(drawn, open) }
    let others = Array(demands.dropFirst())
    for way in demand {
      try spend(1 + way.terms.count)
      guard let chosen = drawn.narrowed(way.terms) else { continue }
      if let found = try witness(among: chosen, open + way.clauses, demands: others) { return found }
    }
    return nil
  }

  /// Tries the terms of the shortest clause one after the other.
  private mutating func branched(
    _ pairs: Possibility, _ clauses: [[Term]]
  ) throws(GivenUp) -> Possibility? {
    guard let shortest = clauses.min(by: { $0.count < $1.count }) else { return pairs }
    var rest = pairs
    for term in shortest {
      if let chosen = rest.narrowed([term]), let found = try witness(among: chosen, clauses) { return found }
      // Pairs for which the term holds have been looked through.
      guard rest.narrow(term.negated) else { return nil }
    }
    return nil
  }

  /// Draws what follows at once: a clause of which one term is left must be met by that term.
  private mutating func drawn(
    from pairs: Possibility, _ clauses: [[Term]]
  ) throws(GivenUp) -> (Possibility, [[Term]])? {
    var pairs = pairs
    var open = clauses
    var hasDrawn = true
    while hasDrawn {
      hasDrawn = false
      var left: [[Term]] = []
      for clause in open {
        try spend(clause.count)
        guard let terms = openTerms(of: clause, among: pairs) else { continue }
        guard let first = terms.first else { return nil }
        if terms.count > 1 {
          left.append(terms)
        } else {
          guard pairs.narrow(first) else { return nil }
          hasDrawn = true
        }
      }
      open = left
    }
    return (pairs, open)
  }

  /// The terms that can still meet a clause; nil where it is met anyhow.
  private func openTerms(of clause: [Term], among pairs: Possibility) -> [Term]? {
    var open: [Term] = []
    for term in clause {
      switch pairs.standing(term) {
      case .sure: return nil
      case .open: open.append(term)
      case .impossible: break
      }
    }
    return open
  }

  private mutating func spend(_ looks: Int) throws(GivenUp) {
    budget -= looks
    if budget < 0 { throw GivenUp() }
  }
}
