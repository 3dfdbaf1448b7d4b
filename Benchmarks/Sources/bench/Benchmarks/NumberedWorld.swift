import ClusterWorld
import Kubernetes
import Traffic

/// A world as numbers, for a reference that knows neither labels nor names: see Reference/reachable.c.
struct NumberedWorld {
  private var labels: [String: Int] = [:]
  private var names: [String: Int] = [:]
  private var selectors: [[Term]: Int] = [:]
  private var inOrder: [[Term]] = []
  private var (peers, ports, rules) = (0, 0, 0)

  /// The world as numbers between blanks.
  private(set) var text = ""

  /// What a selector asks: one of these labels, or none of them.
  private struct Term: Hashable {
    let isNegated: Bool
    let labels: [Int]
  }

  init(_ world: ClusterWorld) {
    var pods: [String] = []
    for pod in world.pods { pods.append(line(pod, world.namespaces[pod.traits.namespace] ?? [:])) }
    let policies = world.policies.map { line($0) }
    let head = [
      world.pods.count, labels.count, inOrder.count, policies.count,
      inOrder.reduce(0) { $0 + $1.count }, peers, ports, rules,
    ]
    let selectors = inOrder.map { terms in
      line([terms.count] + terms.flatMap { [$0.isNegated ? 1 : 0, $0.labels.count] + $0.labels })
    }
    text = ([line(head)] + pods + selectors + policies).joined(separator: "\n") + "\n"
  }

  private func line(_ numbers: [Int]) -> String { numbers.map(String.init).joined(separator: " ") }

  /// The number of a word; a new one where it was never said.
  private static func number(of word: String, in numbers: inout [String: Int]) -> Int {
    if let known = numbers[word] { return known }
    numbers[word] = numbers.count
    return numbers.count - 1
  }
}

// Pods.
extension NumberedWorld {
  /// A label of a pod, of its namespace, and whether there is one with that name, are labels all alike.
  private mutating func line(_ pod: WorldPod, _ namespace: Labels) -> String {
    var own = pod.traits.labels.flatMap { ["pod \($0.key)=\($0.value)", "pod \($0.key)"] }
    own += namespace.flatMap { ["namespace \($0.key)=\($0.value)", "namespace \($0.key)"] }
    let numbers = own.map { label($0) }.sorted()
    let named = pod.traits.ports.compactMap { port in
      port.name.map { [name($0, port.transport), Self.place(port.number, port.transport)] }
    }
    return line(
      [Int(truncatingIfNeeded: pod.address.bits & 0xFFFF_FFFF), numbers.count] + numbers + [named.count]
        + named.flatMap(\.self))
  }

  private mutating func label(_ word: String) -> Int { Self.number(of: word, in: &labels) }

  private mutating func name(_ name: String, _ transport: Transport) -> Int {
    Self.number(of: "\(transport) \(name)", in: &names)
  }

  /// Where a port stands on the line of all three protocols.
  static func place(_ port: UInt16, _ transport: Transport) -> Int {
    let start =
      switch transport {
      case .tcp: 0
      case .udp: 1
      case .sctp: 2
      }
    return start << 16 | Int(port)
  }
}

// Selectors.
extension NumberedWorld {
  private mutating func selector(_ terms: [Term]) -> Int {
    if let known = selectors[terms] { return known }
    selectors[terms] = inOrder.count
    inOrder.append(terms)
    return inOrder.count - 1
  }

  private mutating func terms(_ selector: LabelSelector, of whom: String) -> [Term] {
    var terms: [Term] = []
    for (key, value) in selector.labels.sorted(by: { $0.key < $1.key }) {
      terms.append(Term(isNegated: false, labels: [label("\(whom) \(key)=\(value)")]))
    }
    for requirement in selector.requirements {
      let key = requirement.key
      switch requirement.test {
      case .isOneOf(let values):
        terms.append(Term(isNegated: false, labels: values.map { label("\(whom) \(key)=\($0)") }))
      case .isNoneOf(let values):
        terms.append(Term(isNegated: true, labels: values.map { label("\(whom) \(key)=\($0)") }))
      case .isPresent: terms.append(Term(isNegated: false, labels: [label("\(whom) \(key)")]))
      case .isAbsent: terms.append(Term(isNegated: true, labels: [label("\(whom) \(key)")]))
      }
    }
    return terms
  }

  private mutating func terms(inNamespace name: String) -> [Term] { terms(.namespace(name), of: "namespace") }
}

// Policies.
extension NumberedWorld {
  private mutating func line(_ policy: NetworkPolicy) -> String {
    let subject = selector(terms(inNamespace: policy.namespace) + terms(policy.subject, of: "pod"))
    var numbers = [subject]
    numbers += PolicyDirection.allCases.map { policy.isolates.covers($0) ? 1 : 0 }
    numbers.append(policy.ingress.count + policy.egress.count)
    for direction in PolicyDirection.allCases {
      for rule in policy.rules(direction) {
        rules += 1
        numbers.append(direction == .egress ? 1 : 0)
        numbers += self.numbers(rule.peers, in: policy.namespace) + self.numbers(rule.ports)
      }
    }
    return line(numbers)
  }

  private mutating func numbers(_ peers: Peers, in namespace: String) -> [Int] {
    guard case .only(let list) = peers else { return [1, 0] }
    self.peers += list.count
    return [0, list.count] + list.flatMap { numbers($0, in: namespace) }
  }

  private mutating func numbers(_ peer: Peer, in namespace: String) -> [Int] {
    switch peer {
    case .pods(let pods): return [0, selector(terms(inNamespace: namespace) + terms(pods, of: "pod"))]
    case .namespaces(let namespaces): return [0, selector(terms(namespaces, of: "namespace"))]
    case .podsIn(let namespaces, let pods):
      return [0, selector(terms(namespaces, of: "namespace") + terms(pods, of: "pod"))]
    case .block(let prefix, let except):
      return [1] + Self.span(prefix) + [except.count] + except.flatMap(Self.span)
    }
  }

  /// The lowest and the highest address of a block; the world has none but IPv4.
  private static func span(_ prefix: Prefix) -> [Int] {
    [prefix.base, prefix.last].map { Int(truncatingIfNeeded: $0.bits & 0xFFFF_FFFF) }
  }

  private mutating func numbers(_ ports: Ports) -> [Int] {
    guard case .only(let list) = ports else { return [1, 0] }
    self.ports += list.count
    return [0, list.count] + list.flatMap { numbers($0) }
  }

  private mutating func numbers(_ port: PolicyPort) -> [Int] {
    switch port {
    case .all(let transport): numbers(.range(transport, .whole))
    case .range(let transport, let range):
      [0, Self.place(range.first, transport), Self.place(range.last, transport)]
    case .named(let transport, let name): [1, self.name(name, transport), 0]
    }
  }
}
