import Kubernetes

/// The policies that only one of two sets has, whatever they are called and however they are written.
///
/// Most policies stay as they are from one commit to the next; what they say of their pods needs no second look.
struct Turnover {
  /// The selectors of these policies, by where they say something.
  private let subjects: [Place: [LabelSelector]]

  /// One direction in one namespace.
  struct Place: Hashable, Comparable, Sendable {
    let namespace: String
    let direction: PolicyDirection

    static func < (one: Place, other: Place) -> Bool {
      (one.namespace, one.direction) < (other.namespace, other.direction)
    }
  }

  /// What a policy says about one direction.
  private struct Saying: Hashable {
    let place: Place
    let subject: LabelSelector
    let grants: Set<Grant.Meaning>
  }

  init(from before: PolicySet, to after: PolicySet) {
    let changed = Self.sayings(before).symmetricDifference(Self.sayings(after))
    subjects = Dictionary(grouping: changed, by: \.place).mapValues { $0.map(\.subject) }
  }

  /// Where something changed, in order.
  var places: [Place] { subjects.keys.sorted() }

  /// Whether one of these policies isolates a party in this direction; if not, all that it lets through is the same.
  func touches(_ party: Party, _ direction: PolicyDirection) -> Bool {
    guard let traits = party.selectable else { return false }
    let place = Place(namespace: traits.namespace, direction: direction)
    return (subjects[place] ?? []).contains { $0.matches(traits.labels) }
  }

  private static func sayings(_ set: PolicySet) -> Set<Saying> {
    var sayings: Set<Saying> = []
    for policy in set.policies {
      for direction in policy.isolates.directions {
        sayings.insert(
          Saying(
            place: Place(namespace: policy.namespace, direction: direction), subject: policy.subject,
            grants: Set(Regime.grants(of: policy, direction).map(\.meaning))))
      }
    }
    return sayings
  }
}
