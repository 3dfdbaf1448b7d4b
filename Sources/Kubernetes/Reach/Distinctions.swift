/// Which of some parties policies tell apart: what holds of one of a class holds of all of it.
///
/// The classes are those of `Reach`, without what is open between them.
public struct Distinctions: Sendable {
  private let classOfParty: [UInt32]

  /// What these policies tell apart among these parties.
  public init(_ policies: PolicySet, among parties: [Party]) {
    let compiled = CompiledPolicies(policies.policies)
    var looks = AddressLooks(compiled.zones)
    var names = compiled.names
    classOfParty = PartyClasses(of: parties, compiled.pods, &looks, &names).ofParty
  }

  /// The class of a party, by the party's place.
  public subscript(place: Int) -> Int { Int(classOfParty[place]) }
}
