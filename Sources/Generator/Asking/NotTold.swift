import Kubernetes

// What a replay of recorded edges can't be asked, or can't answer.
extension Learned {
  /// Namespaces with pods of which a table of addresses alone tells, so that nobody knows their labels.
  public var unlabelledNamespaces: Set<String> {
    Set(attribution.inventory.pods.lazy.filter { !$0.areLabelsKnown }.map(\.meta.namespace))
  }

  /// Whether it is not known if what puts policies in force lets a machine reach its own pods under any of them.
  public var mayRuleOwnMachine: Bool { options.rules.letsOwnMachineIn == nil }

  /// Edges that no rule can be written for and nobody decided about: those that stop `generate`.
  public var unwritable: [Edge] {
    var all = self
    if options.namespaces.isEmpty { all = about(Set(knownNamespaces)) }
    return all.obstacles.edges
  }
}
