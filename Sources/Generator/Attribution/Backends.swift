import Kubernetes
import Traffic

/// Who answers behind Services, on which of their own ports.
struct Backends {
  /// An end and the port it answers on.
  struct Backend: Hashable, Comparable {
    let end: End
    let port: UInt16

    static func < (one: Backend, other: Backend) -> Bool {
      one.end == other.end ? one.port < other.port : one.end < other.end
    }
  }

  private let inventory: Inventory
  private let roster: Roster
  private let directory: Directory
  private let doors: [Door]
  private let doorsOfServices: [[Int]]
  private let doorsOfNodes: [UInt16: [Int]]
  private let led: Set<Led>
  private let hostDoors: HostDoors
  /// The ports that Services offer to those outside the cluster.
  let offers: Offers
  /// The slices of each Service, by its name.
  private let slices: [String: [Int]]

  /// One port of a Service, and who answers behind it.
  private struct Door {
    let service: Int
    /// The version of the Service that has it.
    let version: Int64
    let port: ServicePort
    /// Who the Service's selector picks; nil for a Service without one, whose slices tell.
    let picked: [Backend]?
  }

  /// A port that some Service leads to.
  private struct Led: Hashable {
    let backend: Backend
    let transport: Transport
  }

  init(_ inventory: Inventory, roster: Roster, directory: Directory) {
    self.inventory = inventory
    self.roster = roster
    self.directory = directory
    let labelled = Self.labelled(inventory)
    var doors: [Door] = []
    var doorsOfServices: [[Int]] = []
    var doorsOfNodes: [UInt16: [Int]] = [:]
    var led: Set<Led> = []
    var offers = Offers()
    for (place, service) in inventory.services.enumerated() {
      doorsOfServices.append([])
      for meaning in [service] + service.past {
        let candidates = Self.candidates(for: meaning, inventory, among: labelled)
        for port in meaning.ports {
          doorsOfServices[place].append(doors.count)
          if let number = port.nodePort { doorsOfNodes[number, default: []].append(doors.count) }
          let picked = meaning.selector.isEmpty ? nil : Self.backends(candidates, on: port)
          for backend in picked ?? [] {
            led.insert(Led(backend: backend, transport: port.transport))
            offers.note(backend, port, of: meaning, now: service)
          }
          doors.append(Door(service: place, version: meaning.meta.version, port: port, picked: picked))
        }
      }
    }
    self.doors = doors
    self.doorsOfServices = doorsOfServices
    self.doorsOfNodes = doorsOfNodes
    self.led = led
    hostDoors = HostDoors(inventory)
    self.offers = offers
    slices = Dictionary(
      grouping: inventory.slices.indices.filter { inventory.slices[$0].service != nil },
      by: { "\(inventory.slices[$0].meta.namespace)/\(inventory.slices[$0].service ?? "")" })
  }

  /// Everything behind these Services on the port that was dialled, sorted.
  func behind(services: [Int], port: UInt16, transport: Transport, at moment: Instant) -> [Backend] {
    let chosen = services.flatMap { doorsOfServices[$0] }.map { doors[$0] }
    return behind(chosen.filter { $0.port.port == port && $0.port.transport == transport }, at: moment)
  }

  /// Everything behind a Service on a port, as it was told last, sorted.
  func behind(service: Int, port: UInt16, transport: Transport) -> [Backend] {
    let version = inventory.services[service].meta.version
    let chosen = doorsOfServices[service].map { doors[$0] }.filter {
      $0.port.port == port && $0.port.transport == transport && $0.version == version
    }
    return Set(chosen.flatMap { $0.picked ?? listed($0, at: .distantFuture) }).sorted()
  }

  /// Everything behind a machine's port, sorted; empty where it is the machine's own.
  ///
  /// A pod's claim to a port of its machine comes before those of Services to a port of each.
  func behind(
    machine: String, _ address: Address, port: UInt16, transport: Transport, at moment: Instant
  ) -> [Backend] {
    let pods = hostDoors.behind(machine, address, port: port, transport: transport, at: moment)
    guard pods.isEmpty else {
      return Set(pods.map { Backend(end: .workload(inventory.workload(ofPod: $0.pod)), port: $0.port) })
        .sorted()
    }
    return behind(nodePort: port, transport: transport, at: moment)
  }

  /// Everything behind a port that all machines offer, sorted; empty where it is no such port.
  private func behind(nodePort: UInt16, transport: Transport, at moment: Instant) -> [Backend] {
    let chosen = doorsOfNodes[nodePort, default: []].map { doors[$0] }.filter {
      $0.port.transport == transport
    }
    let present = Life.present(chosen, at: moment) { Life(inventory.services[$0.service].meta) }
    return behind(present, at: moment)
  }

