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
    // Namespaces are numbered as they come, and anew once all are known; nowhere is before the first.
    var found: [String: Int] = [:]
    ofParty.reserveCapacity(parties.count)
    var key: [UInt64] = []
    for (place, party) in parties.enumerated() {
      let look = looks.number(of: party)
      let outside = Class(
        namespace: -1, signature: [], look: look, naming: 0, pods: party.isPod ? 1 : 0, example: place)
      guard case .pod(let traits, _) = party, !traits.usesHostNetwork else {
        ofParty.append(add(outside, &key))
        continue
      }
      let namespace = found[traits.namespace] ?? found.count
      if namespace == found.count { found[traits.namespace] = namespace }
      let pod = Class(
        namespace: namespace, signature: selectors.vocabulary.signature(of: traits.labels), look: look,
        naming: names.naming(of: traits.ports), pods: 1, example: place)
      ofParty.append(add(pod, &key))
    }
    numbers = [:]
    namespaces = found.keys.sorted()
    var inOrder = [Int](repeating: 0, count: found.count)
    for (number, name) in namespaces.enumerated() { if let old = found[name] { inOrder[old] = number } }
    for place in all.indices {
      let number = all[place].namespace
      all[place].namespace = number < 0 ? namespaces.count : inOrder[number]
    }
    var places = [[Int]](repeating: [], count: namespaces.count + 1)
    for (place, each) in all.enumerated() { places[each.namespace].append(place) }
    renumber(Array(places.joined()))
  }

  private mutating func add(_ found: Class, _ key: inout [UInt64]) -> UInt32 {
    key.removeAll(keepingCapacity: true)
    key.append(UInt64(found.namespace + 1) << 32 | UInt64(found.look))
    key.append(UInt64(found.naming))
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
