import Kubernetes
import Traffic

/// The caches of names on the machines, as those who ask the cluster's DNS from the machines' own addresses.
///
/// Each asks through a Service, so that it is led to a pod of any machine, and every name of its machine goes by it.
struct CachesOfNames {
  let attribution: Attribution
  let dns: ClusterDNS

  /// The addresses that caches ask from, in order; none where there are no caches.
  ///
  /// A machine asks another's pod from its own address or from its bridge's or tunnel's, and from a public one only where
  /// it has no other.
  var addresses: [Address] {
    guard !dns.caches.isEmpty else { return [] }
    let nodes = attribution.inventory.nodes
    let here = nodes.filter { $0.meta.deleted == nil }.flatMap { node in
      node.addresses.filter { address in
        !PublicInternet.holds(address)
          || !node.addresses.contains { $0.isV4 == address.isV4 && !PublicInternet.holds($0) }
      } + node.derivedAddresses
    }
    let others = Set(nodes.flatMap { $0.addresses + $0.derivedAddresses }).subtracting(here)
    let asked = Set(dns.workloads.flatMap { attribution.inventory.pods(of: $0) })
    let known = asked.flatMap { attribution.inventory.pods[$0].addresses }
    let families = Set((known.isEmpty ? dns.addresses : known).map(\.isV4))
    return attribution.directory.machines.addresses.filter {
      !others.contains($0) && families.contains($0.isV4)
    }
  }

  /// The same as blocks: each address for itself, but for a tunnel's and the bridge's next to it.
  var blocks: [Prefix] {
    let addresses = Set(addresses)
    let pairs = attribution.inventory.nodes.filter { $0.meta.deleted == nil }.flatMap(\.podRanges)
      .compactMap { Prefix($0.base, length: $0.isV4 ? 31 : 127) }
      .filter { addresses.contains($0.base) && addresses.contains($0.last) }
    let single = addresses.filter { address in !pairs.contains { $0.contains(address) } }
    return Set(pairs + single.map { Prefix(only: $0) }).sorted()
  }

  /// That caches of other machines than these are cut from the cluster's DNS, where its policy is among these.
  func concerns(_ options: Options) -> [Concern] {
    let servers = dns.workloads.filter { options.namespaces.contains($0.namespace) }
    guard !dns.caches.isEmpty, !servers.isEmpty else { return [] }
    let isUnknown = addresses.isEmpty
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
