import Kubernetes
import Traffic

/// Whom a name or an address in a question means.
struct Resolution {
  /// The parties that are meant; those that no policy tells apart count once.
  var ends: [End] = []
  /// The Service that is meant, whose backends are the ends.
  var service: Int?
  /// What should be known of it, or why nobody is meant.
  var notes: [String] = []
  /// Whether nobody has this name.
  var isUnknown = false
  /// The family of the address that was typed; nil where it was a name.
  var family: Family?

  /// One party that is meant.
  struct End {
    /// What people call it.
    let name: String
    /// How the policies see it.
    let standing: Standing
    /// Another pod that no policy tells from it, for what pods alike say to each other.
    var other: Standing?
    /// Whether it stands for a workload, which may have more than one such pod, whatever there are now.
    var mayHaveReplicas = false
  }
}

extension Population {
  /// Whom a text means.
  func resolve(_ text: String) -> Resolution {
    if let address = Address(text) {
      var resolution = resolve(address, text)
      resolution.family = address.isV4 ? .v4 : .v6
      return resolution
    }
    if let place = podPlaces[text] { return Resolution(ends: [end(place, nil)]) }
    if finished.contains(text) {
      return Resolution(notes: ["`\(text)` is over: it asks nothing, and its address may be another's by now"]
      )
    }
    if let workloads = workloadsByName[text] {
      let looks = looks(workloads.flatMap { placesOfWorkload[$0, default: []] }, portsApart: true)
      return Resolution(
        ends: looks.map { look in
          let name = looks.count == 1 ? text : "\(text) (\(members[look.first].name))"
          var end = end(look.first, look.other, called: name)
          end.mayHaveReplicas = members[look.first].workload?.kind != "Pod"
          return end
        })
    }
    if let service = servicesByName[text] { return Resolution(service: service) }
    return Resolution(notes: ["nobody is called `\(text)`"], isUnknown: true)
  }

  private func resolve(_ address: Address, _ text: String) -> Resolution {
    if let places = podsByAddress[address] {
      let ends = places.map { end($0, nil) }
      let names = ends.map { "`\($0.name)`" }.joined(separator: " and ")
      return Resolution(ends: ends, notes: ["`\(text)` is the address of \(names)"])
    }
    let known = directory.entry(for: address, port: 0)
    if case .node(let name) = known {
      return Resolution(
        ends: [end(text, .node(address))], notes: ["`\(text)` is an address of the node `\(name)`"])
    }
    if let service = servicesByAddress[address] { return Resolution(service: service) }
    var resolution = Resolution(ends: [end(text, .address(address))])
    if known == .podRange {
      resolution.notes = ["`\(text)` is a pod's address, and no pod is known to hold it"]
    }
    if known == .serviceRange {
      resolution.notes = ["`\(text)` is a Service's address, and no Service is known to have it"]
    }
    return resolution
  }

  private func end(_ name: String, _ party: Party) -> Resolution.End {
    Resolution.End(name: name, standing: reach.policies.standing(of: party))
  }

  private func end(_ place: Int, _ other: Int?, called name: String? = nil) -> Resolution.End {
    let policies = reach.policies
    return Resolution.End(
      name: name ?? members[place].name, standing: policies.standing(of: members[place].party),
      other: other.map { policies.standing(of: members[$0].party) })
  }

  /// Who answers behind a Service on a port, each on its own.
  func backends(
    of place: Int, _ asked: Question.Port, _ transport: Transport
  ) -> (ends: [(end: Resolution.End, port: UInt16)], note: String) {
    let service = inventory.services[place]
    let doors = service.ports.filter { door in
      guard door.transport == transport else { return false }
      switch asked {
      case .number(let number): return door.port == number
      case .name(let name): return door.name == name
      }
    }
    guard !doors.isEmpty else {
      return ([], "the Service `\(service.name)` has no port \(asked)/\(transport)")
    }
    var ends: [(end: Resolution.End, port: UInt16)] = []
    for door in doors {
      for look in looks(placesBehind(service), portsApart: true) {
        guard case .pod(let traits, _) = members[look.first].party,
          let number = door.target.number(on: traits.ports, transport: transport)
        else { continue }
        ends.append((end(look.first, look.other), number))
      }
      if service.selector.isEmpty { ends += listed(behind: service, door) }
    }
    let ports = Set(ends.map(\.port)).sorted().map(String.init).joined(separator: " and ")
    return ends.isEmpty
      ? ([], "no pod behind the Service `\(service.name)` is known")
      : (
        ends, "the Service `\(service.name)` leads to its pods' port \(ports), and that is what policies see"
      )
  }

  /// The places of the pods that the selector of a Service picks.
  func placesBehind(_ service: Service) -> [Int] {
    members.indices.filter { place in
      if case .pod(let traits, _) = members[place].party { service.picks(traits) } else { false }
    }
  }

  /// Backends that somebody else wrote down, for a Service without a selector.
  private func listed(behind service: Service, _ door: ServicePort) -> [(end: Resolution.End, port: UInt16)] {
    let slices = inventory.slices.filter {
      $0.meta.namespace == service.meta.namespace && $0.service == service.meta.name
    }
    return slices.flatMap { slice in
      slice.ports.filter { $0.name == door.name && $0.transport == door.transport }.flatMap { port in
        slice.addresses.flatMap { address in
          resolve(address, "\(address)").ends.map { (end: $0, port: port.number) }
        }
      }
    }
  }
}
