import Documents
import Traffic

/// Backends of a Service as clusters told them before there were EndpointSlices; it has the Service's name.
public struct Endpoints: Hashable, Sendable {
  /// Name, labels and times.
  public var meta: ObjectMeta
  /// Addresses with the ports that all of them answer on, as slices without a name of their own.
  public var subsets: [EndpointSlice]
}

extension Endpoints {
  init(_ object: Node, meta: ObjectMeta) {
    var parts = meta
    parts.labels[EndpointSlice.serviceLabel] = meta.name
    self.meta = meta
    subsets = (object["subsets"]?.sequence ?? []).map { subset in
      let ready = subset["addresses"]?.sequence ?? []
      // What isn't ready gets connections all the same, from Services that publish it and from clients that know it.
      let others = subset["notReadyAddresses"]?.sequence ?? []
      return EndpointSlice(
        meta: parts, addresses: (ready + others).compactMap { $0["ip"]?.address },
        ports: (subset["ports"]?.sequence ?? []).compactMap(EndpointSlice.Port.init))
    }
  }

  var node: Node {
    Node(kept: [
      ("kind", .string("Endpoints")),
      ("metadata", meta.node),
      (
        "subsets",
        subsets.map { subset in
          Node(kept: [
            ("addresses", subset.addresses.map { .mapping(["ip": .string($0.description)]) }.nonEmpty),
            ("ports", subset.ports.map(\.node).nonEmpty),
          ])
        }.nonEmpty
      ),
    ])
  }
}
