import Traffic

// What is in a cluster beside the workloads that somebody wrote for it.
extension ClusterMaking {
  /// The cluster's DNS; the answer is its place.
  mutating func addDNS() -> Int {
    let isOther = has(.otherDNS)
    let number: UInt16 = has(.dnsElsewhere) || isOther ? 5353 : 53
    let labels = isOther ? ["dns.operator.openshift.io/daemonset-dns": "default"] : ["k8s-app": "kube-dns"]
    let ports = [
      MadeWorld.Port(number, .udp, name: "dns"), MadeWorld.Port(number, name: "dns-tcp"),
      MadeWorld.Port(9153, name: "metrics"),
    ]
    let place = workloads.count
    workloads.append(
      MadeWorld.Workload(
        namespace: isOther ? "openshift-dns" : "kube-system", kind: isOther ? "DaemonSet" : "Deployment",
        name: isOther ? "dns-default" : "coredns", template: labels, selector: labels, ports: ports,
        usesHostNetwork: false))
    for replica in 0..<(isOther ? nodes.count : has(.replicas) ? 2 : 1) {
      addPod(to: place, replica, on: isOther ? replica : anyNode())
    }
    let doors = ports.prefix(2).map { servicePort(for: $0, number: 53) }
    addService(
      for: place, called: isOther ? "dns-default" : "kube-dns", address: Self.serviceAddress(10), ports: doors
    )
    return place
  }

  /// A cache in each machine's network.
  mutating func addNameCaches() {
    workloads.append(
      MadeWorld.Workload(
        namespace: "kube-system", kind: "DaemonSet", name: "node-local-dns",
        template: ["k8s-app": "node-local-dns"], selector: ["k8s-app": "node-local-dns"], ports: [],
        usesHostNetwork: true))
    for node in nodes.indices { addPod(to: workloads.count - 1, node, on: node) }
  }

  mutating func addMonitoring() {
    workloads.append(
      MadeWorld.Workload(
        namespace: "monitoring", kind: "StatefulSet", name: "prometheus",
        template: ["app.kubernetes.io/name": "prometheus"],
        selector: ["app.kubernetes.io/name": "prometheus"],
        ports: [MadeWorld.Port(9090, name: "http-web")], usesHostNetwork: false))
    addPod(to: workloads.count - 1, 0, on: anyNode())
    guard has(.hostNetwork) else { return }
    workloads.append(
      MadeWorld.Workload(
        namespace: "monitoring", kind: "DaemonSet", name: "agent", template: ["app": "agent"],
        selector: ["app": "agent"], ports: [MadeWorld.Port(9100)], usesHostNetwork: true))
    for node in nodes.indices { addPod(to: workloads.count - 1, node, on: node) }
  }

  /// A job with the name of a workload beside it.
  mutating func addNamesake() {
    guard let other = workloads.last, other.kind != "CronJob" else { return }
    workloads.append(
      MadeWorld.Workload(
        namespace: other.namespace, kind: "CronJob", name: other.name,
        template: ["app": "\(other.name)-nightly"], selector: nil, ports: [MadeWorld.Port(8070)],
        usesHostNetwork: false))
    addPod(to: workloads.count - 1, 0, on: anyNode())
  }

  /// A workload in another namespace that looks just like one here.
  mutating func addNeighbour() {
    guard let other = workloads.last(where: { $0.kind == "Deployment" }) else { return }
    workloads.append(
      MadeWorld.Workload(
        namespace: other.namespace == "lab" ? "shop" : "lab", kind: "Deployment", name: other.name,
        template: other.template, selector: other.selector, ports: other.ports, usesHostNetwork: false))
    addPod(to: workloads.count - 1, 0, on: anyNode())
  }

