import Documents
public import Traffic

/// A pod, with what is needed to tell whose traffic an address carried.
public struct Pod: Hashable, Sendable {
  /// Name, labels, owner and times.
  public var meta: ObjectMeta
  /// The node it was placed on.
  public var nodeName: String?
  /// Whether it lives in its node's network.
  public var usesHostNetwork: Bool
  /// The ports its containers declare.
  public var ports: [ContainerPort]
  /// The ports that the node's agent asks for its health.
  public var probes: Set<UInt16>
  /// Its addresses, of each family at most one as a rule.
  public var addresses: [Address]
  /// When the node took it over.
  public var started: Instant?
  /// When the last of its containers that don't run any more ended.
  public var finished: Instant?
  /// Whether it is over: succeeded or failed, its address free for others.
  public var isOver: Bool
  /// Between which moments it is known to have had its addresses; nil where nothing tells.
  public var known: ClosedRange<Instant>?
  /// The addresses that it had before, the earliest first.
  public var past: [Tenure] = []
  /// The ports of its machine that lead to it.
  public var hostPorts: [HostPort] = []
  /// By when it was gone, as a list shows that lacks it; it may have gone earlier.
  public var goneBy: Instant?

  /// The traits that policies see.
  public var traits: PodTraits {
    PodTraits(
      namespace: meta.namespace, labels: meta.labels, ports: ports, usesHostNetwork: usesHostNetwork)
  }

  /// Whether its time is over, as it tells itself or a list does that lacks it.
  public var isGone: Bool { hasKnownEnd || goneBy != nil }

  /// Whether its labels were told; a row of an address table tells none, and its maker's template may be unknown.
  public var areLabelsKnown: Bool { !meta.labels.isEmpty || !AddressTable.isRow(meta.uid) }

  /// Whether it tells itself when it ended.
  var hasKnownEnd: Bool { isOver || meta.deleted != nil }

  /// When it could hold its addresses: from its start, else its creation, until it was over or gone.
  ///
  /// A pod that is over without a time gives its address back at once: it is known to be free, not since when.
  public var held: (from: Instant, until: Instant) {
    let from = started ?? meta.created ?? .distantPast
    let until = isOver ? finished ?? from : meta.deleted ?? goneBy ?? .distantFuture
    return (from, max(from, until))
  }
}

extension Pod {
  init(_ object: Node, meta: ObjectMeta) {
    let spec = object["spec"]
    let status = object["status"]
    let containers = (spec?["containers"]?.sequence ?? []) + (spec?["initContainers"]?.sequence ?? [])
    let phase = status?["phase"]?.string
    self.meta = meta
    nodeName = spec?["nodeName"]?.string
    usesHostNetwork = spec?["hostNetwork"]?.bool ?? false
    ports = containers.flatMap(ContainerPort.list)
    // In the machine's network a port is the machine's without being led anywhere.
    hostPorts = usesHostNetwork ? [] : containers.flatMap(HostPort.list)
    probes = Set(containers.flatMap { Self.probes($0, ports: ContainerPort.list($0)) })
    isOver = phase == "Succeeded" || phase == "Failed"
    started = status?["startTime"]?.instant
    let states = (status?["containerStatuses"]?.sequence ?? []).compactMap { $0["state"] }
    finished = Self.end(in: status, isOver: isOver)
    let listed = (status?["podIPs"]?.sequence ?? []).compactMap { $0["ip"]?.address }
    addresses = listed.isEmpty ? [status?["podIP"]?.address].compactMap(\.self) : listed
    known = addresses.isEmpty ? nil : Self.known(status, states)
  }

  /// Between which moments a status shows that the pod had its addresses.
  ///
  /// They are its sandbox's. When that was made is told by a condition, with the delay of pulling images, and every
  /// container that runs was started in it; of those that ended, only the last one was for sure. A condition that makes
  /// no sense tells no time, and that is no reason to leave the pod out.
  private static func known(_ status: Node?, _ states: [Node]) -> ClosedRange<Instant>? {
    let condition = status?["conditions"]?.sequence?.first { $0["type"]?.string == sandboxCondition }
    let isReady = condition?["status"]?.string == "True"
    let made = isReady ? condition?["lastTransitionTime"]?.instant : nil
    let running = states.compactMap { $0[["running", "startedAt"]]?.instant }
    let ended = states.compactMap { state -> (Instant, Instant)? in
      guard let from = state[["terminated", "startedAt"]]?.instant,
        let until = state[["terminated", "finishedAt"]]?.instant
      else { return nil }
      return (until, from)
    }
    let last = ended.max { $0 < $1 }
    guard let from = (running + [made].compactMap(\.self)).min() ?? last?.1 else { return nil }
    let shown = condition?["lastProbeTime"]?.instant
    let until = shown ?? (running + [made, last?.0].compactMap(\.self)).max() ?? from
    return from...max(from, until)
  }

