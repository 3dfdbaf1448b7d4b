import Generator
import Kubernetes
import Traffic

extension Hearing {
  /// The namespaces of ends that a meeting is cut for, where rules ask for labels of theirs that nobody told: as objects
  /// they are not known, and with the right labels the rules might let them through.
  func doubtfulNamespaces(_ meeting: Meeting, _ verdict: Verdict, _ port: UInt16, _ transport: Transport)
    -> [String]
  {
    verdict.denials.compactMap { direction, _ in
      let (subject, peer) =
        direction == .ingress ? (meeting.server, meeting.client) : (meeting.client, meeting.server)
      guard let pod = peer.look.party.selectable, policies.namespaces[pod.namespace] == nil else {
        return nil
      }
      let isAsked = subject.standing.isolators(direction).contains { place in
        policies.policies[place].rules(direction).contains {
          $0.ports.mayHold(port, transport) && $0.peers.mayName(pod)
        }
      }
      return isAsked ? pod.namespace : nil
    }
  }
}

extension Ports {
  /// Whether a port is among them, or may have a name that is.
  fileprivate func mayHold(_ port: UInt16, _ transport: Transport) -> Bool {
    guard case .only(let ports) = self else { return true }
    return ports.contains { wanted in
      switch wanted {
      case .all(let own), .named(let own, _): own == transport
      case .range(let own, let range): own == transport && range.contains(port)
      }
    }
  }
}

extension Peers {
  /// Whether a pod would be one of them if its namespace had other labels beside its name.
  fileprivate func mayName(_ pod: PodTraits) -> Bool {
    guard case .only(let peers) = self else { return false }
    return peers.contains { peer in
      switch peer {
      case .namespaces(let namespaces): namespaces.mayChoose(pod.namespace)
      case .podsIn(let namespaces, let pods):
        pods.matches(pod.labels) && namespaces.mayChoose(pod.namespace)
      case .pods, .block: false
      }
    }
  }
}

extension LabelSelector {
  /// Whether it asks for labels beside the name, and the name is right.
  fileprivate func mayChoose(_ namespace: String) -> Bool {
    let name = Self.namespaceNameLabel
    let known = [name: namespace]
    guard labels[name].map({ $0 == namespace }) ?? true,
      requirements.allSatisfy({ $0.key != name || $0.matches(known) })
    else { return false }
    return labels.keys.contains { $0 != name } || requirements.contains { $0.key != name }
  }
}
