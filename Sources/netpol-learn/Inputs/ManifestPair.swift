import Console
import Kubernetes
import Review

/// Two sets of manifests, before and after, as they can be compared.
struct ManifestPair {
  let before: PolicySet
  let after: PolicySet
  /// The workloads of either side, and every stretch of addresses outside.
  let participants: [Participant]
  /// How the run ends at least: with `input` where something could not be read.
  let exitCode: ExitCode

  /// Reads both sets, and beside them the cluster objects that hold for both.
  ///
  /// Where namespaces are named, the policies of all others stay as they were.
  init(
    from earlier: String, to later: String, cluster: [String], _ namespaces: NamespaceOptions,
    on terminal: inout Terminal
  ) throws {
    let known = try ClusterFiles(cluster)
    var code = known.isAsked ? InventoryTalk.exitCode(known, on: &terminal) : .done
    let worlds = try [earlier, later].map { path in
      let world = try World(manifests: [path], beside: known.objects, namespaces: namespaces.names)
      try world.requireAnything()
      world.tell(on: &terminal)
      if world.policies.isEmpty { terminal.warn("`\(path)` holds no NetworkPolicy") }
      return world
    }
    for world in worlds { code = code.and(world.exitCode) }
    exitCode = code
    let (old, new) = (worlds[0], worlds[1])
    let chosen = try namespaces.chosen(among: Self.namespaces(of: worlds), isNeeded: false)
    let exchanged = chosen.isEmpty ? nil : chosen
    let kept = old.policies.filter { policy in exchanged.map { !$0.contains(policy.namespace) } ?? false }
    let changed = new.policies.filter { policy in exchanged?.contains(policy.namespace) ?? true }
    let inventories = Self.completed(old.inventory, new.inventory)
    before = PolicySet(old.policies, namespaces: inventories.before.labels)
    after = PolicySet(kept + changed, namespaces: inventories.after.labels)
    let outside = NamedParty.outside(of: before, after)
    participants =
      Participant.paired(inventories.before.parties, inventories.after.parties)
      + outside.map(Participant.init)
    let workloads = participants.count - outside.count
    terminal.say(
      "compared",
      "\(before.policies.count.counted("policy", "policies")) with \(after.policies.count.grouped), among \(workloads.counted("known workload")) and all that may come"
    )
  }

  /// What one side is about.
  private struct Population {
    var parties: [NamedParty]
    var labels: [String: Labels]
  }

  /// Both sides; of what one of them says nothing at all, it is taken to be as the other says.
  ///
  /// A folder without any workload does not say that there is none, nor one without a Namespace that it has no labels.
  private static func completed(_ old: Inventory, _ new: Inventory) -> (before: Population, after: Population)
  {
    var (before, after) = (NamedParty.everybody(in: old), NamedParty.everybody(in: new))
    if before.isEmpty { before = after }
    if after.isEmpty { after = before }
    return (
      Population(parties: before, labels: old.namespaces.merging(new.namespaces) { mine, _ in mine }),
      Population(parties: after, labels: new.namespaces.merging(old.namespaces) { mine, _ in mine })
    )
  }

  private static func namespaces(of worlds: [World]) -> [String] {
    let named = worlds.flatMap { world in
      world.policies.map(\.namespace) + world.objects.map(\.meta.namespace) + world.inventory.namespaces.keys
    }
    return Set(named).subtracting([""]).sorted()
  }
}