  /// The condition that tells since when the sandbox is there; no server fills its `lastProbeTime`.
  private static let sandboxCondition = "PodReadyToStartContainers"

  /// When the last container ended; of one that is over without any that did, as after an eviction, when it last changed.
  private static func end(in status: Node?, isOver: Bool) -> Instant? {
    // Where those that prepare the pod fail, no other ever runs; of a pod that runs they are no end.
    let kinds = isOver ? ["containerStatuses", "initContainerStatuses"] : ["containerStatuses"]
    let containers = kinds.flatMap { status?[$0]?.sequence ?? [] }
    let ends = containers.compactMap { $0[["state", "terminated", "finishedAt"]]?.instant }
    guard isOver, ends.isEmpty else { return ends.max() }
    return (status?["conditions"]?.sequence ?? []).compactMap { $0["lastTransitionTime"]?.instant }.max()
  }

  private static func probes(_ container: Node, ports: [ContainerPort]) -> [UInt16] {
    ["livenessProbe", "readinessProbe", "startupProbe"].compactMap { kind in
      guard let probe = container[kind],
        let port = ["httpGet", "tcpSocket", "grpc"].lazy.compactMap({ probe[$0]?["port"] }).first
      else { return nil }
      return port.portNumber ?? port.string.flatMap { name in ports.first { $0.name == name }?.number }
    }
  }

  var node: Node {
    var leading = hostPorts
    let ports = ports.map { port -> Node in
      let place = leading.firstIndex { $0.containerPort == port.number && $0.transport == port.transport }
      return port.node(with: place.map { leading.remove(at: $0).fields } ?? [])
    }.nonEmpty
    let probing = probes.sorted().map { port in
      Node(kept: [("readinessProbe", .mapping(["tcpSocket": .mapping(["port": .integer(port)])]))])
    }
    let containers = [Node(kept: [("ports", ports)])] + probing
    let ended = finished.map { Self.state("terminated", "finishedAt", $0) }
    let running = known.map { Self.state("running", "startedAt", $0.lowerBound) }
    let shown = known.map { known in
      Node.mapping([
        "lastProbeTime": .string(known.upperBound.description), "type": .string(Self.sandboxCondition),
      ])
    }
    return Node(kept: [
      ("kind", .string("Pod")),
      ("metadata", meta.node),
      (
        "spec",
        Node(kept: [
          ("containers", .sequence(containers)),
          ("hostNetwork", usesHostNetwork ? .bool(true) : nil),
          ("nodeName", nodeName.map { .string($0) }),
        ])
      ),
      (
        "status",
        Node(kept: [
          ("conditions", shown.map { .sequence([$0]) }),
          ("containerStatuses", [ended, running].compactMap(\.self).nonEmpty),
          ("phase", isOver ? .string("Succeeded") : nil),
          ("podIPs", addresses.map { .mapping(["ip": .string($0.description)]) }.nonEmpty),
          ("startTime", started.map { .string($0.description) }),
        ])
      ),
    ])
  }

  private static func state(_ name: String, _ member: String, _ moment: Instant) -> Node {
    .mapping(["state": .mapping([name: .mapping([member: .string(moment.description)])])])
  }
}

extension ContainerPort {
  static func list(_ container: Node) -> [ContainerPort] {
    (container["ports"]?.sequence ?? []).compactMap { port in
      guard let number = port["containerPort"]?.portNumber, let transport = Node.transport(port["protocol"])
      else { return nil }
      return ContainerPort(name: port["name"]?.string, number: number, transport: transport)
    }
  }

  var node: Node { node(with: []) }

  /// The port with other fields that belong to it.
  func node(with others: [(String, Node?)]) -> Node {
    Node(
      kept: [("containerPort", .integer(number))] + others + [
        ("name", name.map { .string($0) }), ("protocol", .string(transport.name)),
      ])
  }
}
