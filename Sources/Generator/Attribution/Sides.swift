import Kubernetes
import Traffic

// Who stood behind an address, as the end that asks and as the end that is asked.
extension Attribution {
  /// One end during one holder's share of the time.
  struct Side {
    let end: End
    let port: UInt16
    let pod: Int?
    var isThroughService = false
    let share: Roster.Share
  }

  /// Who an address was at a moment, as the end that asks.
  func client(_ address: Address, at moment: Instant) -> End { clientSide(address, at: moment).end }

  /// Who asked at a moment.
  func clientSide(_ address: Address, at moment: Instant) -> Side {
    standing(only(address, at: moment), address, port: 0, transport: nil)
  }

  /// What stood behind an address at a moment: one end, or several backends of a Service.
  func serverSides(
    _ address: Address, _ port: UInt16, _ transport: Transport, at moment: Instant
  ) -> [Side] {
    behind(only(address, at: moment), address, port, transport)
  }

  /// For each share of the time, who asked.
  func clientSides(_ address: Address, during activity: Activity) -> [Side] {
    roster.shares(of: address, during: activity).flatMap { share in
      turns(of: share, address, port: 0, activity) { [standing($0, address, port: 0, transport: nil)] }
    }.map { $0[0] }
  }

  /// For each share of the time, what stood behind the address: one end, or several backends of a Service.
  func serverSides(
    _ address: Address, _ port: UInt16, _ transport: Transport, during activity: Activity
  ) -> [[Side]] {
    roster.shares(of: address, during: activity).flatMap { share in
      turns(of: share, address, port: port, activity) { behind($0, address, port, transport) }
    }
  }

  /// A moment of whoever held the address then.
  private func only(_ address: Address, at moment: Instant) -> Roster.Share {
    Roster.Share(roster.holder(of: address, at: moment), from: moment, to: moment)
  }

  private func behind(
    _ share: Roster.Share, _ address: Address, _ port: UInt16, _ transport: Transport
  ) -> [Side] {
    let folded = share.holder == .nobody ? folded(address, port, transport, share) : []
    return folded.isEmpty ? [standing(share, address, port: port, transport: transport)] : folded
  }

  private func standing(
    _ share: Roster.Share, _ address: Address, port: UInt16, transport: Transport?
  ) -> Side {
    let pod: Int? = if case .pod(let pod) = share.holder { pod } else { nil }
    let end = end(of: share, address, port: port, transport: transport)
    return Side(end: end, port: port, pod: pod, share: share)
  }

  /// What stands behind an address that no pod holds: a Service's or a machine port's backends, or the API server.
  private func folded(
    _ address: Address, _ port: UInt16, _ transport: Transport, _ share: Roster.Share
  ) -> [Side] {
    func sides(_ found: [Backends.Backend]) -> [Side] {
      found.map { Side(end: $0.end, port: $0.port, pod: nil, isThroughService: true, share: share) }
    }
    switch directory.entry(for: address, port: port, transport: transport, at: share.first) {
    case .apiServer:
      let endpoints = directory.apiServerEndpoints
      guard !endpoints.contains(Socket(address, port)) else { return [] }
      return endpoints.map {
        Side(end: .apiServer($0.address), port: $0.port, pod: nil, isThroughService: true, share: share)
      }
    case .services(let services):
      return sides(backends.behind(services: services, port: port, transport: transport, at: share.first))
    case .node(let name):
      return sides(
        backends.behind(machine: name, address, port: port, transport: transport, at: share.first))
    case .serviceOfAnotherTime, .podRange, .serviceRange, .metadata, .outside:
      return []
    }
  }

  private func end(of share: Roster.Share, _ address: Address, port: UInt16, transport: Transport?) -> End {
    switch share.holder {
    case .pod(let pod): return .workload(inventory.workload(ofPod: pod))
    case .either(let pods):
      // Pods of one workload that follow each other at one address are that workload, whichever of them it was.
      let owners = Set(pods.map { inventory.workload(ofPod: $0) })
      if owners.count == 1, !share.mayBeStranger, let owner = owners.first { return .workload(owner) }
      return .ambiguous(address, changedHands(pods))
    case .nobody: break
    }
    guard !inventory.isEmpty else { return .unknown(address, .noInventory) }
    switch directory.entry(for: address, port: port, transport: transport, at: share.first) {
    case .apiServer: return .apiServer(address)
    case .services(let services):
      let names = Set(services.map { inventory.services[$0].name }).sorted()
      return .service(name: names.joined(separator: " and "), address)
    case .serviceOfAnotherTime(let service):
      return .unknown(address, .serviceAtAnotherTime(inventory.services[service].name))
    case .node(let name): return .node(name: name, address)
    case .podRange: return .unknown(address, roster.knows(address) ? .noPodThen : .noPodEver)
    case .serviceRange: return .unknown(address, .noService)
    case .metadata, .outside: break
    }
    if roster.knows(address) { return .unknown(address, .noPodThen) }
    return .external(address)
  }

  private func changedHands(_ pods: [Int]) -> Doubt {
    let names = pods.map { inventory.pods[$0].meta.name }.joined(separator: " → ")
    // Only the time of day: the day stands beside every edge.
    let time = pods.last.map { inventory.pods[$0].held.from.description.dropFirst(11).dropLast(1) } ?? ""
    return .changedHands(pods: names, before: String(time))
  }
}
