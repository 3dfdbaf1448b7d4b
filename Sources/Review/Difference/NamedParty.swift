public import Kubernetes
public import Traffic

/// One end of the pairs that a difference is about, under the name that people know it by.
public struct NamedParty: Hashable, Sendable {
  /// What people call it: `namespace/workload`, a host name, an address, a block.
  public let name: String
  /// What policies see of it.
  public let party: Party

  /// A party under a name.
  public init(name: String, _ party: Party) {
    self.name = name
    self.party = party
  }

  /// A workload, as any of its pods.
  public init(workload name: String, _ traits: PodTraits, address: Address? = nil) {
    self.init(name: name, .pod(traits, address: address))
  }

  /// Something known by its address.
  public init(name: String, outside address: Address) {
    self.init(name: name, .address(address))
  }

  /// Whether policies can select it, so that they decide what it may ask for and what may reach it.
  public var isSubject: Bool { party.selectable != nil }
}
