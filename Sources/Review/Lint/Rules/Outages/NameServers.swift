import Generator
import Kubernetes
import Traffic

/// Whom pods ask for names: the cluster's DNS as it is known, or as it is by convention.
struct NameServers {
  /// What answers, each with its port; the same number for UDP and TCP.
  let servers: [(standing: Standing, port: UInt16)]
  /// Whether the cluster shows them, and they are not only what is common.
  let isObserved: Bool
  /// The workloads that answer, where they are known.
  let workloads: [WorkloadID]
  /// The namespaces in which they are, or may be.
  private let namespaces: [(name: String, labels: Labels?)]
  /// What may be asked of the labels of their pods.
  private let podLabels: [Labels]

  init(_ scene: Scene) {
    let dns = ClusterDNS(scene.inventory)
    let selector = LabelSelector(dns.selector)
    let known = scene.looks.indices.filter {
      scene.looks[$0].traits.namespace == dns.namespace && selector.matches(scene.looks[$0].traits.labels)
    }
    let numbers = Set(dns.ports.map(\.port)).sorted()
    var servers = known.flatMap { place in numbers.map { (scene.standings[place], $0) } }
    isObserved = dns.isObserved || !known.isEmpty
    workloads = scene.workloads(of: known)
    if isObserved {
      if known.isEmpty {
        let stranger = Self.standIn(dns.namespace, dns.selector, numbers, scene)
        servers += numbers.map { (stranger, $0) }
      }
      namespaces = [(dns.namespace, scene.inventory.namespaces[dns.namespace])]
      podLabels = [dns.selector] + known.map { scene.looks[$0].traits.labels }
    } else {
      let openShift = ["dns.operator.openshift.io/daemonset-dns": "default"]
      servers += [
        (Self.standIn(dns.namespace, dns.selector, [53], scene), 53),
        (Self.standIn("openshift-dns", openShift, [5353], scene), 5353),
      ]
      namespaces = [dns.namespace, "openshift-dns"].map { ($0, scene.inventory.namespaces[$0]) }
      podLabels = [dns.selector, openShift]
    }
    // Some network plugins look at the address of the Service, before it is translated; a cache has its own.
    let caches = isObserved && dns.isObserved ? dns.caches : [Address("169.254.20.10")].compactMap(\.self)
    for address in dns.addresses + caches {
      servers.append((scene.set.standing(of: .address(address)), 53))
    }
    self.servers = servers
  }

  /// The namespace in which they are, or are as a rule.
  var home: String { namespaces[0].name }

  /// The ports on which the pods among them listen.
  var podPorts: [UInt16] {
    Set(servers.filter { $0.standing.party.selectable != nil }.map(\.port)).sorted()
  }

  /// Pods as the common distributions have them.
  private static func standIn(
    _ namespace: String, _ labels: Labels, _ numbers: [UInt16], _ scene: Scene
  ) -> Standing {
    let ports = numbers.flatMap { number in
      [
        ContainerPort(name: "dns", number: number, transport: .udp),
        ContainerPort(name: "dns-tcp", number: number, transport: .tcp),
      ]
    }
    return scene.set.standing(
      of: .pod(PodTraits(namespace: namespace, labels: labels, ports: ports), address: nil))
  }

  /// Whether pods can ask any of them.
  func answer(_ asker: Standing, over transport: Transport, in set: PolicySet) -> Bool {
    servers.contains { set.allows(from: asker, to: $0.standing, port: $0.port, transport: transport) }
  }

  /// Whether nothing but the policies of those who answer keeps pods from asking.
  func areShut(to asker: Standing, in set: PolicySet) -> Bool {
    servers.contains { server in
      set.gate(.egress, from: asker, to: server.standing).open.contains(server.port, .udp)
    }
  }

  /// Whether a rule may lead to some name server that nothing is known of.
  func mayLie(behind rule: Rule) -> Bool {
    let isAsking = rule.asksForNames
    let isOpen = rule.opens(53, .udp) || rule.opens(5353, .udp) || rule.namesUDPPort
    guard isOpen, case .only(let peers) = rule.peers else { return false }
    return peers.contains { peer in
      switch peer {
      case .pods: false
      // Whoever opens this very port to addresses has a name server there.
      case .block: isAsking
      case .namespaces(let wanted): mayBeHome(wanted, isAsking: isAsking)
      case .podsIn(let wanted, let pods):
        mayBeHome(wanted, isAsking: isAsking) && (isAsking || podLabels.contains(where: pods.matches))
      }
    }
  }

  /// Whether a selector may pick a namespace of theirs, going by labels that are not known.
  private func mayBeHome(_ wanted: LabelSelector, isAsking: Bool) -> Bool {
    if !isObserved, isAsking { return true }
    return namespaces.contains { namespace in
      // What asks for nothing but the name has been judged already.
      guard namespace.labels == nil, wanted != wanted.named else { return false }
      return wanted.named.matches([LabelSelector.namespaceNameLabel: namespace.name])
    }
  }
}

extension Rule {
  /// Whether it names the port of DNS over UDP, and not only ports among which that is.
  var asksForNames: Bool { names([53, 5353], .udp) }

  /// Whether it names one of these ports by itself.
  func names(_ numbers: [UInt16], _ transport: Transport) -> Bool {
    guard case .only(let ports) = ports else { return false }
    return ports.contains { port in
      guard let range = port.numbers, port.transport == transport else { return false }
      return range.count == 1 && numbers.contains(range.first)
    }
  }

  /// Whether it opens a UDP port by name.
  fileprivate var namesUDPPort: Bool {
    guard case .only(let ports) = ports else { return false }
    return ports.contains { if case .named(.udp, _) = $0 { true } else { false } }
  }
}

extension LabelSelector {
  /// What it asks of a namespace's name alone.
  fileprivate var named: LabelSelector {
    LabelSelector(
      labels.filter { $0.key == Self.namespaceNameLabel },
      requirements.filter { $0.key == Self.namespaceNameLabel })
  }
}
