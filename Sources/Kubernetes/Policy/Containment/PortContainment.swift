import Traffic

extension Ports {
  /// Whether whatever the other ports open is opened by these too, whichever names the pods may give to theirs.
  public func contains(_ other: Ports) -> Bool {
    guard case .only(let mine) = self else { return true }
    // Every port of every protocol is more than all of TCP, UDP and SCTP.
    guard case .only(let theirs) = other else { return false }
    let numbers = Self.numbers(of: mine)
    return theirs.allSatisfy { port in
      switch port {
      case .all(let transport): PortSet(transport, .whole).subtracting(numbers).isEmpty
      case .range(let transport, let range): PortSet(transport, range).subtracting(numbers).isEmpty
      case .named(let transport, _):
        mine.contains(port) || PortSet(transport, .whole).subtracting(numbers).isEmpty
      }
    }
  }

  /// The ports that any of these opens; nil where there are none.
  static func union(_ all: [Ports]) -> Ports? {
    var sum: [PolicyPort] = []
    for ports in all {
      guard case .only(let some) = ports else { return .every }
      sum += some
    }
    return OneOrMore(sum).map { .only($0) }
  }

  private static func numbers(of ports: OneOrMore<PolicyPort>) -> PortSet {
    ports.reduce(into: .none) { set, port in
      switch port {
      case .all(let transport): set = set.union(PortSet(transport, .whole))
      case .range(let transport, let range): set = set.union(PortSet(transport, range))
      case .named: break
      }
    }
  }
}
