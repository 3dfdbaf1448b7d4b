import Kubernetes
import Traffic

/// The caches of names on the machines, as those who ask the cluster's DNS from the machines' own addresses.
///
/// Each asks through a Service, so that it is led to a pod of any machine, and every name of its machine goes by it.
struct CachesOfNames {
  let attribution: Attribution
  let dns: ClusterDNS
  let machines: EveryMachine

  /// The blocks that caches ask from, in order; none where there are no caches.
  var blocks: [Prefix] {
    guard !dns.caches.isEmpty else { return [] }
    let asked = Set(dns.workloads.flatMap { attribution.inventory.pods(of: $0) })
    let known = asked.flatMap { attribution.inventory.pods[$0].addresses }
    let families = Set((known.isEmpty ? dns.addresses : known).map(\.isV4))
    return machines.blocks.filter { families.contains($0.isV4) }
  }

  /// That caches of other machines than these are cut from the cluster's DNS, where its policy is among these.
  func concerns(_ options: Options) -> [Concern] {
    let servers = dns.workloads.filter { options.namespaces.contains($0.namespace) }
    guard !dns.caches.isEmpty, !servers.isEmpty else { return [] }
    let isUnknown = blocks.isEmpty
    let isIgnored = options.rules.matchesMachinesByBlock == false
    return [
      Concern(
        .cachesByAddress,
        isUnknown
          ? "the machines cache names, and nobody knows the machines: their caches are cut from the cluster's DNS"
          : "the cluster's DNS lets the caches of names in by their machines' addresses"
            + (isIgnored ? ", which \(options.rules.name.title) ignores unless it is told to" : "")
            + ": those of machines that come later are cut, and so is every name there",
        hint: isUnknown
          ? "load the cluster's machines with `\(Advice.loadInventory)`"
          : "generate anew before machines are added, or leave the way to \(servers.sorted().map { "`\($0)`" }.joined(separator: " and ")) open with `--direction egress`"
      )
    ]
  }
}

extension Synthesis {
  /// What the cluster's DNS must let in for the caches, seen or not.
  func caches(of subject: WorkloadID) -> [Need] {
    guard dns.workloads.contains(subject) else { return [] }
    return cacheBlocks.flatMap { block in
      dns.ports.compactMap { door in
        PortRange(door.port).map {
          Need(
            peer: .block(block, except: []), port: .range(door.transport, $0),
            name: "the cache of names on each machine", portName: portName(of: subject, door.port, .udp),
            breadth: .machines)
        }
      }
    }
  }
}
