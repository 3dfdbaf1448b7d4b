public import Kubernetes
import Traffic

/// One of those whose traffic is compared: what it looks like before, and what after.
public struct Participant: Hashable, Sendable {
  /// What people call it.
  public let name: String
  /// What policies saw of it; nil where it was not there.
  public let before: Party?
  /// What policies see of it; nil where it is there no longer.
  public let after: Party?

  /// One that stays as it is.
  public init(_ party: NamedParty) {
    self.init(name: party.name, before: party.party, after: party.party)
  }

  private init(name: String, before: Party?, after: Party?) {
    self.name = name
    self.before = before
    self.after = after
  }

  /// Everybody of either list, put together by name.
  ///
  /// What a roll-out or a replica has of its own is no change.
  public static func paired(_ before: [NamedParty], _ after: [NamedParty]) -> [Participant] {
    let old = Dictionary(before.map { ($0.name, $0.party) }) { first, _ in first }
    let new = Dictionary(after.map { ($0.name, $0.party) }) { first, _ in first }
    return Set(old.keys).union(new.keys).sorted().map { name in
      guard let was = old[name], let now = new[name] else {
        return Participant(name: name, before: old[name], after: new[name])
      }
      return Participant(name: name, before: NamedParty.areAlike(was, now) ? now : was, after: now)
    }
  }

  /// Whether policies can select it, so that they decide what it may ask for and what may reach it.
  var isSubject: Bool { (after ?? before)?.selectable != nil }

  /// Whether it is there on both sides, and alike.
  var isSteady: Bool { before == after }

  /// Whether it has addresses of both families on either side.
  var hasBothFamilies: Bool { [before, after].contains { $0?.addresses.secondary != nil } }

  /// The families in which this end could reach the other on each side on which both are there, in the order in which
  /// they would be taken after.
  func families(to destination: Participant) -> [Family] {
    let sides = [(before, destination.before), (after, destination.after)].compactMap { source, destination in
      if let source, let destination { source.families(to: destination) } else { nil }
    }
    return (sides.last ?? []).filter { family in sides.allSatisfy { $0.contains(family) } }
  }
}
