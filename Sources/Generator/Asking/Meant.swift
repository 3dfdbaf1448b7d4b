public import Kubernetes
public import Traffic

/// Whom people mean by a name or an address, as one end of a connection.
public struct Meant: Sendable {
  /// The ends, each with the port that is meant there.
  public fileprivate(set) var doors: [Door] = []
  /// What the text was taken for, where that is not what it says.
  public fileprivate(set) var notes: [String] = []

  /// An end and a port of it; as the end that asks the port means nothing.
  public struct Door: Hashable, Comparable, Sendable {
    /// The end.
    public let end: End
    /// Its own port.
    public let port: UInt16

    /// By end, then port.
    public static func < (one: Door, other: Door) -> Bool {
      one.end == other.end ? one.port < other.port : one.end < other.end
    }
  }

  /// Whether nobody is meant.
  public var isNobody: Bool { doors.isEmpty }

  /// The workloads that are meant.
  public var workloads: [WorkloadID] { doors.compactMap(\.end.workload) }
}

/// Finds whom people mean among everybody that was seen and everybody that is known.
public struct Meaning: Sendable {
  private let edges: [Edge]
  private let attribution: Attribution
  private let last: Instant

  /// Among those of whom something was learned.
  public init(_ learned: Learned) {
    edges = learned.everyEdge
    attribution = learned.attribution
    last = edges.lazy.map(\.evidence.last).max() ?? .distantFuture
  }

  private var inventory: Inventory { attribution.inventory }

  /// What any machine is called.
  public static let node = "node"
  /// What the API server is called.
  public static let apiServer = "apiserver"
}

// What it can tell.
extension Meaning {
  /// Who is meant as the end that asks.
  public func client(_ text: String) -> Meant {
    if let address = Address(text) { return client(address, text) }
    return settled(named(text, port: 0))
  }

  /// Who is meant as the end that is asked on a port.
  public func server(_ text: String, port: UInt16, transport: Transport) -> Meant {
    if let address = Address(text) { return server(address, text, port, transport) }
    if text == Self.apiServer { return settled(apiServer(port)) }
    var meant = named(text, port: port)
    guard meant.isNobody else { return settled(meant) }
    let known = edges.filter { $0.evidence.names.contains(text) }.map(\.server)
    meant.doors = known.map { Meant.Door(end: $0, port: port) }
    if meant.isNobody, let service = inventory.services.first(where: { $0.name == text }) {
      return self.service(service, port, transport)
    }
    return settled(meant)
  }

  /// Everything that a text can be, in order.
  public var names: [String] {
    let pods = inventory.pods.map { "\($0.meta.namespace)/\($0.meta.name)" }
    let own = inventory.topmost.map(\.description) + inventory.services.map(\.name)
    let seen = edges.flatMap(\.evidence.names) + inventory.nodes.map(\.meta.name)
    return Set(pods + own + seen + [Self.node, Self.apiServer]).sorted()
  }

  /// The names that were probably meant: a slip of the finger away, or the same in another namespace.
  public func nearest(to text: String) -> [String] {
    let names = names
    let own = text.split(separator: "/").last.map { "/\($0)" } ?? ""
    let elsewhere = names.filter { own.count > 1 && $0.hasSuffix(own) }
    let slip = Suggestion.nearest(to: text, among: names)
    return Array(Set(elsewhere + [slip].compactMap(\.self)).sorted().prefix(3))
  }

  /// The Services that lead a port to other ports of a workload, each with these ports.
  public func services(leading port: UInt16, _ transport: Transport, to workload: WorkloadID) -> [(
    name: String, ports: [UInt16]
  )] {
    inventory.services.compactMap { service in
      let doors = service.ports.filter { $0.port == port && $0.transport == transport }
      let looks = inventory.pods(of: workload).map { inventory.pods[$0].traits }.filter(service.picks)
      let ports = doors.flatMap { door in
        looks.compactMap { door.target.number(on: $0.ports, transport: transport) }
      }
      let others = Set(ports).subtracting([port]).sorted()
      return others.isEmpty ? nil : (service.name, others)
    }
  }
}

// How it works.
extension Meaning {
  private func settled(_ meant: Meant) -> Meant {
    var meant = meant
    meant.doors = Set(meant.doors).sorted()
    return meant
  }

