import Kubernetes
import Traffic

/// Writes the fewest plain rules that let a set of needs through.
///
/// Each peer stands in one rule (peers grouped by equal sets of ports) or each set of peers in one rule (ports grouped
/// by equal sets of peers), whichever gives fewer rules. One new need moves one rule or two, unless the other way of
/// grouping becomes the shorter one: then it moves all that are as broad as it.
struct RuleBook {
  /// A rule and how broad it is.
  struct Entry: Hashable {
    let rule: Rule
    let breadth: Need.Breadth
    /// Whether it is there because somebody accepted what it lets through.
    let isAccepted: Bool
  }

  /// The rules for these needs, in the order of their peers.
  static func entries(for needs: [Need]) -> [Entry] {
    // What somebody accepted stands in rules of its own, so that it can be taken back without moving another.
    let kinds = Dictionary(grouping: Need.distinct(needs)) {
      Kind(breadth: $0.breadth, isAccepted: $0.approval != nil)
    }
    return kinds.flatMap { kind, needs -> [Entry] in
      let open = rule(forEverybody: needs.filter { $0.peer == nil })
      let rules = grouped(needs).compactMap { rule(of: $0) }
      return ([open].compactMap(\.self) + rules).map {
        Entry(rule: $0, breadth: kind.breadth, isAccepted: kind.isAccepted)
      }
    }.inOrder
  }

  /// Needs of one kind share rules.
  private struct Kind: Hashable {
    let breadth: Need.Breadth
    let isAccepted: Bool
  }

  /// Needs that share a rule: each of their peers is needed on each of their ports.
  private struct Group {
    var needs: [Need] = []
    var peers: [Peer] = []
    var ports: [PolicyPort] = []
  }

  private static func grouped(_ needs: [Need]) -> [Group] {
    // By their numbers: peers are met many times here, and their labels take long to hash.
    var peers = Numbering<Peer>()
    var ports = Numbering<PolicyPort>()
    let named = needs.compactMap { need in
      need.peer.map { (need: need, peer: peers.number(of: $0), port: ports.number(of: need.port)) }
    }
    // Most have one port, or one peer: then each of its peers is needed on each of its ports.
    guard peers.things.count > 1, ports.things.count > 1 else {
      return [Group(needs: named.map(\.need), peers: peers.things, ports: ports.things)]
    }
    let byPeer = Dictionary(grouping: named, by: \.peer)
    let byPort = Dictionary(grouping: named, by: \.port)
    let peersByPorts = Dictionary(grouping: byPeer.values) { Set($0.map(\.port)) }
    let portsByPeers = Dictionary(grouping: byPort.values) { Set($0.map(\.peer)) }
    let fewer =
      peersByPorts.count <= portsByPeers.count ? Array(peersByPorts.values) : Array(portsByPeers.values)
    return fewer.map { parts in
      let all = parts.joined()
      return Group(
        needs: all.map(\.need), peers: Set(all.map(\.peer)).map { peers.things[Int($0)] },
        ports: Set(all.map(\.port)).map { ports.things[Int($0)] })
    }
  }

  private static func rule(of group: Group) -> Rule? {
    // An empty list would mean everybody: where there is none there is no rule.
    guard let peers = OneOrMore(group.peers.inOrder), let ports = OneOrMore(group.ports.sorted()) else {
      return nil
    }
    return Rule(.only(peers), .only(ports), note: comment(on: group.needs).lines)
  }

  /// The rule that lets everybody in on some ports; nil where none of them is to be open so far.
  private static func rule(forEverybody needs: [Need]) -> Rule? {
    OneOrMore(Set(needs.map(\.port)).sorted()).map {
      Rule(.anyone, .only($0), note: comment(on: needs).lines)
    }
  }

  private static func comment(on chosen: [Need]) -> RuleComment {
    RuleComment(
      names: Set(chosen.flatMap(\.names)), portNames: portNames(chosen),
      remark: chosen.first?.breadth.remark, approvals: Set(chosen.compactMap(\.approval)))
  }

  /// What the ports are called: nothing where none has a name, and else the number of each that has none.
  ///
  /// To name some of them only would read as if the others were closed.
  private static func portNames(_ needs: [Need]) -> Set<String> {
    var names: [PortRange: Set<String>] = [:]
    var isWhole = false
    for need in needs {
      guard case .range(_, let range) = need.port else {
        isWhole = true
        continue
      }
      names[range, default: []].formUnion([need.portName].compactMap(\.self))
    }
    guard !isWhole, names.values.contains(where: { !$0.isEmpty }) else {
      return Set(needs.compactMap(\.portName))
    }
    return Set(names.flatMap { $0.value.isEmpty ? ["\($0.key)"] : Array($0.value) })
  }
}

extension [RuleBook.Entry] {
  /// Those for everybody first, then by their peers and ports; each peer is put in words once.
  fileprivate var inOrder: [RuleBook.Entry] {
    guard count > 1 else { return self }
    let ordered = map { entry in
      var peers: [PeerOrder] = []
      if case .only(let wanted) = entry.rule.peers { peers = wanted.map { PeerOrder($0) } }
      return (entry: entry, peers: peers, ports: entry.rule.ports.description)
    }
    return ordered.sorted { one, other in
      if one.peers.lexicographicallyPrecedes(other.peers) { return true }
      return !other.peers.lexicographicallyPrecedes(one.peers) && one.ports < other.ports
    }.map(\.entry)
  }
}
