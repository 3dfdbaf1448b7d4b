import Documents
import Generator
import Kubernetes
import TestSupport
import Traffic

/// The policies of a lesson as a cluster would hold them, with everybody in the world before them.
struct Asking {
  let world: MadeWorld
  let set: PolicySet
  /// The manifests, as they are written.
  let manifests: String
  /// The pods of each workload, today's and tomorrow's, as policies see them.
  let standings: [String: [Standing]]
  /// The ports to which guests may be handed on by any machine, since one was or may have been.
  let handed: Set<HandedDoor>

  /// A port of a workload, in one family.
  struct HandedDoor: Hashable {
    let server: String
    let port: UInt16
    let transport: Transport
    let isV4: Bool
  }

  init(_ lesson: Lesson) throws {
    let world = lesson.world
    self.world = world
    manifests = Self.manifests(of: lesson)
    let read = try YAML.read(Array(manifests.utf8), limits: .manifests).map {
      try NetworkPolicy($0, file: "policies.yaml", defaultNamespace: "nowhere")
    }
    handed = Self.handed(world)
    let set = PolicySet(read, namespaces: lesson.inventory.namespaces)
    self.set = set
    standings = Dictionary(
      world.workloads.filter { !$0.usesHostNetwork }.map { workload in
        (workload.title, world.looks(of: workload).map { set.standing(of: Self.party($0)) })
      }, uniquingKeysWith: { $0 + $1 })
  }

  /// The manifests of all policies in their order, as they are written.
  static func manifests(of lesson: Lesson) -> String { YAML.write(lesson.plan.policies.map(\.policy.node)) }

  /// How policies see an end of the truth, in every look that it has.
  func standings(of end: ExpectedEdge.End) -> [Standing] {
    guard let address = end.address else { return standings[end.name, default: []] }
    return [set.standing(of: isMachine(address) ? .node(address) : .address(address))]
  }

  /// In a world guests come by Services alone; what a machine asks at the same port may be a guest's.
  private static func handed(_ world: MadeWorld) -> Set<HandedDoor> {
    Set(
      world.truth.filter(\.isNeeded).compactMap { edge in
        guard let address = edge.client.address, edge.server.address == nil,
          edge.reason == "ingress from outside" || world.nodes.contains(where: { $0.owns(address) }),
          world.handsGuests(to: edge.server.name, edge.port, edge.transport)
        else { return nil }
        return HandedDoor(
          server: edge.server.name, port: edge.port, transport: edge.transport, isV4: address.isV4)
      })
  }

  /// Whether an address is a machine's own.
  func isMachine(_ address: Address) -> Bool { world.nodes.contains { $0.owns(address) } }

  private static func party(_ look: MadeWorld.Look) -> Party {
    let ports = look.ports.map { ContainerPort(name: $0.name, number: $0.number, transport: $0.transport) }
    return .pod(
      PodTraits(namespace: look.namespace, labels: look.labels, ports: ports),
      addresses: PodAddresses(look.addresses))
  }
}
