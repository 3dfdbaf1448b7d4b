import Documents
public import Traffic

/// A machine of the cluster.
public struct ClusterNode: Hashable, Sendable {
  /// Name, labels and times.
  public var meta: ObjectMeta
  /// The machine's own addresses.
  public var addresses: [Address]
  /// The blocks that its pods get their addresses from.
  public var podRanges: [Prefix]
  /// The version of its agent, which names the distribution where that builds its own; empty where it isn't told.
  public var release = ""

  /// Addresses of the machine inside its pods' ranges: the network itself and the bridge or tunnel, its first address.
  ///
  /// The usual network plugins give the machine the first address of each block, and overlays use the block's base.
  public var derivedAddresses: [Address] {
    podRanges.flatMap { range in
      range.base == range.last ? [] : [range.base, Address(bits: range.base.bits + 1)]
    }
  }
}

extension ClusterNode {
  init(_ object: Node, meta: ObjectMeta) {
    self.meta = meta
    addresses = (object[["status", "addresses"]]?.sequence ?? []).compactMap { $0["address"]?.address }
    let spec = object["spec"]
    let ranges = spec?["podCIDRs"]?.sequence ?? [spec?["podCIDR"]].compactMap(\.self)
    podRanges = ranges.compactMap { $0.string.flatMap { Prefix($0) } }
    release = object[["status", "nodeInfo", "kubeletVersion"]]?.string ?? ""
  }

  var node: Node {
    Node(kept: [
      ("kind", .string("Node")),
      ("metadata", meta.node),
      ("spec", Node(kept: [("podCIDRs", podRanges.map { .string($0.description) }.nonEmpty)])),
      (
        "status",
        Node(kept: [
          ("addresses", addresses.map { .mapping(["address": .string($0.description)]) }.nonEmpty),
          ("nodeInfo", release.isEmpty ? nil : .mapping(["kubeletVersion": .string(release)])),
        ])
      ),
    ])
  }
}
