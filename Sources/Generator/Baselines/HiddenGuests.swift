import Kubernetes
import Traffic

/// Guests whom a machine may have handed on in its own name, by the Services that let them in.
///
/// What a machine asks at such a port may be its own need or a guest's, and nothing tells them apart. Its rule is the
/// machine's address and no more; that guests may come by other machines tomorrow is told.
enum HiddenGuests {
  /// What should be known of such edges.
  static func concerns(
    _ edges: [Edge], _ backends: Backends, isExempt: (Edge) -> Bool
  ) -> [Concern] {
    let open = Set(edges.filter(isGuest).map { Door($0) })
    let words = edges.compactMap { edge -> String? in
      guard edge.bin.isNeeded, case .node = edge.client, let server = edge.server.workload, !isExempt(edge),
        !open.contains(Door(edge)),
        let service = backends.publisher(of: server, edge.port, edge.transport)
      else { return nil }
      return "\(edge.client) → \(edge.server) \(edge.port)/\(edge.transport), behind Service `\(service)`"
    }
    guard !words.isEmpty else { return [] }
    return [
      Concern(
        .guestsHidden,
        "\(words.count) need\(words.count == 1 ? "" : "s") of machines may be guests', by Services that let guests in: from another machine they would be cut",
        detail: words.sorted(),
        hint:
          "record until guests came by each machine that they may come by, or leave the way in open with `--direction egress`"
      )
    ]
  }

  /// A public guest, whose rule lets in every other.
  private static func isGuest(_ edge: Edge) -> Bool {
    guard edge.bin.isNeeded, case .external(let address) = edge.client else { return false }
    return PublicInternet.holds(address)
  }

  private struct Door: Hashable {
    let server: End
    let port: UInt16
    let transport: Transport

    init(_ edge: Edge) {
      server = edge.server
      port = edge.port
      transport = edge.transport
    }
  }
}
