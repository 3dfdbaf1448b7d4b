import Kubernetes
import Traffic

/// Writes the fewest plain rules that let a set of needs through.
///
/// Each peer stands in one rule (peers grouped by equal sets of ports) or each set of peers in one rule (ports grouped
/// by equal sets of peers), whichever gives fewer rules. One new need moves one rule.
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
    }.sorted { one, other in
      if one.rule.peers != other.rule.peers { return precedes(one.rule.peers, other.rule.peers) }
      return one.rule.ports.description < other.rule.ports.description
    }
  }

  /// Needs of one kind share rules.
  private struct Kind: Hashable {
    let breadth: Need.Breadth
    let isAccepted: Bool
  }

  /// Needs that share a rule: each of their peers is needed on each of their ports.
  private typealias Group = [Need]

  private static func grouped(_ needs: [Need]) -> [Group] {
    let named = needs.filter { $0.peer != nil }
    let byPeer = Dictionary(grouping: named, by: \.peer)
    let byPort = Dictionary(grouping: named, by: \.port)
    let peersByPorts = Dictionary(grouping: byPeer.values) { Set($0.map(\.port)) }
    let portsByPeers = Dictionary(grouping: byPort.values) { Set($0.map(\.peer)) }
    let fewer =
      peersByPorts.count <= portsByPeers.count ? Array(peersByPorts.values) : Array(portsByPeers.values)
    return fewer.map { Array($0.joined()) }
  }

  private static func rule(of group: Group) -> Rule? {
    // An empty list would mean everybody: where there is none there is no rule.
    guard let peers = OneOrMore(Set(group.compactMap(\.peer)).inOrder),
      let ports = OneOrMore(Set(group.map(\.port)).sorted())
    else { return nil }
    return Rule(.only(peers), .only(ports), note: comment(on: group).lines)
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

  private static func precedes(_ one: Peers, _ other: Peers) -> Bool {
    switch (one, other) {
    case (.anyone, .anyone): false
    case (.anyone, _): true
    case (_, .anyone): false
    case (.only(let mine), .only(let theirs)): mine.lexicographicallyPrecedes(theirs)
    }
  }
}
