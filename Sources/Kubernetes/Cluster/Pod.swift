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

  /// The traits that policies see.
  public var traits: PodTraits {
    PodTraits(
      namespace: meta.namespace, labels: meta.labels, ports: ports, usesHostNetwork: usesHostNetwork)
  }

  /// When it could hold its addresses: from its start, else its creation, until it was over or gone.
  ///
  /// A pod that is over without a time gives its address back at once: it is known to be free, not since when.
  public var held: (from: Instant, until: Instant) {
    let from = started ?? meta.created ?? .distantPast
    let until = isOver ? finished ?? from : meta.deleted ?? .distantFuture
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
    probes = Set(containers.flatMap { Self.probes($0, ports: ContainerPort.list($0)) })
    isOver = phase == "Succeeded" || phase == "Failed"
    started = status?["startTime"]?.instant
    let ends = (status?["containerStatuses"]?.sequence ?? []).compactMap {
      $0[["state", "terminated", "finishedAt"]]?.instant
    }
    finished = ends.max()
    let listed = (status?["podIPs"]?.sequence ?? []).compactMap { $0["ip"]?.address }
    addresses = listed.isEmpty ? [status?["podIP"]?.address].compactMap(\.self) : listed
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
    let ports = ports.map(\.node).nonEmpty
    let probing = probes.sorted().map { port in
      Node(kept: [("readinessProbe", .mapping(["tcpSocket": .mapping(["port": .integer(port)])]))])
    }
    let containers = [Node(kept: [("ports", ports)])] + probing
    let ended = finished.map { finished in
      Node.sequence([
        .mapping([
          "state": .mapping(["terminated": .mapping(["finishedAt": .string(finished.description)])])
        ])
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
          ("containerStatuses", ended),
          ("phase", isOver ? .string("Succeeded") : nil),
          ("podIPs", addresses.map { .mapping(["ip": .string($0.description)]) }.nonEmpty),
          ("startTime", started.map { .string($0.description) }),
        ])
      ),
    ])
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

  var node: Node {
    Node(kept: [
      ("containerPort", .integer(number)),
      ("name", name.map { .string($0) }),
      ("protocol", .string(transport.name)),
    ])
  }
}
