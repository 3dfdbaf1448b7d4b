import Documents
import Kubernetes

extension Proof {
  /// Proves policies against the edges they were made from, but for those that are cut by people's decision.
  ///
  /// Shared are those that were kept out of one workload, and that another which its policy is for as well needs.
  init(
    _ planned: [PlannedPolicy], edges: [Edge], besides borne: Set<Edge.Key> = [],
    shared: Set<Edge.Key> = [], cast: Cast, inventory: Inventory, options: Options
  ) {
    let set = PolicySet(planned.map(\.policy), namespaces: inventory.namespaces)
    let breadths = Dictionary(
      planned.map { ($0.policy.path, $0.breadths) }, uniquingKeysWith: { first, _ in first })
    let judged = edges.filter { $0.bin.isNeeded && !borne.contains($0.key) || $0.bin == .quarantined }
    let looks = Looks(set, of: judged, in: cast)
    var coverage = Coverage(of: set.policies)
    for edge in judged {
      guard edge.bin == .quarantined else {
        proveNeeded(edge, looks, inventory, options, planned, &coverage)
        continue
      }
      proveClosed(edge, looks, breadths, isShared: shared.contains(edge.key))
    }
    proveRules(planned, coverage)
    let named = Dictionary(grouping: planned, by: \.policy.path)
    failures += named.filter { $0.value.count > 1 }.keys.sorted().map { .sameName(policy: $0) }
    for planned in planned where !Self.isFaithful(planned.policy, options.dialect) {
      failures.append(.unfaithful(policy: planned.policy.path))
    }
  }

  /// Every look of the client must reach every look of the server.
  private mutating func proveNeeded(
    _ edge: Edge, _ looks: Looks, _ inventory: Inventory, _ options: Options, _ planned: [PlannedPolicy],
    _ coverage: inout Coverage
  ) {
    // Where it is not known, the API's own contract holds.
    let letsOwnMachineIn = options.rules.letsOwnMachineIn ?? true
    if letsOwnMachineIn, case .node(let name, _) = edge.client, Synthesis.isOwnNode(name, of: edge, inventory)
    {
      exempt += 1
      return
    }
    let pairs = looks.pairs(of: edge)
    guard !pairs.isEmpty else {
      failures.append(.faceless(edge))
      return
    }
    let sides = PolicyDirection.allCases.map { ($0, looks.passages(of: edge, $0)) }
    // What passes by a rule on each side that is ruled is allowed; of a machine there is more to know.
    if edge.isWithMachine || sides.contains(where: { $0.1.contains(where: \.isEmpty) }) {
      let verdicts = pairs.map { looks.verdict(on: edge, between: $0) }
      if let cut = verdicts.first(where: { !$0.isAllowed }) {
        if options.external == .none, edge.isWithOutside {
          cutByChoice.append(edge)
        } else {
          failures.append(.cut(edge, verdict: cut))
        }
        return
      }
      if verdicts.contains(where: { $0.notes.contains(where: \.isOfMachineBlock) }) {
        byMachineBlock.append(edge)
      }
    }
    passing += 1
    for (direction, passages) in sides {
      for passages in passages {
        // What nobody had to accept must pass without what somebody did, and may take it back.
        let own = passages.filter { planned[$0.policy].accepted[direction]?.contains($0.rule) != true }
        let lasting = edge.approval != nil || own.isEmpty ? passages : own
        coverage.note(edge, direction, lasting)
      }
    }
  }

  /// No look of the client may reach any look of the server, but through rules that are broad by design or shared.
  private mutating func proveClosed(
    _ edge: Edge, _ looks: Looks, _ breadths: [String: [PolicyDirection: [Need.Breadth]]], isShared: Bool
  ) {
    var isRuled = false
    var isOpen = false
    for pair in looks.pairs(of: edge) {
      let verdict = looks.verdict(on: edge, between: pair)
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
      guard isByDesign || isShared else {
        failures.append(.opened(edge, by: sides.flatMap(\.self)))
        return
      }
    }
    guard isRuled else {
      leftOpen += 1
      return
    }
    if isOpen { openByDesign.append(edge) } else { closed += 1 }
  }

  /// Each rule must be needed, and each of its peers and ports, but for what is there by design.
  private mutating func proveRules(_ planned: [PlannedPolicy], _ coverage: Coverage) {
    for (place, planned) in planned.enumerated() {
      for direction in PolicyDirection.allCases {
        for (rule, breadth) in planned.breadths[direction, default: []].enumerated() {
          // Of a network all blocks are opened, whichever of them an address was seen in.
          let isByDesign = breadth.isBaseline || breadth == .network
          let path = planned.policy.path
          guard coverage.needs(place, direction, rule: rule) else {
            if isByDesign {
              baselineRules += 1
            } else {
              failures.append(.needless(policy: path, direction: direction, rule: rule, part: nil))
            }
            continue
          }
          neededRules += 1
          guard !isByDesign else { continue }
          let idle = coverage.idleParts(of: place, direction, rule: rule)
          failures += idle.map { .needless(policy: path, direction: direction, rule: rule, part: $0) }
        }
      }
    }
  }

  /// What is written is read again and compared, so that quoting or layout can't change what is meant.
  private static func isFaithful(_ policy: NetworkPolicy, _ dialect: Dialect) -> Bool {
    let text = YAML.write([policy.node(in: dialect)])
    guard let documents = try? YAML.reread(text), documents.count == 1, let document = documents.first,
      let read = try? NetworkPolicy(document, in: dialect, file: "")
    else { return false }
    return read.meaning == policy.meaning
  }
}

extension Edge {
  fileprivate var isWithMachine: Bool {
    for case .node in [client, server] { return true }
    return false
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
