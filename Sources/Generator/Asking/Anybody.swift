import Kubernetes
import Traffic

extension Meaning {
  /// Who is meant by a text as either end, whatever the port.
  public func anybody(_ text: String) -> Meant {
    meant(text) { reading in
      if let address = Address(reading.name) { return anybody(at: address, reading.name) }
      let found = named(reading, port: 0)
      guard found.isNobody else { return found }
      let asked = reading.kind == nil ? dialled(reading.name, 0) : Meant()
      guard asked.isNobody else { return asked }
      return behind(inventory.services.filter { $0.name == reading.name }.map(\.name))
    }
  }

  /// Whoever was seen at an address, has held it, or is behind it.
  private func anybody(at address: Address, _ text: String) -> Meant {
    let seen = edges.flatMap { edge in
      let isAsked =
        edge.evidence.serverAddresses.contains(address)
        || edge.evidence.dialled.contains { $0.address == address }
      return (edge.evidence.clientAddresses.contains(address) ? [edge.client] : [])
        + (isAsked ? [edge.server] : [])
    }
    let ends = seen + holders(of: address)
    guard ends.isEmpty else { return told(ends.map { Meant.Door(end: $0, port: 0) }, text) }
    return behind(inventory.services.filter { $0.addresses.contains(address) }.map(\.name))
  }

  /// Whoever is behind any port of these Services.
  private func behind(_ services: [String]) -> Meant {
    var meant = Meant()
    for name in services {
      let reading = NameReading(name: name, kind: .service)
      for port in inventory.services.filter({ $0.name == name }).flatMap(\.ports) {
        let found = service(reading, port.port, port.transport)
        meant.doors += found.doors
        meant.notes += found.notes.filter { !meant.notes.contains($0) }
      }
    }
    return meant
  }
}
