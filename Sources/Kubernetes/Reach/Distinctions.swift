/// Which of some parties policies tell apart: what holds of one of a class holds of all of it.
///
/// The classes are those of `Reach`, without what is open between them.
public struct Distinctions: Sendable {
  private let classOfParty: [UInt32]
  /// For each class the first one that is like it but for addresses.
  private let kinds: [Int]

  /// What these policies tell apart among these parties.
  public init(_ policies: PolicySet, among parties: [Party]) {
    let compiled = CompiledPolicies(policies.policies)
    var looks = AddressLooks(compiled.zones)
    var names = compiled.names
    let classes = PartyClasses(of: parties, compiled.pods, &looks, &names)
    classOfParty = classes.ofParty
    var firsts: [Kind: Int] = [:]
    kinds = classes.all.enumerated().map { place, each in
      let kind = Kind(namespace: each.namespace, signature: each.signature, naming: each.naming)
      if let first = firsts[kind] { return first }
      firsts[kind] = place
      return place
    }
  }

  private struct Kind: Hashable {
    let namespace: Int
    let signature: [LabelVocabulary.Pair]
    let naming: Int
  }

  /// The class of a party, by the party's place.
  public subscript(place: Int) -> Int { Int(classOfParty[place]) }

  /// The same where no block of addresses is asked about anybody.
  public func kind(_ place: Int) -> Int { kinds[self[place]] }
}
