import Kubernetes
import Traffic

/// Which rules, and which of their peers and ports, some needed edge can't do without.
///
/// An edge needs a rule where no other lets it through on that side, and a peer or a port of it where it passes by no
/// other one of that rule.
struct Coverage {
  private let policies: [NetworkPolicy]
  /// Whether some needed edge can't do without it: of each rule first the rule, then its peers, then its ports.
  private var isNeeded: [Bool] = []
  /// Where each rule stands there, by policies, which are meant by their places, as rules are.
  private var ingress: [[Int]] = []
  private var egress: [[Int]] = []

  /// Nothing is needed of these policies so far.
  init(of policies: [NetworkPolicy]) {
    self.policies = policies
    for policy in policies {
      ingress.append(places(for: policy.ingress))
      egress.append(places(for: policy.egress))
    }
  }

  private mutating func places(for rules: [Rule]) -> [Int] {
    rules.map { rule in
      let place = isNeeded.count
      isNeeded.append(contentsOf: repeatElement(false, count: 1 + rule.peers.count + rule.ports.count))
      return place
    }
  }

  /// Notes all rules by which a needed edge passes on one side, for one look of each of its ends.
  mutating func note(_ edge: Edge, _ direction: PolicyDirection, _ passages: [Passage]) {
    guard passages.count == 1, let only = passages.first else { return }
    let rule = policies[only.policy].rules(direction)[only.rule]
    let place = place(of: only.policy, direction, rule: only.rule)
    isNeeded[place] = true
    if only.peers.count == 1 { isNeeded[place + 1 + only.peers[0]] = true }
    guard only.ports.count == 1 else { return }
    let ports = place + 1 + rule.peers.count
    isNeeded[ports + only.ports[0]] = true
    guard edge.asksForNames else { return }
    for twin in rule.ports.twins(of: only.ports[0]) { isNeeded[ports + twin] = true }
  }

  private func place(of policy: Int, _ direction: PolicyDirection, rule: Int) -> Int {
    switch direction {
    case .ingress: ingress[policy][rule]
    case .egress: egress[policy][rule]
    }
  }

  /// Whether some edge needs a rule.
  func needs(_ policy: Int, _ direction: PolicyDirection, rule: Int) -> Bool {
    isNeeded[place(of: policy, direction, rule: rule)]
  }

  /// What of a rule no edge needs, in words.
  func idleParts(of policy: Int, _ direction: PolicyDirection, rule number: Int) -> [String] {
    let rule = policies[policy].rules(direction)[number]
    let peers = place(of: policy, direction, rule: number) + 1
    let ports = peers + rule.peers.count
    var idle: [String] = []
    if case .only(let wanted) = rule.peers {
      for place in wanted.indices where !isNeeded[peers + place] { idle.append("its peer \(wanted[place])") }
    }
    if case .only(let wanted) = rule.ports {
      for place in wanted.indices where !isNeeded[ports + place] { idle.append("its port \(wanted[place])") }
    }
    return idle
  }
}

extension Peers {
  /// How many it names.
  fileprivate var count: Int {
    if case .only(let wanted) = self { wanted.count } else { 0 }
  }
}

extension Ports {
  /// How many it names.
  fileprivate var count: Int {
    if case .only(let wanted) = self { wanted.count } else { 0 }
  }

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
