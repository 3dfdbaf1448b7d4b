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

  /// That public guests were seen at ports that nothing offers outside: their rules are for the addresses that were seen.
  func concerns(_ edges: [Edge], _ options: Options) -> [Concern] {
    guard options.external == .auto else { return [] }
    let words = edges.compactMap { edge -> String? in
      guard edge.bin.isNeeded, edge.reason == Sorting.guestReason,
        case .external(let address) = edge.client, PublicInternet.holds(address),
        options.networks.network(of: address) == nil, !hold(edge)
      else { return nil }
      return "\(address) → \(edge.server) \(edge.port)/\(edge.transport)"
    }
    guard !words.isEmpty else { return [] }
    return [
      Concern(
        .guestsUnexplained,
        "\(words.count) need\(words.count == 1 ? " is a guest's" : "s are guests'") from public addresses, at ports that nothing known offers outside: others are let in from no other address",
        detail: words.sorted(),
        hint:
          "load the cluster's Services with `\(Advice.loadServices)`; where guests come from anywhere all the same, name their network with `--networks` or choose `--external public`"
      )
    ]
  }
}
