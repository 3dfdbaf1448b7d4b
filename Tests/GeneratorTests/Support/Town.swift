import Kubernetes
import Traffic

@testable import Generator

@testable import struct Kubernetes.Pod
@testable import struct Kubernetes.Service
@testable import struct Kubernetes.ServicePort
@testable import struct Kubernetes.Workload
@testable import struct Kubernetes.ClusterNode

/// A small cluster and what was seen in it, built line by line.
struct Town {
  var objects: [ClusterObject] = []
  var facts = Facts()

  /// The hour in which everything happens.
  static let start = Instant(seconds: 1_763_600_400)

  init() {
    objects.append(
      .node(
        ClusterNode(
          meta: ObjectMeta(name: "node-a"), addresses: [Self.ip("10.0.0.11")],
          podRanges: [Prefix("10.244.0.0/16")].compactMap(\.self))))
  }

  static func ip(_ text: String) -> Address { Address(text) ?? Address(v4: 0) }

  /// A Deployment with its pods, known by `app: NAME` unless other labels are given.
  mutating func deployment(
    _ namespace: String, _ name: String, at addresses: [String], ports: [ContainerPort] = [],
    labels: Labels? = nil, selector: Labels? = nil
  ) {
    let labels = labels ?? ["app": name]
    objects.append(
      .workload(
        Workload(
          kind: "Deployment", meta: ObjectMeta(namespace: namespace, name: name),
          selector: LabelSelector(selector ?? labels), templateLabels: labels, ports: ports,
          usesHostNetwork: false)))
    for (index, address) in addresses.enumerated() {
      let hash = labels.merging(["pod-template-hash": "6c5f4"]) { first, _ in first }
      pod(
        namespace, "\(name)-\(index)", at: address, ports: ports, labels: hash,
        owner: OwnerReference(kind: "Deployment", name: name))
    }
  }

  /// A pod, bare unless it has an owner.
  mutating func pod(
    _ namespace: String, _ name: String, at address: String, ports: [ContainerPort] = [], labels: Labels,
    owner: OwnerReference? = nil, probes: Set<UInt16> = []
  ) {
    objects.append(
      .pod(
        Pod(
          meta: ObjectMeta(namespace: namespace, name: name, labels: labels, owner: owner),
          nodeName: "node-a",
          usesHostNetwork: false, ports: ports, probes: probes, addresses: [Self.ip(address)],
          started: Self.start.advanced(bySeconds: -3600), isOver: false)))
  }

  /// The labels that a Deployment's next roll-out gives its pods, those from before excepted; its selector stays.
  mutating func relabel(_ name: String, with labels: Labels) {
    objects = objects.map { object in
      switch object {
      case .workload(var workload) where workload.meta.name == name:
        workload.templateLabels = labels
        return .workload(workload)
      case .pod(var pod) where pod.meta.owner?.name == name && pod.meta.deleted == nil:
        pod.meta.labels = labels.merging(["pod-template-hash": "7d9b6"]) { first, _ in first }
        return .pod(pod)
      default: return object
      }
    }
  }

  /// A Service with one port.
  mutating func service(
    _ namespace: String, _ name: String, at address: String, selector: Labels, port: UInt16,
    target: ServicePort.Target, transport: Transport = .tcp, nodePort: UInt16? = nil,
    otherAddresses: [String] = [], keepsGuests: Bool = false
  ) {
    objects.append(
      .service(
        Service(
          meta: ObjectMeta(namespace: namespace, name: name), selector: selector,
          clusterAddresses: [Self.ip(address)], otherAddresses: otherAddresses.map(Self.ip),
          ports: [
            ServicePort(name: nil, port: port, target: target, transport: transport, nodePort: nodePort)
          ], keepsGuests: keepsGuests)))
  }

  /// A machine; without blocks for its pods unless some are given.
  mutating func node(_ name: String, at address: String, podRanges: [String] = []) {
    objects.append(
      .node(
        ClusterNode(
          meta: ObjectMeta(name: name), addresses: [Self.ip(address)],
          podRanges: podRanges.compactMap { Prefix($0) })))
  }

  /// The cluster's DNS, as most clusters have it.
  mutating func dns() {
    let ports = [
      ContainerPort(name: "dns", number: 53, transport: .udp), ContainerPort(name: "dns-tcp", number: 53),
    ]
    deployment("kube-system", "coredns", at: ["10.244.0.2"], ports: ports, labels: ["k8s-app": "kube-dns"])
    service(
      "kube-system", "kube-dns", at: "10.96.0.10", selector: ["k8s-app": "kube-dns"], port: 53,
      target: .number(53), transport: .udp)
  }

  /// Conversations, at this minute of the hour, of which some last for so many minutes.
  mutating func saw(
    _ client: String, _ server: String, _ port: UInt16, _ tier: Tier = .used, times: UInt64 = 5,
    transport: Transport = .tcp, recorder: String = "node-a", direction: Direction = .opening,
    dialled: Socket? = nil, minute: Int64 = 5, lasting: Int64 = 0
  ) {
    let moment = Self.start.advanced(bySeconds: minute * 60)
    let key = Fact.Key(
      hour: moment.hour, recorder: recorder, client: Self.ip(client), server: Self.ip(server), port: port,
      transport: transport, tier: tier, direction: direction, dialled: dialled)
    let fact = Fact(
      key: key, conversations: times, activity: Activity(at: moment), lastMinute: moment.minutes + lasting)
    if let fact { facts.conversations.append(fact) }
  }

  /// A name that was answered with an address, at these minutes of the hour.
  mutating func answered(
    _ asker: String, _ name: String, _ address: String, by answerer: String = "10.96.0.10",
    at minutes: [Int64] = [0]
  ) {
    let key = DNSFact.Key(
      hour: Self.start.hour, recorder: "node-a", asker: Self.ip(asker), answerer: Self.ip(answerer),
      name: name,
      address: Self.ip(address))
    let moments = minutes.map { Self.start.advanced(bySeconds: $0 * 60) }
    var activity = Activity(at: moments[0])
    for moment in moments { activity.note(moment) }
    if let fact = DNSFact(key: key, activity: activity) { facts.names.append(fact) }
  }

  /// What follows from it.
  func learned(_ namespaces: String..., strict isStrict: Bool = false) -> Learned {
    var options = Options()
    options.namespaces = Set(namespaces)
    options.isStrict = isStrict
    return Learned(facts, Inventory(objects), options)
  }
}

extension Learned {
  /// The edges as short lines.
  var lines: [String] {
    edges.map {
      "\($0.client) → \($0.server) \($0.port)/\($0.transport) \($0.tier.name) ×\($0.evidence.conversations) \($0.bin.rawValue)"
    }
  }
}