  /// A workload, a pod, a machine, or all machines.
  private func named(_ text: String, port: UInt16) -> Meant {
    var meant = Meant()
    func add(_ ends: some Sequence<End>) {
      meant.doors += ends.map { Meant.Door(end: $0, port: port) }
    }
    let workloads = inventory.topmost.filter { $0.description == text }
    add(workloads.map { .workload($0) })
    if workloads.count > 1 {
      let kinds = workloads.map(\.kind).joined(separator: " and a ")
      meant.notes = ["`\(text)` is a \(kinds): the answer is about all of them"]
    }
    guard workloads.isEmpty else { return meant }
    let pods = inventory.pods.indices.filter {
      "\(inventory.pods[$0].meta.namespace)/\(inventory.pods[$0].meta.name)" == text
    }
    let owners = Set(pods.map { inventory.workload(ofPod: $0) }).sorted()
    add(owners.map { .workload($0) })
    meant.notes = owners.map { "`\(text)` is a pod of `\($0)`, and the answer is about all of them" }
    guard owners.isEmpty else { return meant }
    if text == Self.apiServer { add(apiServer(port).doors.map(\.end)) }
    let seen = edges.flatMap { [$0.client, $0.server] }
    let machines =
      seen
      + inventory.nodes.flatMap { node in
        node.addresses.map { End.node(name: node.meta.name, $0) }
      }
    add(
      machines.filter { end in
        if case .node(let name, _) = end { text == Self.node || text == name } else { false }
      })
    return meant
  }

  private func apiServer(_ port: UInt16) -> Meant {
    let endpoints = attribution.directory.apiServerEndpoints
    // By its Service it has another port.
    let isService = !endpoints.contains { $0.port == port }
    let isKnown = attribution.directory.apiServer.contains { $0.port == port }
    var meant = Meant()
    meant.doors = endpoints.filter { $0.port == port || isService && isKnown || port == 0 }
      .map { Meant.Door(end: .apiServer($0.address), port: $0.port) }
    if isService, isKnown, let first = meant.doors.first {
      meant.notes = ["the API server's Service leads \(port) to \(first.port), and that is what policies see"]
    }
    if meant.isNobody {
      meant.doors = Set(endpoints.map(\.address)).map { Meant.Door(end: .apiServer($0), port: port) }
    }
    return meant
  }

  private func client(_ address: Address, _ text: String) -> Meant {
    let seen = edges.filter { $0.evidence.clientAddresses.contains(address) }.map(\.client)
    var ends = seen + holders(of: address)
    if ends.isEmpty { ends = [attribution.client(address, at: last)] }
    return told(ends.map { Meant.Door(end: $0, port: 0) }, text)
  }

  private func server(
    _ address: Address, _ text: String, _ port: UInt16, _ transport: Transport
  ) -> Meant {
    let seen = edges.filter { edge in
      edge.transport == transport
        && (edge.port == port && edge.evidence.serverAddresses.contains(address)
          || edge.evidence.dialled.contains(Socket(address, port)))
    }
    var doors = seen.map { Meant.Door(end: $0.server, port: $0.port) }
    doors += holders(of: address).map { Meant.Door(end: $0, port: port) }
    if doors.isEmpty {
      let sides = attribution.serverSides(address, port, transport, during: Activity(at: last))
      doors = sides.joined().map { Meant.Door(end: $0.end, port: $0.port) }
    }
    return told(doors, text)
  }

  private func service(_ service: Service, _ port: UInt16, _ transport: Transport) -> Meant {
    guard let address = service.addresses.first else { return Meant() }
    var meant = server(address, service.name, port, transport)
    // Where the Service has no such port, its own address is nobody's end.
    meant.doors.removeAll { if case .service = $0.end { true } else { false } }
    return meant
  }

  /// Everybody who is known to have held an address at any time.
  private func holders(of address: Address) -> [End] {
    inventory.pods.indices.filter { place in
      let pod = inventory.pods[place]
      return !pod.usesHostNetwork && pod.everyAddress.contains(address)
    }.map { .workload(inventory.workload(ofPod: $0)) }
  }

  private func told(_ doors: [Meant.Door], _ text: String) -> Meant {
    var meant = Meant()
    meant.doors = doors
    meant = settled(meant)
    let names = meant.doors.filter { $0.end.address?.description != text }.map { door in
      door.port == 0 ? "`\(door.end)`" : "`\(door.end)` on \(door.port)"
    }
    if !names.isEmpty { meant.notes = ["`\(text)` is, or was, \(names.joined(separator: " and "))"] }
    return meant
  }
}
