import Kubernetes
import Traffic

/// What two sets of policies do differently to pods and namespaces that may come.
///
/// Whatever labels pods and namespaces may get is looked at: for each thing that only one of the sets grants, or only
/// one isolates, a pair of ends is sought to which it makes a difference under both sets as a whole.
struct PossibleChanges {
  /// One pair for each such thing.
  private(set) var changes: [Change] = []
  /// The things for which the search was given up.
  private(set) var undecided: [Undecided] = []

  private let before: Grounds
  private let after: Grounds
  private let homes: Homes
  private let told: ToldPairs
  private var budget = Self.wholeBudget
  /// What stands between the subjects and peers of the place that is compared, by where the peers live.
  private var surroundings: [String: Surroundings] = [:]

  /// What differs beyond the pairs that were told already.
  init(_ turnover: Turnover, from before: PolicySet, to after: PolicySet, besides told: ToldPairs) {
    let labels = before.namespaces.merging(after.namespaces) { _, now in now }
    self.before = Grounds(before, labels)
    self.after = Grounds(after, labels)
    homes = Homes(before, after, labels)
    self.told = told
    for place in turnover.places {
      compare(place, wide: self.after, narrow: self.before, .opens, .isolated)
      compare(place, wide: self.before, narrow: self.after, .opened, .isolates)
    }
    changes = Set(changes).sorted()
    undecided = Set(undecided).sorted()
  }

  /// How many looks one question is worth, and all of them together: some seconds at most.
  private static let questionBudget = 200_000
  private static let wholeBudget = 8_000_000
}

extension PossibleChanges {
  /// Seeks what one set lets through and the other does not.
  private mutating func compare(
    _ place: Turnover.Place, wide: Grounds, narrow: Grounds, _ grantRole: Change.Role,
    _ isolationRole: Change.Role
  ) {
    let (open, closed) = (wide.regime(place), narrow.regime(place))
    guard !closed.subjects.isEmpty else { return }
    surroundings = [:]
    for grant in open.inOrder {
      for ports in grant.ports(besides: closed.grants[grant.way])
      where !told.tell(grant, ports, grantRole, in: place) {
        let homes = homes.of(grant.way.peer, ports, in: place)
        seek(
          Question(
            place: place, subject: grant.way.subject, homes: homes, role: grantRole, causes: grant.rules),
          wide, open, closed
        ) { encounter in
          encounter.terms(grant.way, ports)
        }
      }
    }
    guard !open.subjects.contains(where: \.isEverything) else { return }
    for subject in closed.subjects where open.isolators[subject] == nil {
      guard !told.tellIsolation(of: subject, isolationRole, in: place) else { continue }
      let causes = closed.isolators[subject] ?? []
      let question = Question(
        place: place, subject: subject, homes: homes.all(in: place), role: isolationRole, causes: causes,
        isAboutIsolation: true)
      seek(question, wide, open, closed) { _ in subject.terms(of: .subject) }
    }
  }

  /// A thing that only one of the sets says, and where those may live to whom it makes a difference.
  private struct Question {
    let place: Turnover.Place
    let subject: LabelSelector
    let homes: [Home]
    let role: Change.Role
    let causes: Set<Citation>
    /// Whether the pod that is sought must not be isolated in the wide set.
    var isAboutIsolation = false
  }

  /// Seeks a pair that passes in the wide set, under these claims, and not in the narrow one.
  private mutating func seek(
    _ question: Question, _ wide: Grounds, _ open: Regime, _ closed: Regime,
    under claims: (Encounter) -> [Term]?
  ) {
    var isGivenUp = false
    let subject = homes.home(of: question.place.namespace)
    for home in question.homes {
      let encounter = Encounter(
        direction: question.place.direction, namespace: question.place.namespace, subject: subject, peer: home
      )
      guard let terms = claims(encounter), let pairs = encounter.pairs?.narrowed(terms) else { continue }
      guard budget > 0 else {
        isGivenUp = true
        break
      }
      let around = surroundings(of: encounter, wide, open, closed)
      var search = WitnessSearch(budget: min(Self.questionBudget, budget))
      let given = search.budget
      let clauses =
        (question.isAboutIsolation ? around.freedom(among: pairs) : []) + around.escapes(among: pairs)
      let demands = [around.isolation(of: question.subject, among: pairs), around.passage(among: pairs)]
      do throws(WitnessSearch.GivenUp) {
        var found = try search.witness(among: pairs, clauses, demands: demands)
        if let pair = found, Witness(pair, in: encounter).isMixed {
          found = try search.witness(among: pairs, clauses, demands: [Encounter.oneFamily] + demands)
        }
        budget -= given - search.budget
        guard let found else { continue }
        if let change = change(for: Witness(found, in: encounter)) {
          changes.append(change)
          return
        }
        // The evaluator has the last word; where it sees no difference, none is claimed and none denied.
        isGivenUp = true
      } catch {
        budget -= given - max(0, search.budget)
        isGivenUp = true
      }
    }
    if isGivenUp {
      undecided.append(Undecided(role: question.role, citations: question.causes.sorted()))
    }
  }

  private mutating func surroundings(
    of encounter: Encounter, _ wide: Grounds, _ open: Regime, _ closed: Regime
  ) -> Surroundings {
    let key = encounter.peer.key
    if let known = surroundings[key] { return known }
    let elsewhere = encounter.peer.name.map {
      wide.regime(Turnover.Place(namespace: $0, direction: encounter.opposite))
    }
    let made = Surroundings(of: encounter, wide: open, narrow: closed, elsewhere: elsewhere)
    surroundings[key] = made
    return made
  }

  /// The change for a witness, as the evaluator sees it.
  private func change(for witness: Witness) -> Change? {
    let pair = [witness.source, witness.destination]
    let (ends, parties) = (pair.map(Participant.init), pair.map(\.party))
    let was = Side(before.set(about: parties, witness.namespaces), parties)
    let now = Side(after.set(about: parties, witness.namespaces), parties)
    return Change(Pair(source: 0, destination: 1), ends, was, now, isSymbolic: true)
  }
}
