import Generator
import Kubernetes
import Traffic

/// Counts by which rules edges pass, rule by rule, peer by peer and port by port.
struct UseTable {
  private(set) var uses: [RuleUse] = []
  private let policies: PolicySet
  /// For each policy the place of its first rule of a direction; -1 for a policy that is not looked at.
  private var starts: [PolicyDirection: [Int]] = [:]
  /// The last edge that each rule was counted for.
  private var latest: [Int] = []
  private var number = 0
  private var meant: MeantParties

  /// A table of the rules of the namespaces asked for; none stand for all.
  ///
  /// Of policies of other namespaces not every edge was asked about, so that nobody can say what needs their rules.
  init(_ policies: PolicySet, in learned: Learned) {
    let namespaces = learned.options.namespaces
    self.policies = policies
    meant = MeantParties(policies)
    for direction in PolicyDirection.allCases { starts[direction] = [] }
    for policy in policies.policies {
      let isLookedAt = namespaces.isEmpty || namespaces.contains(policy.namespace)
      for direction in PolicyDirection.allCases {
        starts[direction]?.append(isLookedAt ? uses.count : -1)
        guard isLookedAt else { continue }
        for (place, rule) in policy.rules(direction).enumerated() {
          uses.append(
            RuleUse(
              citation: Citation(policy, direction, rule: place, rule), rule: rule,
              hasEffect: policy.isolates.covers(direction),
              standby: learned.standby(of: rule, direction, in: policy),
              peerStandbys: rule.knownPeers.map {
                learned.standby(of: $0, on: rule.ports, direction, in: policy)
              }))
        }
      }
    }
    latest = Array(repeating: -1, count: uses.count)
  }

  /// Goes on to another edge.
  mutating func next() { number += 1 }

  /// Notes the rules by which a meeting of the present edge's ends passes on either side.
  mutating func note(_ edge: Edge, _ meeting: Hearing.Meeting) {
    visit(edge, meeting, edge.transport) { $0.note(edge, $1, at: $2) }
    guard edge.bin.isNeeded, edge.asksForNames else { return }
    // Who asks for names over one of UDP and TCP needs the other for the first answer that is too long.
    visit(edge, meeting, edge.transport == .udp ? .tcp : .udp) { table, passage, place in
      table.uses[place].isKeptForNames = true
      table.uses[place].usedPeers.formUnion(passage.peers)
      table.uses[place].usedPorts.formUnion(passage.ports)
    }
  }

  /// Notes the rules that a needed edge may pass by which could not be asked about: its port is theirs, and its ends are
  /// theirs as far as they are known.
  mutating func noteUnasked(_ edge: Edge, _ hearing: Hearing) {
    let clients = parties(edge.client, of: edge, hearing)
    let servers = parties(edge.server, of: edge, hearing)
    var found: Set<Int> = []
    for direction in PolicyDirection.allCases {
      for client in clients {
        for server in servers {
          let passages = policies.passages(
            direction, from: client, to: server, port: edge.port, transport: edge.transport)
          for passage in passages {
            guard let start = starts[direction]?[passage.policy], start >= 0 else { continue }
            found.insert(start + passage.rule)
            uses[start + passage.rule].unaskedPeers.formUnion(passage.peers)
            uses[start + passage.rule].unaskedPorts.formUnion(passage.ports)
          }
        }
      }
    }
    for place in found { uses[place].unasked += 1 }
  }

  /// How policies see an end, or whom they may mean by it.
  private mutating func parties(_ end: End, of edge: Edge, _ hearing: Hearing) -> [Standing] {
    // A Service's own address is nothing that policies see.
    let isService = if case .service = end { true } else { false }
    let seen = isService ? [] : hearing.looks(of: end, in: [edge]).map(\.standing)
    guard seen.isEmpty, end.doubt == nil else { return seen }
    return meant.standings(in: end.home, at: edge.port)
  }

  /// Notes the rules by which a machine reaches its own pods, where something rules that.
  mutating func noteOwnMachine(_ edge: Edge, _ hearing: Hearing) {
    for meeting in hearing.meetings(from: edge.client, to: edge.server, in: [edge]) {
      visit(edge, meeting, edge.transport) { table, passage, place in
        table.uses[place].isForOwnMachine = true
        table.uses[place].ownMachinePeers.formUnion(passage.peers)
      }
    }
  }

  /// Visits the rules that are looked at and by which a meeting passes over a transport, on either side.
  private mutating func visit(
    _ edge: Edge, _ meeting: Hearing.Meeting, _ transport: Transport,
    _ body: (inout UseTable, Passage, Int) -> Void
  ) {
    for direction in PolicyDirection.allCases {
      let passages = policies.passages(
        direction, from: meeting.source, to: meeting.destination, port: edge.port, transport: transport,
        over: meeting.family)
      for passage in passages {
        guard let start = starts[direction]?[passage.policy], start >= 0 else { continue }
        body(&self, passage, start + passage.rule)
      }
    }
  }

  private mutating func note(_ edge: Edge, _ passage: Passage, at place: Int) {
    let isFirst = latest[place] != number
    latest[place] = number
    guard edge.bin.isNeeded else {
      if isFirst { uses[place].quarantined.add(edge) }
      return
    }
    if isFirst { uses[place].needed.add(edge) }
    uses[place].usedPeers.formUnion(passage.peers)
    uses[place].usedPorts.formUnion(passage.ports)
  }
}

extension End {
  /// The namespace of a workload or a Service.
  fileprivate var home: String {
    if case .service(let name, _) = self { return String(name.prefix { $0 != "/" }) }
    return namespace ?? ""
  }
}

extension Rule {
  fileprivate var knownPeers: [Peer] {
    if case .only(let peers) = peers { Array(peers) } else { [] }
  }
}

extension RuleUse.Amount {
  fileprivate mutating func add(_ edge: Edge) {
    edges += 1
    conversations = conversations.saturatingPlus(edge.evidence.conversations)
  }
}
