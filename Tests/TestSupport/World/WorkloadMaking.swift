import Traffic

// Workloads, their labels and their pods.
extension ClusterMaking {
  mutating func addWorkload(called name: String) {
    let kind = has(.kinds) ? Self.kinds.randomElement(using: &random) ?? "Deployment" : "Deployment"
    let ports = ports()
    let (template, selector) = labels(for: name)
    let place = workloads.count
    workloads.append(
      MadeWorld.Workload(
        namespace: Self.namespaces.randomElement(using: &random) ?? "shop", kind: kind, name: name,
        template: template, selector: Self.selecting.contains(kind) ? selector : nil, ports: ports,
        usesHostNetwork: false))
    let replicas =
      kind == "DaemonSet" ? nodes.count : has(.replicas) ? Int.random(in: 1...3, using: &random) : 1
    for number in 0..<(Self.single.contains(kind) ? 1 : replicas) {
      addPod(to: place, number, on: kind == "DaemonSet" ? number : anyNode(), ports: podPorts(ports, number))
    }
    guard has(.services), random.chance(70) else { return }
    let isHeadless = has(.headless) && random.chance(30)
    let isOpen = has(.guests) && random.chance(50)
    addService(
      for: place, isHeadless: isHeadless,
      balancer: isOpen && !isHeadless ? Address(v4: 0xC000_0200 + UInt32(10 + place)) : nil,
      keepsGuests: isOpen && has(.keptGuests) && random.chance(40),
      ports: ports.enumerated().map { offset, port in
        let number = random.chance(70) ? UInt16(80 + offset * 11) : port.number
        return servicePort(
          for: port, number: number,
          nodePort: isOpen && !isHeadless && random.chance(60) ? UInt16(30_000 + place * 10 + offset) : nil)
      })
  }

  /// A pod of a workload; what changes with every roll-out, and what kinds write on their pods, is on it too.
  mutating func addPod(
    to place: Int, _ number: Int, on node: Int, ports: [MadeWorld.Port]? = nil,
    addresses: [Address]? = nil, from: Instant = MadeWorld.start.advanced(bySeconds: -7200),
    until: Instant? = nil, tellsEnd: Bool = true
  ) {
    let workload = workloads[place]
    let hash = String(UInt32.random(in: 0x1000_0000...UInt32.max, using: &random), radix: 16)
    let suffix = String(hash.suffix(5))
    var labels = workload.template
    var owner: (kind: String, name: String)? = (workload.kind, workload.name)
    var name = "\(workload.name)-\(suffix)"
    switch workload.kind {
    case "Deployment":
      labels["pod-template-hash"] = "5d78c9869d"
      owner = ("ReplicaSet", "\(workload.name)-5d78c9869d")
      name = "\(workload.name)-5d78c9869d-\(suffix)"
    case "StatefulSet":
      name = "\(workload.name)-\(number)"
      labels["statefulset.kubernetes.io/pod-name"] = name
      labels["apps.kubernetes.io/pod-index"] = "\(number)"
      labels["controller-revision-hash"] = "\(workload.name)-7d9b6c5f4"
    case "DaemonSet":
      labels["controller-revision-hash"] = "7d9b6c5f4"
    case "Job", "CronJob":
      let run = workload.kind == "Job" ? workload.name : "\(workload.name)-29919420"
      labels["batch.kubernetes.io/job-name"] = run
      labels["job-name"] = run
      labels["batch.kubernetes.io/controller-uid"] = "\(hash)-0000"
      owner = ("Job", run)
      name = "\(run)-\(suffix)"
    case "Pod":
      owner = nil
      name = workload.name
    default: break
    }
    let (interface, own) = nextPlace(on: node)
    workloads[place].pods.append(
      MadeWorld.Pod(
        name: name, labels: labels, ports: ports ?? workload.ports, node: node, interface: interface,
        addresses: workload.usesHostNetwork ? nodes[node].addresses : addresses ?? own, from: from,
        until: until, tellsEnd: tellsEnd, owner: owner))
  }

  private mutating func ports() -> [MadeWorld.Port] {
    let number = [8080, 3000, 5432, 6379, 9000, 7001].randomElement(using: &random) ?? 8080
    var ports = [MadeWorld.Port(UInt16(number), name: "main", isProbed: has(.probes) && random.chance(60))]
    if random.chance(40) {
      ports.append(MadeWorld.Port(UInt16(number + 1), name: random.chance(50) ? "side" : nil))
    }
    if has(.datagrams), random.chance(40) { ports.append(MadeWorld.Port(1812, .udp, name: "radius")) }
    if has(.associations), random.chance(40) { ports.append(MadeWorld.Port(3868, .sctp, name: "diameter")) }
    if has(.oneWay), random.chance(40) { ports.append(MadeWorld.Port(8125, .udp, name: "statsd")) }
    return ports
  }

  /// The ports of one of several replicas: the first may be of before the last roll-out.
  private mutating func podPorts(_ ports: [MadeWorld.Port], _ number: Int) -> [MadeWorld.Port] {
    guard has(.differingTargets), number == 0, random.chance(50) else { return ports }
    return ports.map {
      MadeWorld.Port(
        $0.transport == .tcp && $0.name == "main" ? $0.number + 100 : $0.number, $0.transport, name: $0.name,
        isProbed: $0.isProbed)
    }
  }

  private mutating func labels(for name: String) -> (template: [String: String], selector: [String: String]) {
    var selector: [String: String]
    switch Int.random(in: 0..<(has(.sharedLabels) ? 5 : 2), using: &random) {
    case 0: selector = ["app": name]
    case 1: selector = ["app.kubernetes.io/name": name, "app.kubernetes.io/instance": "prod"]
    case 2: selector = ["app": "suite", "component": name]
    case 3: selector = ["app.kubernetes.io/name": "suite", "app.kubernetes.io/component": name]
    default: selector = ["app.kubernetes.io/name": "suite", "app.kubernetes.io/instance": name]
    }
    var template = selector
    if random.chance(50) { template["app.kubernetes.io/version"] = "1.4.2" }
    if random.chance(30) { template["team"] = "red" }
    if has(.sharedLabels), random.chance(30) { template["app.kubernetes.io/part-of"] = "suite" }
    return (template, selector)
  }

  private static let kinds = [
    "Deployment", "Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob", "Pod",
    MadeWorld.Workload.strangerKind,
  ]
  private static let selecting: Set<String> = ["Deployment", "StatefulSet", "DaemonSet"]
  private static let single: Set<String> = ["Job", "CronJob", "Pod"]
}