  /// A bare pod with the labels of a workload beside it.
  mutating func addLookalike() {
    let labels = ["app": "original"]
    workloads.append(
      MadeWorld.Workload(
        namespace: "web", kind: "Deployment", name: "original", template: labels, selector: labels,
        ports: [MadeWorld.Port(8060)], usesHostNetwork: false))
    addPod(to: workloads.count - 1, 0, on: anyNode())
    workloads.append(
      MadeWorld.Workload(
        namespace: "web", kind: "Pod", name: "lookalike", template: labels, selector: nil, ports: [],
        usesHostNetwork: false))
    addPod(to: workloads.count - 1, 0, on: anyNode())
  }

  /// Two pods alike of an owner that nobody knows.
  mutating func addBrokers() {
    workloads.append(
      MadeWorld.Workload(
        namespace: "data", kind: MadeWorld.Workload.strangerKind, name: "brokers",
        template: ["app": "brokers"], selector: nil, ports: [MadeWorld.Port(9091)], usesHostNetwork: false))
    for replica in 0..<2 { addPod(to: workloads.count - 1, replica, on: anyNode()) }
  }

  /// Two workloads behind one Service, as in a roll-out that is tried on a few guests first.
  mutating func addTwins() {
    for track in ["stable", "canary"] {
      let labels = ["app": "twins", "track": track]
      workloads.append(
        MadeWorld.Workload(
          namespace: "web", kind: "Deployment", name: "twins-\(track)", template: labels, selector: labels,
          ports: [MadeWorld.Port(track == "stable" ? 8081 : 8082, name: "main")], usesHostNetwork: false))
      addPod(to: workloads.count - 1, 0, on: anyNode())
    }
    addService(
      for: workloads.count - 2, called: "twins", selector: ["app": "twins"],
      ports: [MadeWorld.ServicePort(name: "main", number: 80, transport: .tcp, target: "\"main\"")])
  }

  /// Somebody's shell in a bare pod.
  mutating func addScanner() {
    workloads.append(
      MadeWorld.Workload(
        namespace: Self.namespaces.randomElement(using: &random) ?? "shop", kind: "Pod", name: "shell",
        template: ["run": "shell"], selector: nil, ports: [], usesHostNetwork: false))
    // Nobody can tell a scan of which hardly anything is seen.
    addPod(to: workloads.count - 1, 0, on: has(.unrecorded) ? 0 : anyNode())
  }

  /// A pod that was deleted without a trace.
  mutating func addGhost() {
    var ghost = MadeWorld.Workload(
      namespace: "shop", kind: "Pod", name: "ghost", template: ["run": "ghost"], selector: nil, ports: [],
      usesHostNetwork: false)
    ghost.isGone = true
    workloads.append(ghost)
    // Where no machine tells its block, only the pods around an address tell that it is one of theirs.
    addPod(to: workloads.count - 1, 0, on: has(.vanishedAlone) ? loneliestNode : workloads[0].pods[0].node)
  }

  /// A job that ends, and a pod of another workload that gets its address some seconds later.
  mutating func addSuccession() {
    let node = anyNode()
    let end = MadeWorld.start.advanced(bySeconds: .random(in: 200...300, using: &random))
    let pause =
      random.chance(50) ? Int64.random(in: 3...6, using: &random) : .random(in: 2...50, using: &random)
    let next = end.advanced(bySeconds: pause)
    let namespace = Self.namespaces.randomElement(using: &random) ?? "shop"
    workloads.append(
      MadeWorld.Workload(
        namespace: namespace, kind: "Job", name: "settle", template: ["app": "settle"], selector: nil,
        ports: [], usesHostNetwork: false))
    let job = workloads.count - 1
    addPod(
      to: job, 0, on: node, from: MadeWorld.start.advanced(bySeconds: -30), until: end,
      tellsEnd: random.chance(60))
    workloads.append(
      MadeWorld.Workload(
        namespace: namespace, kind: "Deployment", name: "promo", template: ["app": "promo"],
        selector: ["app": "promo"], ports: [MadeWorld.Port(8090)], usesHostNetwork: false))
    addPod(to: job + 1, 0, on: node, addresses: workloads[job].pods[0].addresses, from: next)
  }
}
