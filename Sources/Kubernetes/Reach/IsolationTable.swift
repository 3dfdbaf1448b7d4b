/// Which policies isolate each class, in both directions.
struct IsolationTable {
  private(set) var egress: Standpoints
  private(set) var ingress: Standpoints

  init(_ compiled: CompiledPolicies, _ classes: PartyClasses, _ looks: AddressLooks, _ names: PortNames) {
    egress = Standpoints(classCount: classes.all.count)
    ingress = Standpoints(classCount: classes.all.count)
    let index = ClassIndex(classes, compiled.pods)
    let numbers = Dictionary(
      classes.namespaces.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var asking = [[UInt32]](repeating: [], count: classes.all.count)
    var asked = asking
    for (number, policy) in compiled.policies.enumerated() {
      guard let namespace = numbers[policy.namespace] else { continue }
      let chosen = index.classes(in: classes.ofNamespace[namespace], selectedBy: policy.subject)
      let (out, into) = (policy.isolates.covers(.egress), policy.isolates.covers(.ingress))
      for place in chosen.ranges.joined() {
        if out { asking[Int(place)].append(UInt32(number)) }
        if into { asked[Int(place)].append(UInt32(number)) }
      }
    }
    let traits = compiled.policies.map { RuleTraits($0, compiled, names) }
    for (place, each) in classes.all.enumerated() {
      let families = looks.families[each.look]
      if !asking[place].isEmpty {
        var key = Standpoints.Key(policies: asking[place])
        if key.policies.contains(where: { traits[Int($0)].egressHasBlocks }) { key.families = families }
        egress.put(place, at: key)
      }
      if !asked[place].isEmpty {
        var key = Standpoints.Key(policies: asked[place])
        if key.policies.contains(where: { traits[Int($0)].ingressHasBlocks }) { key.families = families }
        if key.policies.contains(where: { traits[Int($0)].ingressHasNames }) { key.naming = each.naming }
        ingress.put(place, at: key)
      }
    }
  }

  /// What the meaning of a policy's rules hangs on, beside the policy.
  private struct RuleTraits {
    let egressHasBlocks: Bool
    let ingressHasBlocks: Bool
    let ingressHasNames: Bool

    init(_ policy: CompiledPolicies.Policy, _ compiled: CompiledPolicies, _ names: PortNames) {
      egressHasBlocks = policy.egress.contains { compiled.hasBlocks($0) }
      ingressHasBlocks = policy.ingress.contains { compiled.hasBlocks($0) }
      ingressHasNames = policy.ingress.contains { names.hasNames[compiled.rules[$0].ports] }
    }
  }

  /// The places of the classes in an order in which those of one row stand together: rows are short then.
  func order(_ classes: PartyClasses) -> [Int] {
    classes.all.indices.sorted { one, other in
      let (mine, theirs) = (classes.all[one].namespace, classes.all[other].namespace)
      if mine != theirs { return mine < theirs }
      if egress.ofClass[one] != egress.ofClass[other] { return egress.ofClass[one] < egress.ofClass[other] }
      if ingress.ofClass[one] != ingress.ofClass[other] {
        return ingress.ofClass[one] < ingress.ofClass[other]
      }
      return one < other
    }
  }

  /// Follows the classes into another order.
  mutating func renumber(_ places: [Int]) {
    egress.renumber(places)
    ingress.renumber(places)
  }
}
