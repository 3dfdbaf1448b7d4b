import Traffic

// The objects of a world's cluster, as `kubectl get … -o json` prints them.
extension MadeWorld {
  /// The objects, each as JSON; a list of them is what kubectl prints.
  public var objects: [String] {
    var objects: [String] = []
    for name in Set(workloads.map(\.namespace) + ["default"]).sorted() {
      objects.append(
        Self.object(
          "Namespace", "", name, labels: ["kubernetes.io/metadata.name": name], members: []))
    }
    objects += cluster.nodes.map(Self.object)
    for workload in workloads {
      objects += object(workload)
      objects += workload.pods.map { Self.object($0, workload, cluster.nodes[$0.node].name) }
    }
    for service in cluster.services { objects += object(service) }
    return objects
  }

  /// A list of these objects.
  public static func list(_ objects: [String]) -> [UInt8] {
    Array("{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[\(objects.joined(separator: ",\n"))]}".utf8)
  }

  private static func object(
    _ kind: String, _ namespace: String, _ name: String, labels: [String: String] = [:],
    owner: (kind: String, name: String)? = nil, created: Instant? = nil,
    members: [(String, String)]
  ) -> String {
    var meta = [
      ("name", text(name)), ("uid", text("\(kind)-\(namespace)-\(name)")), ("resourceVersion", text("7")),
    ]
    if !namespace.isEmpty { meta.append(("namespace", text(namespace))) }
    if !labels.isEmpty { meta.append(("labels", mapping(labels))) }
    if let created { meta.append(("creationTimestamp", text(created.description))) }
    if let owner {
      meta.append(
        (
          "ownerReferences",
          array([
            mapping([
              ("kind", text(owner.kind)), ("name", text(owner.name)), ("controller", "true"),
              ("uid", text("\(owner.kind)-\(namespace)-\(owner.name)")),
            ])
          ])
        ))
    }
    return mapping([("kind", text(kind)), ("metadata", mapping(meta))] + members)
  }

  private static func object(_ node: Node) -> String {
    object(
      "Node", "", node.name,
      members: [
        (
          "spec",
          mapping([("podCIDRs", array(node.tellsRanges ? node.podRanges.map { text($0.description) } : []))])
        ),
        (
          "status",
          mapping([
            (
              "addresses",
              array(
                node.addresses.map {
                  mapping([("type", text("InternalIP")), ("address", text($0.description))])
                } + [mapping([("type", text("Hostname")), ("address", text(node.name))])])
            )
          ])
        ),
      ])
  }
}

// Workloads and pods.
extension MadeWorld {
  private func object(_ workload: Workload) -> [String] {
    guard workload.isListed else { return [] }
    var spec = [("template", Self.template(workload))]
    if let selector = workload.selector {
      spec.append(("selector", Self.mapping([("matchLabels", Self.mapping(selector))])))
    }
    let body =
      workload.kind == "CronJob"
      ? Self.mapping([("jobTemplate", Self.mapping([("spec", Self.mapping(spec))]))]) : Self.mapping(spec)
    var objects = [
      Self.object(workload.kind, workload.namespace, workload.name, members: [("spec", body)])
    ]
    for owner in Set(workload.pods.compactMap { $0.owner?.name }).sorted() where owner != workload.name {
      let kind = workload.kind == "CronJob" ? "Job" : "ReplicaSet"
      guard kind == "Job" || cluster.listsReplicaSets else { continue }
      objects.append(
        Self.object(
          kind, workload.namespace, owner, owner: (workload.kind, workload.name),
          members: [("spec", Self.mapping([("template", Self.template(workload))]))]))
    }
    return objects
  }

  private static func template(_ workload: Workload) -> String {
    mapping([
      ("metadata", mapping([("labels", mapping(workload.template))])),
      ("spec", podSpec(workload.ports, usesHostNetwork: workload.usesHostNetwork, on: nil)),
    ])
  }

