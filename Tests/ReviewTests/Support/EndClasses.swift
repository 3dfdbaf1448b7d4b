import Kubernetes

/// The classes of ends that some policies tell apart.
///
/// Of a pod, policies see its namespace only where they have rules there, its labels and those of its namespace only
/// through their selectors, and its ports and addresses as they are. What is asked about an end is therefore asked
/// about all of its class.
struct EndClasses {
  private var pods: Answers
  private var namespaces: Answers
  private var numbers: [Class: Int] = [:]

  private struct Class: Hashable {
    let ruled: String?
    let namespace: [Bool]?
    let pod: [Bool]?
    let form: Int
  }

  /// What selectors say of labels, each asked once.
  private struct Answers {
    let selectors: [LabelSelector]
    private var known: [Labels: [Bool]] = [:]

    init(_ selectors: Set<LabelSelector>) { self.selectors = selectors.sorted() }

    mutating func about(_ labels: Labels) -> [Bool] {
      if let answers = known[labels] { return answers }
      let answers = selectors.map { $0.matches(labels) }
      known[labels] = answers
      return answers
    }
  }

  /// The classes that these policies tell apart.
  init(of policies: [NetworkPolicy]) {
    let peers = policies.flatMap { $0.ingress + $0.egress }.flatMap { rule -> [Peer] in
      if case .only(let peers) = rule.peers { Array(peers) } else { [] }
    }
    pods = Answers(Set(policies.map(\.subject) + peers.compactMap(\.podSelector)))
    namespaces = Answers(Set(peers.compactMap(\.namespaceSelector)))
  }

  /// The first end of each class, with its number, where namespaces have these labels.
  mutating func firstOfEach(_ labels: (String) -> Labels) -> [(end: SmallUniverse.End, number: Int)] {
    var seen: Set<Int> = []
    return SmallUniverse.ends.compactMap { end in
      let number = number(of: end, labels)
      return seen.insert(number).inserted ? (end, number) : nil
    }
  }

  /// The number of an end's class, which is the same whatever labels are asked about later.
  mutating func number(of end: SmallUniverse.End, _ labels: (String) -> Labels) -> Int {
    let found = Class(
      ruled: end.isRuled ? end.traits?.namespace : nil,
      namespace: end.traits.map { namespaces.about(labels($0.namespace)) },
      pod: end.traits.map { pods.about($0.labels) }, form: end.form)
    let number = numbers[found] ?? numbers.count
    numbers[found] = number
    return number
  }
}

extension Peer {
  fileprivate var podSelector: LabelSelector? {
    switch self {
    case .pods(let pods), .podsIn(_, let pods): pods
    case .namespaces, .block: nil
    }
  }

  fileprivate var namespaceSelector: LabelSelector? {
    switch self {
    case .namespaces(let namespaces), .podsIn(let namespaces, _): namespaces
    case .pods, .block: nil
    }
  }
}
