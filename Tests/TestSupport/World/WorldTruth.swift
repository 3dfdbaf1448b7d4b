public import Traffic

// What policies must let through, and what they may.
extension MadeWorld {
  /// A pod as policies see it: one of today, or one that the next roll-out will bring.
  public struct Look: Sendable {
    /// The namespace.
    public let namespace: String
    /// All its labels.
    public let labels: [String: String]
    /// The ports it declares.
    public let ports: [Port]
    /// Its addresses.
    public let addresses: [Address]
  }

  /// The pods of a workload as they are today, and two that nobody has seen yet.
  public func looks(of workload: Workload) -> [Look] {
    let today = workload.pods.map {
      Look(namespace: workload.namespace, labels: $0.labels, ports: $0.ports, addresses: $0.addresses)
    }
    let tomorrow = (0..<2).map { number in
      var labels = workload.template
      // What roll-outs change, but for what the owner's selector holds fast.
      for key in Self.changing where workload.pods.contains(where: { $0.labels[key] != nil }) {
        labels[key] = "tomorrow-\(number)"
      }
      if workload.selector?["app.kubernetes.io/version"] == nil, labels["app.kubernetes.io/version"] != nil {
        labels["app.kubernetes.io/version"] = "2.0.\(number)"
      }
      return Look(
        namespace: workload.namespace, labels: labels, ports: workload.ports,
        addresses: [Address(v4: 0x0AF4_00F0 + UInt32(number))])
    }
    return today + tomorrow
  }

  private static let changing = [
    "pod-template-hash", "controller-revision-hash", "batch.kubernetes.io/job-name", "job-name",
    "batch.kubernetes.io/controller-uid", "statefulset.kubernetes.io/pod-name",
    "apps.kubernetes.io/pod-index",
  ]
}

extension ExpectedEdge {
  /// Whether it must pass.
  public var isNeeded: Bool { bin == "learned" || bin == "baseline" }
}

extension ExpectedEdge.End {
  /// A workload, by `namespace/name`.
  public static func workload(_ title: String) -> Self { Self(name: title, address: nil) }

  /// A thing outside all workloads.
  public static func outside(_ address: Address) -> Self { Self(name: address.description, address: address) }

  /// The end without the name that the truth has for an address.
  public var bare: Self { address.map { .outside($0) } ?? self }

  /// What tells one end from another: the workload's name, or the address.
  public var key: String { address?.description ?? name }
}

extension MadeWorld {
  /// Who had one address after the other, and the address itself, where nobody knew of it when the recording was made.
  ///
  /// What they did in one hour may be one row then. Nobody can say how much of it was whose, only who took part.
  public var unknownSuccessors: Set<String> {
    guard features.contains(.laterInventory) else { return [] }
    let successors = cluster.workloads.filter { ["settle", "promo"].contains($0.name) }
    return Set(successors.map(\.title) + successors.flatMap(\.pods).flatMap(\.addresses).map(\.description))
  }

  /// Whether some Service leads guests to this port of a workload from any machine, in the machine's name.
  public func handsGuests(to title: String, _ port: UInt16, _ transport: Transport) -> Bool {
    let looks = workloads.filter { $0.title == title }.flatMap { workload in
      workload.pods.map { (workload.namespace, $0.labels, $0.ports) }
        + [(workload.namespace, workload.template, workload.ports)]
    }
    return cluster.services.contains { service in
      let doors = service.ports.filter {
        $0.transport == transport && ($0.nodePort != nil || !service.balancers.isEmpty)
      }
      guard !service.keepsGuests, !service.selector.isEmpty, !doors.isEmpty else { return false }
      return looks.contains { namespace, labels, ports in
        namespace == service.namespace && service.selector.allSatisfy { labels[$0.key] == $0.value }
          && ports.contains { own in own.number == port && doors.contains { $0.leads(to: own) } }
      }
    }
  }

  /// Whether an address is of a range that pods get theirs from.
  public func isPodAddress(_ address: Address) -> Bool {
    cluster.nodes.contains { $0.podRanges.contains { $0.contains(address) } }
  }
}

extension MadeWorld.Node {
  /// Whether an address is its own: of the machine, of its bridge or of the overlay's device.
  public func owns(_ address: Address) -> Bool {
    everyAddress.contains(address)
  }
}