  /// Whether some Service leads to this port of a workload.
  func leads(to workload: WorkloadID, _ port: UInt16, _ transport: Transport) -> Bool {
    led.contains(Led(backend: Backend(end: .workload(workload), port: port), transport: transport))
  }

  private func behind(_ known: [Door], at moment: Instant) -> [Backend] {
    let doors = known.filter { door in
      let service = inventory.services[door.service]
      return service.past.isEmpty
        || service.meanings(at: moment).contains { $0.meta.version == door.version }
    }
    if doors.count == 1, let picked = doors[0].picked { return picked }
    return Set(doors.flatMap { $0.picked ?? listed($0, at: moment) }).sorted()
  }

  /// A label that something of a namespace has.
  private struct Label: Hashable {
    let namespace: String
    let key: String
    let value: String

    init(_ namespace: String, _ key: String, _ value: String) {
      self.namespace = namespace
      self.key = key
      self.value = value
    }
  }

  /// The workloads by the labels that their pods or templates have, each in order.
  private static func labelled(_ inventory: Inventory) -> [Label: [WorkloadID]] {
    var found: [Label: [WorkloadID]] = [:]
    for id in inventory.topmost {
      let looks = inventory.pods(of: id).map { inventory.pods[$0].meta.labels }
      let template = inventory.workloads[id].map { [$0.templateLabels] } ?? []
      let labels = Set((looks + template).flatMap { $0.map { Label(id.namespace, $0.key, $0.value) } })
      for label in labels { found[label, default: []].append(id) }
    }
    return found
  }

  /// Somebody whom a Service's selector picks, on whatever port.
  private struct Candidate {
    let ends: [End]
    let ports: [ContainerPort]
  }

  /// A Service is followed by its selector, so that pods that are gone and templates count too.
  private static func candidates(
    for service: Service, _ inventory: Inventory, among labelled: [Label: [WorkloadID]]
  ) -> [Candidate] {
    // All its labels must be there, so those that have the rarest of them are enough to look at.
    let neighbours = service.selector.map { labelled[Label(service.meta.namespace, $0.key, $0.value)] ?? [] }
    var found: [Candidate] = []
    for id in neighbours.min(by: { $0.count < $1.count }) ?? [] {
      for place in inventory.pods(of: id) where service.picks(inventory.pods[place].traits) {
        let pod = inventory.pods[place]
        // A pod in its machine's network answers at the machine's address.
        let ends =
          pod.usesHostNetwork ? pod.addresses.map { End.node(name: pod.nodeName ?? "", $0) } : [.workload(id)]
        found.append(Candidate(ends: ends, ports: pod.ports))
      }
      guard let template = inventory.workloads[id]?.traits, !template.usesHostNetwork,
        service.picks(template)
      else { continue }
      found.append(Candidate(ends: [.workload(id)], ports: template.ports))
    }
    return found
  }

  /// Those of the candidates who answer behind a port, sorted.
  private static func backends(_ candidates: [Candidate], on port: ServicePort) -> [Backend] {
    var found: Set<Backend> = []
    for candidate in candidates {
      guard let number = port.target.number(on: candidate.ports, transport: port.transport) else { continue }
      for end in candidate.ends { found.insert(Backend(end: end, port: number)) }
    }
    return found.sorted()
  }

  /// What a Service without a selector leads to: pods, machines, or addresses that somebody wrote down.
  private func listed(_ door: Door, at moment: Instant) -> [Backend] {
    let service = inventory.services[door.service]
    var found: [Backend] = []
    let slices = slices[service.name, default: []].map { inventory.slices[$0] }
    for slice in Life.present(slices, at: moment, life: { Life($0.meta) }) {
      for port in slice.ports where port.name == door.port.name && port.transport == door.port.transport {
        found += slice.addresses.compactMap { address in
          end(address, port.number, at: moment).map { Backend(end: $0, port: port.number) }
        }
      }
    }
    return found
  }

  private func end(_ address: Address, _ port: UInt16, at moment: Instant) -> End? {
    if case .pod(let pod) = roster.holder(of: address, at: moment) {
      return .workload(inventory.workload(ofPod: pod))
    }
    switch directory.entry(for: address, port: port, at: moment) {
    case .apiServer: return .apiServer(address)
    case .node(let name): return .node(name: name, address)
    case .outside: return roster.knows(address) ? nil : .external(address)
    case .services, .serviceOfAnotherTime, .podRange, .serviceRange, .metadata: return nil
    }
  }
}
