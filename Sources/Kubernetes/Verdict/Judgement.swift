public import Traffic

extension PolicySet {
  /// Whether a connection is allowed under these policies, and what decides so.
  ///
  /// `port` is the destination's own, after every translation. `family` is the one asked about, else the first of
  /// `Party.families(to:)`; a note says where another one gets another answer.
  public func verdict(
    from source: Party, to destination: Party, port: UInt16, transport: Transport, over family: Family? = nil
  ) -> Verdict {
    verdict(
      from: standing(of: source), to: standing(of: destination), port: port, transport: transport,
      over: family)
  }

  /// The verdict between two parties whose standing in this set is known.
  ///
  /// `areReplicas` says that the parties stand for two pods alike, whatever their addresses.
  public func verdict(
    from source: Standing, to destination: Standing, port: UInt16, transport: Transport,
    over family: Family? = nil, areReplicas: Bool = false
  ) -> Verdict {
    if !areReplicas, isOnePod(source.party, destination.party) {
      return Verdict(egress: .open, ingress: .open, notes: [.toItself])
    }
    let egress = judge(Crossing(.egress, from: source, to: destination, over: family), port, transport)
    let ingress = judge(Crossing(.ingress, from: source, to: destination, over: family), port, transport)
    let isAllowed = egress.side.isAllowed && ingress.side.isAllowed
    var notes: [Verdict.Note] = []
    if source.party.isOnHostNetwork { notes.append(.sourceOnHostNetwork) }
    if destination.party.isOnHostNetwork { notes.append(.destinationOnHostNetwork) }
    if case .node = source.party, !ingress.side.isAllowed { notes.append(.sourceIsNode) }
    // Where the answer is no anyhow, nothing hangs on the block.
    if isAllowed {
      if egress.hangsOnBlock { notes.append(Self.block(on: destination.party, .egress)) }
      if ingress.hangsOnBlock { notes.append(Self.block(on: source.party, .ingress)) }
    }
    if egress.lacksAddress { notes.append(.addressNotKnown(.egress)) }
    if ingress.lacksAddress { notes.append(.addressNotKnown(.ingress)) }
    if let family {
      let isServed = source.party.families(to: destination.party).contains(family)
      let isKnown = !source.party.addresses.isEmpty || !destination.party.addresses.isEmpty
      if isKnown, !isServed { notes.append(.noAddress(of: family)) }
    } else if source.party.isCutOff(from: destination.party) {
      notes.append(.noCommonFamily)
    } else {
      for other in source.party.families(to: destination.party).dropFirst() {
        let otherwise = allows(from: source, to: destination, port: port, transport: transport, over: other)
        if otherwise != isAllowed { notes.append(.differs(over: other, isAllowed: otherwise)) }
      }
    }
    return Verdict(egress: egress.side, ingress: ingress.side, notes: notes)
  }

  private static func block(on party: Party, _ direction: PolicyDirection) -> Verdict.Note {
    party.showsNode ? .blockOnNode(direction) : .blockOnPod(direction)
  }

  private func judge(
    _ crossing: Crossing, _ port: UInt16, _ transport: Transport
  ) -> (side: Verdict.Side, hangsOnBlock: Bool, lacksAddress: Bool) {
    let direction = crossing.direction
    let isolators = crossing.subject.isolators(direction)
    guard let isolatedBy = OneOrMore(isolators.map { Citation(policies[$0], direction) }) else {
      return (.open, false, false)
    }
    var allowing: [Citation] = []
    var best = Crossing.Match.none
    var near = Nearness()
    var lacksAddress = false
    for place in isolators {
      let policy = policies[place]
      for (index, rule) in policy.rules(direction).enumerated() {
        let citation = Citation(policy, direction, rule: index, rule)
        let match = self.match(rule.peers, place, rule: index, crossing)
        let isPort = crossing.covers(rule.ports, port, transport)
        if match != .none, isPort {
          allowing.append(citation)
          best = max(best, match)
        } else {
          near.consider(citation, isPeer: match != .none, isPort: isPort)
          if isPort, crossing.lacksAddress, rule.peers.haveBlocks { lacksAddress = true }
        }
      }
    }
    if let allowing = OneOrMore(allowing) {
      return (.allowed(by: allowing), best == .insiderByBlock, false)
    }
    let denial = Verdict.Denial(cause: near.cause, nearest: near.rule, isolatedBy: isolatedBy)
    return (.denied(denial), false, lacksAddress)
  }
}

extension Peers {
  /// Whether any of them is a block of addresses.
  fileprivate var haveBlocks: Bool {
    guard case .only(let peers) = self else { return false }
    return peers.contains { if case .block = $0 { true } else { false } }
  }
}

/// Of the rules that do not let a connection through, the one that comes nearest, and what it lacks.
///
/// The right peer is nearer than the right port, because widening a rule by a port is the smaller change.
private struct Nearness {
  private(set) var rule: Citation?
  private var rank = 0

  mutating func consider(_ candidate: Citation, isPeer: Bool, isPort: Bool) {
    let candidateRank = isPeer ? 3 : isPort ? 2 : 1
    guard candidateRank > rank else { return }
    rank = candidateRank
    rule = candidate
  }

  var cause: Verdict.Cause {
    switch rank {
    case 0: .noRule
    case 3: .port
    default: .peer
    }
  }
}
