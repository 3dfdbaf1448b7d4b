import Kubernetes
import TestSupport
import Traffic

/// Ways to write policies otherwise that change nothing of what they mean.
enum Rewriting: CaseIterable {
  case order, otherNames, splitPolicy, splitRules, splitPeers, splitPorts, doubled, listedValues, splitBlocks,
    splitValues, oneDirectionEach, deadRules

  /// The same policies, written otherwise.
  func rewritten(_ policies: [NetworkPolicy], _ random: inout SeededRandom) -> [NetworkPolicy] {
    switch self {
    case .order: return policies.map { mapped($0) { $0.reversed() } }.shuffled(using: &random)
    case .otherNames:
      return policies.enumerated().map { index, policy in
        var copy = policy
        copy.name = "other-\(policies.count - index)"
        return copy
      }
    case .splitPolicy:
      return policies.flatMap { policy -> [NetworkPolicy] in
        let pick: ([Rule], Bool) -> [Rule] = { rules, isEven in
          rules.enumerated().filter { $0.offset.isMultiple(of: 2) == isEven }.map(\.element)
        }
        return [mapped(policy) { pick($0, true) }, mapped(policy) { pick($0, false) }]
      }
    case .splitRules, .splitPeers: return policies.map { mapped($0) { $0.flatMap(Self.byPeer) } }
    case .splitPorts: return policies.map { mapped($0) { $0.flatMap(Self.byPort) } }
    case .doubled: return policies.flatMap { [$0, mapped($0) { $0 + $0 }] }
    case .listedValues: return policies.map { selecting($0, Self.listed) }
    case .splitBlocks: return policies.map { mapped($0) { $0.map { Self.eachPeer($0, Self.halves) } } }
    case .splitValues: return policies.map { mapped($0) { $0.map { Self.eachPeer($0, Self.byValue) } } }
    case .oneDirectionEach:
      return policies.flatMap { policy in
        policy.isolates.directions.map { direction -> NetworkPolicy in
          var copy = policy
          copy.isolates = direction == .ingress ? .ingress : .egress
          return copy
        }
      }
    case .deadRules:
      // A section that `policyTypes` does not name has no effect.
      return policies.map { policy in
        var copy = policy
        if !policy.isolates.covers(.ingress) { copy.ingress = [PolicyWorld.rule(&random)] }
        if !policy.isolates.covers(.egress) { copy.egress = [PolicyWorld.rule(&random)] }
        return copy
      }
    }
  }

  private func mapped(_ policy: NetworkPolicy, _ change: ([Rule]) -> [Rule]) -> NetworkPolicy {
    var copy = policy
    copy.ingress = change(policy.ingress)
    copy.egress = change(policy.egress)
    return copy
  }

  private func selecting(
    _ policy: NetworkPolicy, _ change: (LabelSelector) -> LabelSelector
  ) -> NetworkPolicy {
    var copy = mapped(policy) { rules in
      rules.map { rule in
        Self.eachPeer(rule) { peer in
          switch peer {
          case .pods(let pods): [.pods(change(pods))]
          case .namespaces(let namespaces): [.namespaces(change(namespaces))]
          case .podsIn(let namespaces, let pods):
            [.podsIn(namespaces: change(namespaces), pods: change(pods))]
          case .block: [peer]
          }
        }
      }
    }
    copy.subject = change(policy.subject)
    return copy
  }

  private static func eachPeer(_ rule: Rule, _ change: (Peer) -> [Peer]) -> Rule {
    guard case .only(let peers) = rule.peers, let changed = OneOrMore(peers.flatMap(change)) else {
      return rule
    }
    return Rule(.only(changed), rule.ports)
  }

  private static func byPeer(_ rule: Rule) -> [Rule] {
    guard case .only(let peers) = rule.peers else { return [rule] }
    return peers.map { Rule(.only($0), rule.ports) }
  }

  /// Ports one by one, and ranges in two.
  private static func byPort(_ rule: Rule) -> [Rule] {
    guard case .only(let ports) = rule.ports else {
      return [Rule(rule.peers, .only(.all(.tcp), .all(.udp), .all(.sctp)))]
    }
    return ports.flatMap { port -> [Rule] in
      guard case .range(let transport, let range) = port, range.count > 1,
        let low = PortRange(range.first, through: range.last - 1), let high = PortRange(range.last)
      else { return [Rule(rule.peers, .only(port))] }
      return [Rule(rule.peers, .only(.range(transport, high), .range(transport, low)))]
    }
  }

  /// `matchLabels` as `matchExpressions`.
  private static func listed(_ selector: LabelSelector) -> LabelSelector {
    LabelSelector(
      [:],
      selector.requirements
        + selector.labels.map { LabelRequirement($0.key, .isOneOf(OneOrMore($0.value, $0.value))) })
  }

  /// A block without exceptions as its two halves.
  private static func halves(_ peer: Peer) -> [Peer] {
    guard case .block(let block, let except) = peer, except.isEmpty, block.length < block.base.width,
      let low = Prefix(block.base, length: block.length + 1),
      let high = Prefix(Address(bits: low.last.bits + 1), length: block.length + 1)
    else { return [peer] }
    return [.block(high, except: []), .block(low, except: [])]
  }

  /// `In [a, b]` as two peers; a selector as those that have a label and those that have not.
  private static func byValue(_ peer: Peer) -> [Peer] {
    switch peer {
    case .pods(let pods): return byValue(pods).map { .pods($0) }
    case .podsIn(let namespaces, let pods):
      return byValue(pods).map { .podsIn(namespaces: namespaces, pods: $0) }
    case .namespaces(let namespaces): return byValue(namespaces).map { .namespaces($0) }
    case .block: return [peer]
    }
  }

  private static func byValue(_ selector: LabelSelector) -> [LabelSelector] {
    for (index, requirement) in selector.requirements.enumerated() {
      guard case .isOneOf(let values) = requirement.test else { continue }
      var others = selector.requirements
      others.remove(at: index)
      return values.map {
        LabelSelector(selector.labels, others + [LabelRequirement(requirement.key, .isOneOf(OneOrMore($0)))])
      }
    }
    return [LabelRequirement.Test.isPresent, .isAbsent].map {
      LabelSelector(selector.labels, selector.requirements + [LabelRequirement("b", $0)])
    }
  }
}
