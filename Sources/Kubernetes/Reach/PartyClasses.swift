/// Parties that no policy tells apart, as one class each.
///
/// Classes of one namespace stand together, and within it those that the same policies isolate; behind all namespaces
/// come the classes of what no selector can pick: pods in their nodes' network and addresses outside.
struct PartyClasses {
  /// One class.
  struct Class {
    /// The namespace by its number; the one past the last for what no selector can pick.
    var namespace: Int
    /// What selectors see of the labels.
    var signature: [LabelVocabulary.Pair]
    /// How blocks of addresses see it.
    var look: Int
    /// What the pods declare under names that rules ask for.
    var naming: Int
    /// How many pods there are in it; addresses outside don't count.
    var pods: Int
    /// One of its parties, by its place.
    var example: Int
  }

  /// The classes, in order.
  private(set) var all: [Class] = []
  /// The class of each party.
  private(set) var ofParty: [UInt32] = []
  /// The namespaces' names, in order.
  private(set) var namespaces: [String] = []
  /// The classes of each namespace, and in the last place of what no selector can pick.
  private(set) var ofNamespace: [Range<UInt32>] = []

  private var numbers: [[UInt64]: UInt32] = [:]

  init(
    of parties: [Party], _ selectors: SelectorTable, _ looks: inout AddressLooks, _ names: inout PortNames
  ) {
    var namespaceNumbers: [String: Int] = [:]
    for party in parties {
      guard let name = party.selectable?.namespace, namespaceNumbers[name] == nil else { continue }
      namespaceNumbers[name] = 0
      namespaces.append(name)
    }
    namespaces.sort()
    for (number, name) in namespaces.enumerated() { namespaceNumbers[name] = number }
    ofParty.reserveCapacity(parties.count)
    for (place, party) in parties.enumerated() {
      var found = Class(
        namespace: namespaces.count, signature: [], look: looks.number(of: party), naming: 0,
        pods: party.isPod ? 1 : 0, example: place)
      if let traits = party.selectable {
        found.namespace = namespaceNumbers[traits.namespace] ?? namespaces.count
        found.signature = selectors.vocabulary.signature(of: traits.labels)
        found.naming = names.naming(of: traits.ports)
      }
      ofParty.append(add(found))
    }
    numbers = [:]
    var places = [[Int]](repeating: [], count: namespaces.count + 1)
    for (place, each) in all.enumerated() { places[each.namespace].append(place) }
    renumber(Array(places.joined()))
  }

  private mutating func add(_ found: Class) -> UInt32 {
    var key = [UInt64(found.namespace) << 32 | UInt64(found.look), UInt64(found.naming)]
    for pair in found.signature { key.append(UInt64(pair)) }
    if let known = numbers[key] {
      all[Int(known)].pods += found.pods
      return known
    }
    numbers[key] = UInt32(all.count)
    all.append(found)
    return UInt32(all.count - 1)
  }

  /// Puts the classes in this order of their places so far.
  mutating func renumber(_ places: [Int]) {
    var moved = [UInt32](repeating: 0, count: all.count)
    for (new, old) in places.enumerated() { moved[old] = UInt32(new) }
    all = places.map { all[$0] }
    for place in ofParty.indices { ofParty[place] = moved[Int(ofParty[place])] }
    var bounds = [UInt32](repeating: 0, count: namespaces.count + 2)
    for each in all { bounds[each.namespace + 1] += 1 }
    for place in 1..<bounds.count { bounds[place] += bounds[place - 1] }
    ofNamespace = (0...namespaces.count).map { bounds[$0]..<bounds[$0 + 1] }
  }
}

extension Party {
  /// Whether it is a pod, in its own network or its node's.
  fileprivate var isPod: Bool { if case .pod = self { true } else { false } }
}
