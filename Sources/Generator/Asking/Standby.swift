public import Kubernetes
import Traffic

/// What an opening is for that nothing recorded needs: it waits for what every cluster needs sooner or later.
public enum Standby: String, Hashable, Sendable {
  /// Names of the cluster's DNS.
  case names = "for names, which pods ask for sooner or later"
  /// The API server, any of whose places may answer tomorrow.
  case apiServer = "a place of the API server, any of which may answer"
}

extension Learned {
  /// What a rule of a policy waits for; nil where nobody knows, or where its peers wait for different things.
  public func standby(of rule: Rule, _ direction: PolicyDirection, in policy: NetworkPolicy) -> Standby? {
    guard case .only(let peers) = rule.peers else { return nil }
    let kinds = Set(peers.map { standby(of: $0, on: rule.ports, direction, in: policy) })
    return kinds.count == 1 ? kinds.first ?? nil : nil
  }

  /// What one peer of a rule waits for; nil where nobody knows.
  public func standby(
    of peer: Peer, on ports: Ports, _ direction: PolicyDirection, in policy: NetworkPolicy
  ) -> Standby? {
    guard case .only(let ports) = ports else { return nil }
    let ranges = ports.compactMap { port -> PortRange? in
      if case .range(_, let range) = port { range } else { nil }
    }
    guard ranges.count == ports.count else { return nil }
    let names = Set(dns.ports.map(\.port) + [53])
    if ranges.allSatisfy({ $0.first == $0.last && names.contains($0.first) }) {
      return isOfNames(peer, direction, in: policy) ? .names : nil
    }
    guard direction == .egress, case .block(let block, _) = peer, block.base == block.last else { return nil }
    let isPlace = attribution.directory.apiServer.contains { place in
      place.address == block.base && ranges.contains { $0.contains(place.port) }
    }
    return isPlace ? .apiServer : nil
  }

  /// Whether the cluster's DNS is on the other side, or is the one that is asked.
  private func isOfNames(_ peer: Peer, _ direction: PolicyDirection, in policy: NetworkPolicy) -> Bool {
    guard direction == .egress else {
      return policy.namespace == dns.namespace && policy.subject.matches(dns.selector)
    }
    let known = namespaceLabels[dns.namespace, default: [:]]
    let labels = known.merging(["kubernetes.io/metadata.name": dns.namespace]) { first, _ in first }
    return switch peer {
    case .pods(let pods): policy.namespace == dns.namespace && pods.matches(dns.selector)
    case .namespaces(let namespaces): namespaces.matches(labels)
    case .podsIn(let namespaces, let pods): namespaces.matches(labels) && pods.matches(dns.selector)
    case .block(let block, _): (dns.caches + dns.addresses).contains { block.contains($0) }
    }
  }
}
