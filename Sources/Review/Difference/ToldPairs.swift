import Kubernetes
import Traffic

/// What the pairs that are known tell already, so that no example is needed for it.
struct ToldPairs {
  private let byCause: [Change.Cause: [Telling]]
  private let after: PolicySet

  /// A pair with the ports that the change is about.
  private struct Telling {
    let source: Party
    let destination: Party
    let ports: PortSet

    func subject(_ direction: PolicyDirection) -> Party { direction == .ingress ? destination : source }
    func peer(_ direction: PolicyDirection) -> Party { direction == .ingress ? source : destination }
  }

  /// What these changes tell.
  init(_ known: KnownChanges, _ participants: [Participant], _ after: PolicySet) {
    self.after = after
    var byCause: [Change.Cause: [Telling]] = [:]
    for (change, pair) in known.changes where change.topology == .none {
      guard let source = participants[pair.source].after,
        let destination = participants[pair.destination].after
      else { continue }
      for cause in change.causes {
        let ports = cause.role.isWidening ? change.opens : change.closes
        byCause[cause, default: []].append(Telling(source: source, destination: destination, ports: ports))
      }
    }
    self.byCause = byCause
  }

  /// Whether a pair for which the grant is meant is told, with all these ports.
  func tell(_ grant: Grant, _ ports: GrantPorts, _ role: Change.Role, in place: Turnover.Place) -> Bool {
    grant.rules.contains { rule in
      (byCause[Change.Cause(role: role, citation: rule)] ?? []).contains { telling in
        let peer = telling.peer(place.direction)
        guard let subject = telling.subject(place.direction).selectable,
          subject.namespace == place.namespace, grant.way.subject.matches(subject.labels),
          grant.way.peer.map({ picks($0, peer, in: place.namespace) }) ?? true
        else { return false }
        return Self.covers(telling, ports)
      }
    }
  }

  /// Whether a pod that the selector picks is told to be isolated, or not to be any more.
  func tellIsolation(of subject: LabelSelector, _ role: Change.Role, in place: Turnover.Place) -> Bool {
    byCause.contains { cause, tellings in
      cause.role == role && cause.citation.direction == place.direction
        && tellings.contains { telling in
          guard let told = telling.subject(place.direction).selectable else { return false }
          return told.namespace == place.namespace && subject.matches(told.labels)
        }
    }
  }

  private static func covers(_ telling: Telling, _ ports: GrantPorts) -> Bool {
    switch ports {
    case .numbers(let ports): return ports.subtracting(telling.ports).isEmpty
    case .named(let port):
      let declared = telling.destination.selectable?.ports ?? []
      return declared.contains {
        $0.name == port.name && $0.transport == port.transport
          && telling.ports.contains($0.number, $0.transport)
      }
    }
  }

  private func picks(_ wanted: Peer, _ party: Party, in namespace: String) -> Bool {
    if case .block(let block, let except) = wanted {
      let spans = AddressSpans(block, except: except)
      return party.addresses.all.contains(where: spans.contains)
    }
    guard let pod = party.selectable else { return false }
    switch wanted {
    case .pods(let pods): return pod.namespace == namespace && pods.matches(pod.labels)
    case .namespaces(let namespaces): return namespaces.matches(after.labels(ofNamespace: pod.namespace))
    case .podsIn(let namespaces, let pods):
      return namespaces.matches(after.labels(ofNamespace: pod.namespace)) && pods.matches(pod.labels)
    case .block: return false
    }
  }
}
