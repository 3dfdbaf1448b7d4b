public import Kubernetes
public import Traffic

/// Finds whom people mean among everybody that was seen and everybody that is known.
public struct Meaning: Sendable {
  let edges: [Edge]
  private let attribution: Attribution
  private let homes: [String]
  private let last: Instant

  /// Among those of whom something was learned; names without a namespace are looked for in each of `homes` too.
  public init(_ learned: Learned, homes: [String] = []) {
    edges = learned.everyEdge
    attribution = learned.attribution
    last = edges.lazy.map(\.evidence.last).max() ?? .distantFuture
    self.homes = homes
  }

  var inventory: Inventory { attribution.inventory }

  /// What any machine is called.
  public static let node = "node"
  /// What the API server is called.
  public static let apiServer = "apiserver"
}

// What it can tell.
extension Meaning {
  /// Who is meant as the end that asks.
  public func client(_ text: String) -> Meant {
    meant(text) { reading in
      if let address = Address(reading.name) { return client(address, reading.name) }
      return named(reading, port: 0)
    }
  }

  /// Who is meant as the end that is asked on a port.
  public func server(_ text: String, port: UInt16, transport: Transport) -> Meant {
    meant(text) { reading in
      if let address = Address(reading.name) { return server(address, reading.name, port, transport) }
      if reading.name == Self.apiServer { return apiServer(port) }
      let own = named(reading, port: port)
      guard own.isNobody else { return own }
      let dialled = reading.kind == nil ? dialled(reading.name, port) : Meant()
      return dialled.isNobody ? service(reading, port, transport) : dialled
    }
  }

  /// The Services that are meant by a name.
  func services(_ text: String) -> [Service] {
    let names = readings(of: text).joined().filter { $0.kind == nil || $0.kind == .service }.map(\.name)
    return inventory.services.filter { names.contains($0.name) }
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

// Names.
extension Meaning {
  /// Whoever is found by the plainest reading of a text that finds anybody, in each of the namespaces at home.
  func meant(_ text: String, _ find: (NameReading) -> Meant) -> Meant {
    var all = Meant()
    for readings in readings(of: text) {
      for reading in readings {
        let found = find(reading)
        guard !found.isNobody else { continue }
        let taken = reading.name == text ? [] : ["`\(text)` is taken for `\(reading.name)`"]
        all.doors = Set(all.doors + found.doors).sorted()
        all.notes += (taken + found.notes).filter { !all.notes.contains($0) }
        break
      }
    }
    return all
  }

  /// Every way to read a text, the plainest first, for each of the namespaces at home.
  private func readings(of text: String) -> [[NameReading]] {
    homes.isEmpty ? [NameReading.all(of: text, home: nil)] : homes.map { NameReading.all(of: text, home: $0) }
  }

  /// A workload, a pod, a machine, or all machines.
  func named(_ reading: NameReading, port: UInt16) -> Meant {
    let text = reading.name
    var meant = Meant()
    func add(_ ends: some Sequence<End>) {
      meant.doors += ends.map { Meant.Door(end: $0, port: port) }
    }
    if reading.kind == .service { return meant }
    let workloads = inventory.topmost.filter { id in
      guard id.description == text else { return false }
      if case .workload(let kind) = reading.kind { return id.kind.lowercased() == kind }
      return true
    }
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

  /// A name that was asked for in DNS, whatever the case of its letters.
  func dialled(_ name: String, _ port: UInt16) -> Meant {
    var meant = Meant()
    let own = name.lowercased()
    meant.doors = edges.filter { $0.evidence.names.contains { $0.lowercased() == own } }
      .map { Meant.Door(end: $0.server, port: port) }
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

  /// Whoever is behind a Service, on its port or on the port of their own that it leads to.
  func service(_ reading: NameReading, _ port: UInt16, _ transport: Transport) -> Meant {
    guard reading.kind == nil || reading.kind == .service else { return Meant() }
    let places = inventory.services.indices.filter { inventory.services[$0].name == reading.name }
    let dialled = places.flatMap { place in
      inventory.services[place].addresses.flatMap { doors(of: $0, port, transport) }
    }
    func led(_ asked: UInt16) -> [Meant.Door] {
      attribution.backends.behind(services: places, port: asked, transport: transport, at: last)
        .map { Meant.Door(end: $0.end, port: $0.port) }
    }
    // Its own address is an end only where it was seen to be asked, and nobody knows the pods behind it.
    let seen = Set(edges.map { Meant.Door(end: $0.server, port: $0.port) })
    var found = (dialled + led(port)).filter { door in
      if case .service = door.end { seen.contains(door) } else { true }
    }
    if found.isEmpty {
      let ports = Set(places.flatMap { inventory.services[$0].everyPort }.map(\.port))
      found = ports.flatMap(led).filter { $0.port == port }
    }
    var meant = Meant()
    meant.doors = found
    let behind = found.filter { if case .service = $0.end { false } else { true } }
    let names = Set(behind).sorted().map { "`\($0.end)` on \($0.port)" }
    if !names.isEmpty {
      meant.notes = ["`\(reading.name)` is a Service, which leads to \(names.joined(separator: " and "))"]
    }
    return meant
  }
}

// Addresses.
extension Meaning {
  private func client(_ address: Address, _ text: String) -> Meant {
    let seen = edges.filter { $0.evidence.clientAddresses.contains(address) }.map(\.client)
    var ends = seen + holders(of: address)
    if ends.isEmpty { ends = [attribution.client(address, at: last)] }
    return told(ends.map { Meant.Door(end: $0, port: 0) }, text)
  }

  private func server(
    _ address: Address, _ text: String, _ port: UInt16, _ transport: Transport
  ) -> Meant {
    told(doors(of: address, port, transport), text)
  }

  /// Whoever was asked at an address, has held it, or is behind it.
  private func doors(of address: Address, _ port: UInt16, _ transport: Transport) -> [Meant.Door] {
    let seen = edges.filter { edge in
      edge.transport == transport
        && (edge.port == port && edge.evidence.serverAddresses.contains(address)
          || edge.evidence.dialled.contains(Socket(address, port)))
    }
    let doors =
      seen.map { Meant.Door(end: $0.server, port: $0.port) }
      + holders(of: address).map { Meant.Door(end: $0, port: port) }
    guard doors.isEmpty else { return doors }
    let sides = attribution.serverSides(address, port, transport, during: Activity(at: last))
    return sides.joined().map { Meant.Door(end: $0.end, port: $0.port) }
  }

  /// Everybody who is known to have held an address at any time.
  func holders(of address: Address) -> [End] {
    inventory.pods.indices.filter { place in
      let pod = inventory.pods[place]
      return !pod.usesHostNetwork && pod.everyAddress.contains(address)
    }.map { .workload(inventory.workload(ofPod: $0)) }
  }

  func told(_ doors: [Meant.Door], _ text: String) -> Meant {
    var meant = Meant()
    meant.doors = Set(doors).sorted()
    let names = meant.doors.filter { $0.end.address?.description != text }.map { door in
      door.port == 0 ? "`\(door.end)`" : "`\(door.end)` on \(door.port)"
    }
    if !names.isEmpty { meant.notes = ["`\(text)` is, or was, \(names.joined(separator: " and "))"] }
    return meant
  }
}
