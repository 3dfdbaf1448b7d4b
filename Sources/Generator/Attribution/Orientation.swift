import Kubernetes
import Traffic

/// A fact's two addresses, put in order: who asked, and who was asked on which port.
struct Orientation {
  let client: Address
  let server: Address
  let port: UInt16
  let nature: Edge.Nature
}

extension Attribution {
  /// Which end of a fact asked.
  ///
  /// Where no opening was seen, the end whose port somebody declared was asked by the one whose port nobody declared. Of
  /// two that declare their ports each answers to UDP, and the one that was seen to send first asked. Where neither does,
  /// other connections may show the likely one.
  func orientation(of fact: Fact) -> Orientation {
    let key = fact.key
    let nature: Edge.Nature = key.isLoop ? .loop : .ordinary
    let assumed = Orientation(client: key.client, server: key.server, port: key.port, nature: nature)
    // An unknown direction keeps the other end's port where others keep what was dialled.
    guard key.isUndirected, nature != .loop, let other = key.dialled else { return assumed }
    let isServer = isDeclared(Socket(key.server, key.port), key.transport, at: fact.activity.first)
    let isOther = isDeclared(other, key.transport, at: fact.activity.first)
    let turned = Orientation(client: key.server, server: key.client, port: other.port, nature: .ordinary)
    switch (isServer, isOther) {
    case (true, false): return assumed
    case (false, true): return turned
    case (true, true) where key.transport == .udp: return assumed
    case (false, false) where other.port == key.port && areReplicas(key, at: fact.activity.first):
      return assumed
    default:
      // The lower port is more likely to be a server's, but no more than that; of equal ones neither is.
      let isMutual = other.port == key.port
      let isTurned = isMutual ? key.server < key.client : other.port < key.port
      let likely = isTurned ? turned : assumed
      let (end, asker) =
        isTurned ? (other, Socket(key.server, key.port)) : (Socket(key.server, key.port), other)
      if !isServer, !isOther, !isMutual,
        seenDoors.hold(end, against: asker, key.transport, at: fact.activity.first, in: self)
      {
        return likely
      }
      return Orientation(
        client: likely.client, server: likely.server, port: likely.port,
        nature: isMutual ? .mutual : .undirected)
    }
  }

  /// Whether one workload held both ends: then it makes no difference which of them asked.
  private func areReplicas(_ key: Fact.Key, at moment: Instant) -> Bool {
    guard case .pod(let one) = roster.holder(of: key.client, at: moment),
      case .pod(let other) = roster.holder(of: key.server, at: moment)
    else { return false }
    return inventory.workload(ofPod: one) == inventory.workload(ofPod: other)
  }

  /// Whether a workload's pods or template declare a port, or a Service leads to it.
  func isDeclared(_ workload: WorkloadID, _ port: UInt16, _ transport: Transport) -> Bool {
    let pods = inventory.pods(of: workload).lazy.map { inventory.pods[$0].ports }
    let template = inventory.workloads[workload]?.ports ?? []
    func holds(_ ports: [ContainerPort]) -> Bool {
      ports.contains { $0.number == port && $0.transport == transport }
    }
    return holds(template) || pods.contains(where: holds) || backends.leads(to: workload, port, transport)
  }

  /// Whether somebody said that this end answers: the pod that held it, or a Service.
  func isDeclared(_ end: Socket, _ transport: Transport, at moment: Instant) -> Bool {
    if case .pod(let pod) = roster.holder(of: end.address, at: moment) {
      return isDeclared(inventory.workload(ofPod: pod), end.port, transport)
    }
    switch directory.entry(for: end.address, port: end.port, transport: transport, at: moment) {
    case .apiServer: return true
    case .services(let services):
      return services.contains { directory.offers($0, end.port, transport, at: moment) }
    case .node(let name):
      return !backends.behind(
        machine: name, end.address, port: end.port, transport: transport, at: moment
      ).isEmpty
    case .serviceOfAnotherTime, .podRange, .serviceRange, .metadata, .outside: return false
    }
  }
}

extension Fact.Key {
  /// Whether nobody saw who asked: then the other end stands where others keep what was dialled.
  var isUndirected: Bool { direction == .unknown || direction == .seenAgain && dialled != nil }

  /// Whether a pod talked to itself, and not to a Service that led to it this time.
  var isLoop: Bool { client == server && (dialled == nil || isUndirected) }
}

extension Conversations.Row {
  /// Whether nobody saw who asked: then the other end stands where others keep what was dialled.
  var isUndirected: Bool { direction == .unknown || direction == .seenAgain && dialledAddress != nil }

  /// Whether a pod talked to itself, and not to a Service that led to it this time.
  var isLoop: Bool { client == server && (dialledAddress == nil || isUndirected) }
}