  private static func podSpec(_ ports: [Port], usesHostNetwork: Bool, on node: String?) -> String {
    let declared = ports.map { port in
      var members = [("containerPort", "\(port.number)"), ("protocol", text(port.transport.name))]
      if let name = port.name { members.append(("name", text(name))) }
      return mapping(members)
    }
    var container = [("name", text("main")), ("ports", array(declared))]
    if let port = ports.first(where: \.isProbed) {
      container.append(("readinessProbe", mapping([("tcpSocket", mapping([("port", "\(port.number)")]))])))
    }
    var spec = [("containers", array([mapping(container)]))]
    if usesHostNetwork { spec.append(("hostNetwork", "true")) }
    if let node { spec.append(("nodeName", text(node))) }
    return mapping(spec)
  }

  private static func object(_ pod: Pod, _ workload: Workload, _ node: String) -> String {
    var status = [
      ("phase", text(pod.until == nil ? "Running" : "Succeeded")), ("startTime", text(pod.from.description)),
      ("podIP", text(pod.addresses[0].description)),
      ("podIPs", array(pod.addresses.map { mapping([("ip", text($0.description))]) })),
    ]
    if let until = pod.until, pod.tellsEnd {
      let ended = mapping([("terminated", mapping([("finishedAt", text(until.description))]))])
      status.append(("containerStatuses", array([mapping([("state", ended)])])))
    }
    return object(
      "Pod", workload.namespace, pod.name, labels: pod.labels, owner: pod.owner, created: pod.from,
      members: [
        ("spec", podSpec(pod.ports, usesHostNetwork: workload.usesHostNetwork, on: node)),
        ("status", mapping(status)),
      ])
  }
}

// Services, and JSON.
extension MadeWorld {
  private func object(_ service: Service) -> [String] {
    let ports = service.ports.map { port in
      var members = [
        ("name", Self.text(port.name)), ("port", "\(port.number)"), ("targetPort", port.target),
        ("protocol", Self.text(port.transport.name)),
      ]
      if let number = port.nodePort { members.append(("nodePort", "\(number)")) }
      return Self.mapping(members)
    }
    let addresses = service.addresses.map { Self.text($0.description) }
    var spec = [
      ("clusterIP", addresses.first ?? Self.text("None")),
      ("clusterIPs", Self.array(addresses.isEmpty ? [Self.text("None")] : addresses)),
      ("ports", Self.array(ports)), ("selector", Self.mapping(service.selector)),
    ]
    if service.keepsGuests { spec.append(("externalTrafficPolicy", Self.text("Local"))) }
    var members = [("spec", Self.mapping(spec))]
    if !service.balancers.isEmpty {
      let entries = service.balancers.map { Self.mapping([("ip", Self.text($0.description))]) }
      members.append(
        ("status", Self.mapping([("loadBalancer", Self.mapping([("ingress", Self.array(entries))]))])))
    }
    let written = Self.object("Service", service.namespace, service.name, members: members)
    guard service.workload == nil else { return [written] }
    let slice = Self.object(
      "EndpointSlice", service.namespace, service.name, labels: ["kubernetes.io/service-name": service.name],
      members: [
        (
          "endpoints",
          Self.array([
            Self.mapping([
              ("addresses", Self.array([Self.text(cluster.nodes[0].addresses[0].description)]))
            ])
          ])
        ),
        (
          "ports",
          Self.array([
            Self.mapping([("name", Self.text("https")), ("port", "6443"), ("protocol", Self.text("TCP"))])
          ])
        ),
      ])
    return [written, slice]
  }

  /// No name or label of a world has a letter that JSON would write in another way.
  private static func text(_ value: String) -> String { "\"\(value)\"" }
  private static func array(_ items: [String]) -> String { "[\(items.joined(separator: ","))]" }
  private static func mapping(_ members: [(String, String)]) -> String {
    "{\(members.map { "\"\($0)\":\($1)" }.joined(separator: ","))}"
  }
  private static func mapping(_ labels: [String: String]) -> String {
    mapping(labels.sorted { $0.key < $1.key }.map { ($0.key, text($0.value)) })
  }
}
