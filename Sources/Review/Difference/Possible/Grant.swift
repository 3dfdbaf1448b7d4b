import Kubernetes
import Traffic

/// One thing that a namespace's policies let through in one direction: these pods, that peer, some ports.
struct Grant: Sendable {
  /// Whom it is for and who is let through.
  let way: GrantWay
  /// The ports by number.
  var numbers = PortSet.none
  /// The ports by name.
  var names: Set<PortName> = []
  /// The rules that say so.
  var rules: Set<Citation> = []

  init(_ way: GrantWay) {
    self.way = way
  }

  /// What it lets through, however it is told.
  var meaning: Meaning { Meaning(way: way, numbers: numbers, names: names) }

  /// A grant without those who told it.
  struct Meaning: Hashable {
    let way: GrantWay
    let numbers: PortSet
    let names: Set<PortName>
  }

  /// The ports one kind at a time, so that each is a plain list of claims; those already granted are left out.
  func ports(besides other: Grant?) -> [GrantPorts] {
    let numbers = numbers.subtracting(other?.numbers ?? .none)
    let named = names.subtracting(other?.names ?? []).sorted().map(GrantPorts.named)
    return (numbers.isEmpty ? [] : [.numbers(numbers)]) + named
  }

  mutating func add(_ ports: Ports, by rule: Citation) {
    rules.insert(rule)
    guard case .only(let ports) = ports else {
      numbers = .all
      return
    }
    for port in ports {
      switch port {
      case .all(let transport): numbers = numbers.union(PortSet(transport, .whole))
      case .range(let transport, let range): numbers = numbers.union(PortSet(transport, range))
      case .named(let transport, let name): names.insert(PortName(transport: transport, name: name))
      }
    }
  }
}

/// Whom a grant is for and who is let through; nil is anyone.
struct GrantWay: Hashable, Sendable {
  let subject: LabelSelector
  let peer: Peer?
}

/// A port by the name that pods declare it under.
struct PortName: Hashable, Comparable, Sendable {
  let transport: Transport
  let name: String

  static func < (one: PortName, other: PortName) -> Bool {
    (one.transport, one.name) < (other.transport, other.name)
  }
}

/// Ports of a grant, of one kind.
enum GrantPorts: Hashable, Sendable {
  case numbers(PortSet)
  case named(PortName)

  /// The claims that must hold for the port that is asked for to be one of these.
  ///
  /// Nothing outside the cluster declares a name.
  func terms(isOutsideAsked: Bool) -> [Term]? {
    switch self {
    case .numbers(let ports): return [Term(trait: .port, scope: .ports(ports))]
    case .named(let port):
      guard !isOutsideAsked else { return nil }
      return [
        Term(trait: .port, scope: .ports(PortSet(port.transport, .whole))),
        Term(trait: .declares(port.transport, port.name), scope: .values(.present)),
      ]
    }
  }
}
