import Kubernetes
import Traffic

/// Something by which policies can tell one possible pair of ends from another.
enum Trait: Hashable, Sendable {
  /// A label of a pod at one of the ends.
  case label(PairEnd, String)
  /// A label of a namespace; nil stands for one that may come.
  case namespaceLabel(String?, String)
  /// The address of one of the ends.
  case address(PairEnd)
  /// The port that is asked for.
  case port
  /// Whether the end that is asked declares that port under a name.
  case declares(Transport, String)
}

/// The two ends of a possible pair, as the policies that are looked at have them.
enum PairEnd: Hashable, Sendable {
  /// The pod that the policies are about.
  case subject
  /// Who is at the other end.
  case peer
}

/// What a trait may be: a set of values of its kind.
enum Scope: Hashable, Sendable {
  case values(LabelValues)
  case addresses(AddressSpans)
  case ports(PortSet)

  var isEmpty: Bool {
    switch self {
    case .values(let values): values.isEmpty
    case .addresses(let spans): spans.isEmpty
    case .ports(let ports): ports.isEmpty
    }
  }

  var complement: Scope {
    switch self {
    case .values(let values): .values(values.complement)
    case .addresses(let spans): .addresses(spans.complement)
    case .ports(let ports): .ports(PortSet.all.subtracting(ports))
    }
  }

  /// What is in both; a trait has scopes of one kind only.
  func intersection(_ other: Scope) -> Scope {
    switch (self, other) {
    case (.values(let mine), .values(let theirs)): .values(mine.intersection(theirs))
    case (.addresses(let mine), .addresses(let theirs)): .addresses(mine.intersection(theirs))
    case (.ports(let mine), .ports(let theirs)): .ports(mine.intersection(theirs))
    case (.values, _), (.addresses, _), (.ports, _): .values(.these([]))
    }
  }
}

/// A claim about one trait.
struct Term: Hashable, Sendable {
  let trait: Trait
  let scope: Scope

  /// The opposite claim.
  var negated: Term { Term(trait: trait, scope: scope.complement) }
}
