import Kubernetes
import Traffic

/// The ports of workloads that the cluster offers to those outside, by a Service or at a machine's own port.
///
/// Where one is offered a guest is one of many. Anywhere else nobody can say why he came, and he is let in alone.
struct OutsideDoors {
  let attribution: Attribution

  /// Whether the port that an edge asks for is offered outside.
  func hold(_ edge: Edge) -> Bool {
    guard let server = edge.server.workload else { return false }
    let (backends, inventory) = (attribution.backends, attribution.inventory)
    if backends.offers.publisher(of: server, edge.port, edge.transport) != nil { return true }
    return inventory.pods(of: server).contains { pod in
      inventory.pods[pod].hostPorts.contains {
        $0.containerPort == edge.port && $0.transport == edge.transport
      }
    }
  }

  /// That guests were let in alone of whom there may be others.
  func concerns(_ edges: [Edge], _ options: Options) -> [Concern] {
    let alone = edges.filter { edge in
      guard edge.bin.isNeeded, edge.reason == Sorting.guestReason, case .external(let address) = edge.client
      else { return false }
      return options.networks.network(of: address) == nil
    }
    let (open, exact) = (options.external == .auto, options.external == .none || options.external == .exact)
    return [
      open ? unexplained(alone.filter { $0.isFromPublic && !hold($0) }) : nil,
      exact ? nil : unnamed(alone.filter { !$0.isFromPublic && hold($0) }),
    ].compactMap(\.self)
  }

  /// Public guests at ports that nothing offers outside: their rules are for the addresses that were seen.
  private func unexplained(_ guests: [Edge]) -> Concern? {
    guard !guests.isEmpty else { return nil }
    return Concern(
      .guestsUnexplained,
      "\(Self.count(guests)) from public addresses, at ports that nothing known offers outside: others are let in from no other address",
      detail: Self.words(guests),
      hint:
        "load the cluster's Services with `\(Advice.loadServices)`; where guests come from anywhere all the same, name their network with `--networks` or choose `--external public`"
    )
  }

  /// Private guests at ports that are offered to everybody: nobody knows how far their network goes.
  private func unnamed(_ guests: [Edge]) -> Concern? {
    guard !guests.isEmpty else { return nil }
    return Concern(
      .guestsPrivate,
      "\(Self.count(guests)) from private addresses, at ports that are offered outside: each is let in alone, and no other of its network",
      detail: Self.words(guests),
      hint:
        "name the networks that guests come from with `--networks`: then one address stands for its network")
  }

  private static func count(_ guests: [Edge]) -> String {
    "\(guests.count) need\(guests.count == 1 ? " is a guest's" : "s are guests'")"
  }

  private static func words(_ guests: [Edge]) -> [String] {
    guests.map { "\($0.client) → \($0.server) \($0.port)/\($0.transport)" }.sorted()
  }
}

extension Edge {
  /// Whether a public address asks.
  fileprivate var isFromPublic: Bool { client.address.map(PublicInternet.holds) ?? false }
}
