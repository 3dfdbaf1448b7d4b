import Documents
import Kubernetes

extension Proof {
  /// Proves policies against the edges they were made from.
  init(_ planned: [PlannedPolicy], edges: [Edge], cast: Cast, inventory: Inventory, options: Options) {
    let set = PolicySet(planned.map(\.policy), namespaces: inventory.namespaces)
    let breadths = Dictionary(
      planned.map { ($0.policy.path, $0.breadths) }, uniquingKeysWith: { first, _ in first })
    var needed: Set<Citation> = []
    for edge in edges where edge.bin.isNeeded || edge.bin == .quarantined {
      guard edge.bin == .quarantined else {
        proveNeeded(edge, set, cast, inventory, options, &needed)
        continue
      }
      proveClosed(edge, set, cast, breadths)
    }
    proveRules(planned, needed: needed)
    let named = Dictionary(grouping: planned, by: \.policy.path)
    failures += named.filter { $0.value.count > 1 }.keys.sorted().map { .sameName(policy: $0) }
    for planned in planned where !Self.isFaithful(planned.policy, options.dialect) {
      failures.append(.unfaithful(policy: planned.policy.path))
    }
  }

  /// Every look of the client must reach every look of the server.
  private mutating func proveNeeded(
    _ edge: Edge, _ set: PolicySet, _ cast: Cast, _ inventory: Inventory, _ options: Options,
    _ needed: inout Set<Citation>
  ) {
    // Where it is not known, the API's own contract holds.
    let letsOwnMachineIn = options.rules.letsOwnMachineIn ?? true
    if letsOwnMachineIn, case .node(let name, _) = edge.client, Synthesis.isOwnNode(name, of: edge, inventory)
    {
      exempt += 1
      return
    }
    if options.external == .none, edge.isWithOutside {
      cutByChoice.append(edge)
      return
    }
    let verdicts = Self.verdicts(on: edge, set, cast)
    guard !verdicts.isEmpty else {
      failures.append(.faceless(edge))
      return
    }
    if let cut = verdicts.first(where: { !$0.isAllowed }) {
      failures.append(.cut(edge, verdict: cut))
      return
    }
    passing += 1
    if verdicts.contains(where: { $0.notes.contains(where: \.isOfMachineBlock) }) {
      byMachineBlock.append(edge)
    }
    for verdict in verdicts {
      for case .allowed(let citations) in [verdict.egress, verdict.ingress] where citations.count == 1 {
        needed.formUnion(citations)
      }
    }
  }

  /// No look of the client may reach any look of the server, but through rules that are broad by design.
  private mutating func proveClosed(
    _ edge: Edge, _ set: PolicySet, _ cast: Cast, _ breadths: [String: [PolicyDirection: [Need.Breadth]]]
  ) {
    var isRuled = false
    var isOpen = false
    for verdict in Self.verdicts(on: edge, set, cast) {
      guard verdict.egress.isIsolated || verdict.ingress.isIsolated else { continue }
      isRuled = true
      guard verdict.isAllowed else { continue }
      isOpen = true
      let sides = [verdict.egress, verdict.ingress].compactMap { side -> [Citation]? in
        if case .allowed(let citations) = side { Array(citations) } else { nil }
      }
      // One side that opens by design only is enough to explain it.
      let isByDesign = sides.contains { citations in
        citations.allSatisfy { citation in
          citation.rule.flatMap { breadths[citation.policy]?[citation.direction]?[$0] }.map { $0 != .exact }
            ?? false
        }
      }
      guard isByDesign else {
        failures.append(.opened(edge, by: sides.flatMap(\.self)))
        return
      }
    }
    guard isRuled else { return }
    if isOpen { openByDesign.append(edge) } else { closed += 1 }
  }

  /// What the policies say of an edge, for each look of its client and each of its server.
  ///
  /// An edge of a workload with itself is one between two of its pods, which may look alike: a pod reaches itself under
  /// any policy.
  private static func verdicts(on edge: Edge, _ set: PolicySet, _ cast: Cast) -> [Verdict] {
    let servers = cast.parties(of: edge.server).map { set.standing(of: $0) }
    return cast.parties(of: edge.client).map { set.standing(of: $0) }.flatMap { client in
      servers.map { server in
        set.verdict(
          from: client, to: server, port: edge.port, transport: edge.transport,
          areReplicas: edge.client == edge.server)
      }
    }
  }

  private mutating func proveRules(_ planned: [PlannedPolicy], needed: Set<Citation>) {
    let known = Set(needed.map { [$0.policy, $0.direction.rawValue, $0.rule.map(String.init) ?? ""] })
    for planned in planned {
      for direction in PolicyDirection.allCases {
        for (rule, breadth) in planned.breadths[direction, default: []].enumerated() {
          if known.contains([planned.policy.path, direction.rawValue, String(rule)]) {
            neededRules += 1
          } else if breadth.isBaseline {
            baselineRules += 1
          } else {
            failures.append(.needless(policy: planned.policy.path, direction: direction, rule: rule))
          }
        }
      }
    }
  }

  /// What is written is read again and compared, so that quoting or layout can't change what is meant.
  private static func isFaithful(_ policy: NetworkPolicy, _ dialect: Dialect) -> Bool {
    let text = YAML.write([policy.node(in: dialect)])
    guard let documents = try? YAML.read(Array(text.utf8), limits: .manifests),
      documents.count == 1, let document = documents.first,
      let read = try? NetworkPolicy(document, in: dialect, file: "")
    else { return false }
    return read.meaning == policy.meaning
  }
}

extension Verdict.Note {
  fileprivate var isOfMachineBlock: Bool {
    if case .blockOnNode = self { true } else { false }
  }
}

extension NetworkPolicy {
  /// The policy without where it was read and without what is said about it.
  fileprivate var meaning: NetworkPolicy {
    var bare = withoutOrigin
    for index in bare.ingress.indices { bare.ingress[index].note = [] }
    for index in bare.egress.indices { bare.egress[index].note = [] }
    return bare
  }
}
