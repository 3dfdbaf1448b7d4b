import Kubernetes
import Traffic

extension NetworkPlugin {
  /// What these policies would do otherwise under this program than the proof says.
  func concerns(_ edges: [Edge], _ proof: Proof, _ directory: Directory) -> [Concern] {
    [inForce, unmatched(proof.byMachineBlock + Self.selfHosted(edges, directory)), unruled(edges)].compactMap(
      \.self)
  }

  private var inForce: Concern? {
    switch enforcement {
    case .always, .unknown: nil
    case .never:
      Concern(
        .policiesNotInForce,
        "\(name.title) by itself puts no policy in force: where nothing beside it does, nothing is closed",
        hint:
          "install something that does, such as Calico, and name it with `--cni` where it is there already (`unknown` for kube-network-policies)"
      )
    case .onRequest:
      Concern(
        .policiesNotInForce, "\(name.title) puts policies in force only where that is switched on",
        hint: "see whether `enableNetworkPolicy` is `true` in its configuration")
    }
  }

  /// Needs that pass by a machine's address, where blocks of addresses hold no machine.
  private func unmatched(_ edges: [Edge]) -> Concern? {
    guard matchesMachinesByBlock == false, !edges.isEmpty else { return nil }
    let needs = Set(edges.map(Self.words)).sorted()
    return Concern(
      .machinesNotMatched,
      "\(needs.count) need\(needs.count == 1 ? " passes" : "s pass") by a machine's address, and \(name.title) lets no machine through by one unless it is told to",
      detail: needs,
      hint:
        "set its `policy-cidr-match-mode` to `nodes`, or write a CiliumNetworkPolicy for the entities `remote-node` and `kube-apiserver`"
    )
  }

  /// Needs for the API server where it answers at a machine's own address.
  private static func selfHosted(_ edges: [Edge], _ directory: Directory) -> [Edge] {
    edges.filter { edge in
      guard edge.bin.isNeeded else { return false }
      return [edge.client, edge.server].contains { end in
        if case .apiServer(let address) = end { directory.isMachine(address) } else { false }
      }
    }
  }

  private func unruled(_ edges: [Edge]) -> Concern? {
    let needs = Set(edges.filter { $0.bin.isNeeded && $0.transport == .sctp }.map(Self.words)).sorted()
    guard rulesSCTP == false, !needs.isEmpty else { return nil }
    return Concern(
      .transportNotRuled,
      "\(name.title) rules no SCTP as it is installed by default: what the rules for it do is open",
      detail: needs,
      hint: "try them where nothing depends on it, or see whether its support for SCTP is switched on")
  }

  private static func words(_ edge: Edge) -> String {
    "\(edge.client) → \(edge.server) \(edge.port)/\(edge.transport)"
  }
}
