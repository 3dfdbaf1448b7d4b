import Traffic

/// How blocks of addresses see parties: those that no block tells apart, at whichever address they show, look alike.
struct AddressLooks {
  private var zones: AddressZones
  private var numbers: [Key: Int] = [:]
  /// One party of each look.
  private var examples: [Party] = []
  /// For each look which families its addresses are of.
  private(set) var families: [Int] = []
  /// One party for each choice of families.
  private var examplesOfFamilies: [Int: Party] = [:]
  private var shown: [Shown: [Int]] = [:]

  private struct Key: Hashable {
    let families: Int
    let v4: Int
    let v6: Int
  }

  private struct Shown: Hashable {
    let look: Int
    let families: Int
    let direction: PolicyDirection
  }

  init(_ zones: AddressZones) { self.zones = zones }

  /// How many looks there are.
  var count: Int { examples.count }

  /// The number of a party's look.
  mutating func number(of party: Party) -> Int {
    let addresses = party.addresses
    // Without any block an address tells nothing.
    guard zones.blockCount > 0 else { return number(of: Key(families: 0, v4: 0, v6: 0), party) }
    let key = Key(
      families: Self.families(of: addresses), v4: zones.zone(of: addresses[.v4]),
      v6: zones.zone(of: addresses[.v6]))
    return number(of: key, party)
  }

  private mutating func number(of key: Key, _ party: Party) -> Int {
    if let known = numbers[key] { return known }
    numbers[key] = examples.count
    examples.append(party)
    families.append(key.families)
    if examplesOfFamilies[key.families] == nil { examplesOfFamilies[key.families] = party }
    return examples.count - 1
  }

  /// None, one of either family, or both in either order.
  private static func families(of addresses: PodAddresses) -> Int {
    guard let primary = addresses.primary else { return 0 }
    return (primary.isV4 ? 1 : 2) + (addresses.secondary == nil ? 0 : 2)
  }

  /// The blocks that hold the address which parties of a look show to a subject with these families.
  mutating func blocks(holding look: Int, to families: Int, _ direction: PolicyDirection) -> [Int] {
    let key = Shown(look: look, families: families, direction: direction)
    if let known = shown[key] { return known }
    guard let subject = examplesOfFamilies[families] else { return [] }
    let (mine, theirs) = (Standing(unpicked: subject), Standing(unpicked: examples[look]))
    let crossing =
      switch direction {
      case .ingress: Crossing(.ingress, from: theirs, to: mine)
      case .egress: Crossing(.egress, from: mine, to: theirs)
      }
    let found = zones.blocksOfZone[zones.zone(of: crossing.peerAddress)]
    shown[key] = found
    return found
  }
}

extension Standing {
  /// A party that nothing is asked about but its addresses.
  fileprivate init(unpicked party: Party) {
    self.init(party: party, pod: nil, namespaceLabels: [:], ingress: [], egress: [])
  }
}
