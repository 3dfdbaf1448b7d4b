import Generator
import Kubernetes
import Traffic

/// Whom policies may mean by an end whose pods or labels nobody knows: somebody of its namespace for each choice of labels
/// that they make, with every port that they call by a name.
struct MeantParties {
  private let policies: PolicySet
  private let selectors: Set<LabelSelector>
  private let names: Set<Name>
  private var known: [Place: [Standing]] = [:]

  private struct Name: Hashable {
    let transport: Transport
    let name: String
  }

  private struct Place: Hashable {
    let namespace: String
    let port: UInt16
  }

  init(_ policies: PolicySet) {
    var selectors: Set<LabelSelector> = [.everything]
    var names: Set<Name> = []
    for policy in policies.policies {
      selectors.insert(policy.subject)
      for rule in policy.ingress + policy.egress {
        if case .only(let peers) = rule.peers { selectors.formUnion(peers.compactMap(\.pods)) }
        guard case .only(let ports) = rule.ports else { continue }
        for case .named(let transport, let name) in ports {
          names.insert(Name(transport: transport, name: name))
        }
      }
    }
    self.policies = policies
    self.selectors = selectors
    self.names = names
  }

  /// Whom they may mean by somebody of a namespace who answers at a port.
  mutating func standings(in namespace: String, at port: UInt16) -> [Standing] {
    let place = Place(namespace: namespace, port: port)
    if let known = known[place] { return known }
    let ports = names.map { ContainerPort(name: $0.name, number: port, transport: $0.transport) }
    let found = selectors.sorted().compactMap(\.example).map { labels in
      policies.standing(
        of: .pod(PodTraits(namespace: namespace, labels: labels, ports: ports), addresses: .unknown))
    }
    known[place] = found
    return found
  }
}
