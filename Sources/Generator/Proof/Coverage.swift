import Kubernetes
import Traffic

/// Which rules, and which of their peers and ports, some needed edge can't do without.
///
/// An edge needs a rule where no other lets it through on that side, and a peer or a port of it where it passes by no
/// other one of that rule.
struct Coverage {
  private var rules: Set<Place> = []
  private var peers: Set<Part> = []
  private var ports: Set<Part> = []

  private struct Place: Hashable {
    let policy: Int
    let direction: PolicyDirection
    let rule: Int
  }

  private struct Part: Hashable {
    let place: Place
    let number: Int
  }

  /// Notes all rules by which a needed edge passes on one side, for one look of each of its ends.
  mutating func note(
    _ edge: Edge, _ direction: PolicyDirection, _ passages: [Passage], in policies: PolicySet
  ) {
    guard passages.count == 1, let only = passages.first else { return }
    let place = Place(policy: only.policy, direction: direction, rule: only.rule)
    rules.insert(place)
    if only.peers.count == 1 { peers.insert(Part(place: place, number: only.peers[0])) }
    guard only.ports.count == 1 else { return }
    ports.insert(Part(place: place, number: only.ports[0]))
    guard edge.asksForNames else { return }
    let wanted = policies.policies[only.policy].rules(direction)[only.rule].ports
    for twin in wanted.twins(of: only.ports[0]) { ports.insert(Part(place: place, number: twin)) }
  }

  /// Whether some edge needs a rule; policies and rules are meant by their places.
  func needs(_ policy: Int, _ direction: PolicyDirection, rule: Int) -> Bool {
    rules.contains(Place(policy: policy, direction: direction, rule: rule))
  }

  /// What of a rule no edge needs, in words.
  func idleParts(of rule: Rule, _ policy: Int, _ direction: PolicyDirection, at number: Int) -> [String] {
    let place = Place(policy: policy, direction: direction, rule: number)
    var idle: [String] = []
    if case .only(let wanted) = rule.peers {
      for (number, peer) in wanted.enumerated() where !peers.contains(Part(place: place, number: number)) {
        idle.append("its peer \(peer)")
      }
    }
    if case .only(let wanted) = rule.ports {
      for (number, port) in wanted.enumerated() where !ports.contains(Part(place: place, number: number)) {
        idle.append("its port \(port)")
      }
    }
    return idle
  }
}

extension Ports {
  /// The places of the same numbers over the other one of UDP and TCP: who asks for names over one needs the other for the
  /// first answer that is too long.
  fileprivate func twins(of place: Int) -> [Int] {
    guard case .only(let wanted) = self, wanted.indices.contains(place),
      case .range(let transport, let range) = wanted[place]
    else { return [] }
    let other = transport == .udp ? Transport.tcp : .udp
    return wanted.indices.filter { wanted[$0] == .range(other, range) }
  }
}
