import Kubernetes
import Traffic

// The objects of the cluster, as kubectl prints them.
extension StoreCluster {
  /// How many workloads a namespace has.
  private static let neighbours = 50

  /// Where a workload lives and what it is called.
  static func id(of workload: Int) -> WorkloadID {
    switch workload {
    case names: WorkloadID(namespace: "kube-system", kind: "Deployment", name: "coredns")
    case metrics: WorkloadID(namespace: "monitoring", kind: "Deployment", name: "prometheus")
    default:
      WorkloadID(namespace: "team-\(workload / neighbours)", kind: "Deployment", name: "w\(workload)")
    }
  }

  /// The labels by which a workload finds its pods.
  static func labels(of workload: Int) -> Labels {
    workload == names ? ["k8s-app": "kube-dns"] : ["app": id(of: workload).name]
  }

  /// The namespaces that teams look after: all but the cluster's own.
  var namespaces: Set<String> {
    Set(workloads.indices.map { Self.id(of: $0).namespace }).subtracting([Self.id(of: Self.names).namespace])
  }

  /// All objects.
  var objects: String {
    let nodes = Self.nodes.map { number in
      """
      {"kind":"Node","metadata":{"name":"node-\(number)",\(Self.created)},\
      "status":{"addresses":[{"type":"InternalIP","address":"192.168.0.\(number)"}]}}
      """
    }
    let items = workloads.indices.flatMap { place in
      [deployment(place), replicaSet(place)] + pods(of: place) + (service(place).map { [$0] } ?? [])
    }
    let spaces = (namespaces + [Self.id(of: Self.names).namespace]).sorted().map { name in
      "{\"kind\":\"Namespace\",\"metadata\":{\"name\":\"\(name)\",\(Self.created)}}"
    }
    return "{\"kind\":\"List\",\"items\":[\((spaces + nodes + items).joined(separator: ",\n"))]}"
  }

  private static let created = "\"creationTimestamp\":\"2026-01-01T00:00:00Z\""

  private func meta(_ workload: Int, _ suffix: String = "", _ more: String = "") -> String {
    let id = Self.id(of: workload)
    return
      "\"metadata\":{\"name\":\"\(id.name)\(suffix)\",\"namespace\":\"\(id.namespace)\",\(Self.created)\(more)}"
  }

  private func selector(_ workload: Int) -> String { Self.json(Self.labels(of: workload)) }

  private static func json(_ labels: Labels) -> String {
    "{\(labels.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\"\($0.value)\"" }.joined(separator: ","))}"
  }

  private func template(_ workload: Int) -> Labels {
    Self.labels(of: workload).merging(["pod-template-hash": "5d\(workload)"]) { own, _ in own }
  }

  private func spec(_ workload: Int) -> String {
    let own = Self.ports(of: workload).pods
    let ports =
      workload == Self.names
      ? "{\"name\":\"dns\",\"containerPort\":53,\"protocol\":\"UDP\"},{\"name\":\"dns-tcp\",\"containerPort\":53}"
      : "{\"name\":\"main\",\"containerPort\":\(own)},"
        + "{\"name\":\"metrics\",\"containerPort\":\(Self.metricsPort)}"
    return "\"containers\":[{\"ports\":[\(ports)]}]"
  }

  private func deployment(_ workload: Int) -> String {
    """
    {"kind":"Deployment",\(meta(workload)),"spec":{"selector":{"matchLabels":\(selector(workload))},\
    "template":{"metadata":{"labels":\(selector(workload))},"spec":{\(spec(workload))}}}}
    """
  }

  private func replicaSet(_ workload: Int) -> String {
    let labels = Self.json(template(workload))
    return """
      {"kind":"ReplicaSet",\(meta(workload, "-5d\(workload)", owner("Deployment", workload))),\
      "spec":{"selector":{"matchLabels":\(labels)},\
      "template":{"metadata":{"labels":\(labels)},"spec":{\(spec(workload))}}}}
      """
  }

  private func owner(_ kind: String, _ workload: Int, _ suffix: String = "") -> String {
    let name = Self.id(of: workload).name + suffix
    return ",\"ownerReferences\":[{\"kind\":\"\(kind)\",\"name\":\"\(name)\",\"controller\":true}]"
  }

  private func pods(of workload: Int) -> [String] {
    workloads[workload].enumerated().map { number, pod in
      let more =
        ",\"labels\":\(Self.json(template(workload)))" + owner("ReplicaSet", workload, "-5d\(workload)")
      return """
        {"kind":"Pod",\(meta(workload, "-5d\(workload)-\(number)", more)),\
        "spec":{"nodeName":"node-\(pod.node)",\(spec(workload))},\
        "status":{"phase":"Running","podIP":"\(pod.address)","startTime":"2026-01-01T00:00:00Z"}}
        """
    }
  }

  /// A Service for everybody but the one whose address the cluster's names have.
  private func service(_ workload: Int) -> String? {
    let address = Self.service(of: workload)
    guard workload == Self.names || address != Self.service(of: Self.names) else { return nil }
    let (port, target) = Self.ports(of: workload)
    let ports =
      workload == Self.names
      ? "{\"port\":53,\"protocol\":\"UDP\"},{\"port\":53,\"protocol\":\"TCP\"}"
      : "{\"port\":\(port),\"targetPort\":\(target)}"
    return """
      {"kind":"Service",\(meta(workload)),"spec":{"clusterIP":"\(address)",\
      "selector":\(selector(workload)),"ports":[\(ports)]}}
      """
  }
}
