/// The classes that the peers of rules name, each different peer resolved once.
struct PeerSets {
  /// A peer as numbers.
  enum Key: Hashable {
    case pods(namespace: Int, selector: Int)
    case namespaces(Int)
    case podsIn(namespaces: Int, selector: Int)
    /// What a block is for subjects whose addresses are of these families.
    case block(Int, families: Int, PolicyDirection)
  }

  private let classes: PartyClasses
  private let index: ClassIndex
  private let namespaceSelectors: SelectorTable
  private let namespaceSignatures: [[LabelVocabulary.Pair]]
  private var sets: [Key: ClassSet] = [:]
  private var namespaces: [Int: [Int]] = [:]
  private var everywhere: [Int: ClassSet] = [:]
  private var looks: AddressLooks
  private var ofLook: [ClassSet]

  init(
    _ classes: PartyClasses, _ index: ClassIndex, _ looks: AddressLooks, namespaces: SelectorTable,
    labels: (String) -> Labels
  ) {
    self.classes = classes
    self.index = index
    namespaceSelectors = namespaces
    namespaceSignatures = classes.namespaces.map { namespaces.vocabulary.signature(of: labels($0)) }
    self.looks = looks
    ofLook = Array(repeating: ClassSet(), count: looks.count)
    for (number, each) in classes.all.enumerated() { ofLook[each.look].append(UInt32(number)) }
  }

  /// The classes that a peer names.
  mutating func classes(of key: Key) -> ClassSet {
    // Hardly any two rules name the same pods of their own namespace.
    if case .pods = key { return resolve(key) }
    if let known = sets[key] { return known }
    let found = resolve(key)
    sets[key] = found
    return found
  }

  private mutating func resolve(_ key: Key) -> ClassSet {
    switch key {
    case .pods(let namespace, let selector):
      return index.classes(in: classes.ofNamespace[namespace], selectedBy: selector)
    case .namespaces(let selector):
      return ranges(of: chosen(selector))
    case .podsIn(let selector, let pods):
      let chosen = chosen(selector)
      guard chosen.count > Self.few else {
        var found = ClassSet()
        for namespace in chosen {
          for range in index.classes(in: classes.ofNamespace[namespace], selectedBy: pods).ranges {
            found.append(range)
          }
        }
        return found
      }
      return anywhere(pods).intersection(ranges(of: chosen))
    case .block(let block, let families, let direction):
      let held = ofLook.indices.filter {
        looks.blocks(holding: $0, to: families, direction).contains(block)
      }
      return ClassSet(unordered: held.flatMap { ofLook[$0].ranges })
    }
  }

  /// With more namespaces than these it is cheaper to look everywhere once.
  private static let few = 4

  private mutating func chosen(_ selector: Int) -> [Int] {
    if let known = namespaces[selector] { return known }
    let found = namespaceSignatures.indices.filter {
      namespaceSelectors.matches(selector, namespaceSignatures[$0])
    }
    namespaces[selector] = found
    return found
  }

  private mutating func anywhere(_ selector: Int) -> ClassSet {
    if let known = everywhere[selector] { return known }
    let end = classes.ofNamespace.last?.lowerBound ?? 0
    let found = index.classes(in: 0..<end, selectedBy: selector)
    everywhere[selector] = found
    return found
  }

  private func ranges(of namespaces: [Int]) -> ClassSet {
    var set = ClassSet()
    for namespace in namespaces { set.append(classes.ofNamespace[namespace]) }
    return set
  }
}
