public import Documents
import Traffic

/// A story's cluster as its objects say it, read without the modules under test: who is there, and who could be.
public struct StoryCluster {
  /// A workload, with the labels that make a pod its own.
  struct Workload {
    let name: String
    let namespace: String
    let selector: [String: String]
    /// The pods of today, but for those that are over, and the one that the next roll-out brings.
    var pods: [NaiveEnd] = []
    /// All that its template puts on a pod.
    var labels: [String: String] = [:]

    var title: String { "\(namespace)/\(name)" }

    func owns(_ pod: NaiveEnd) -> Bool {
      pod.namespace == namespace && !selector.isEmpty
        && selector.allSatisfy { pod.labels[$0.key] == $0.value }
    }
  }

  /// Every workload, in order.
  let workloads: [Workload]
  /// The labels of the namespaces.
  public let namespaces: [String: [String: String]]
  /// The ports of Services, and those of their pods.
  public let servicePorts: [(port: Int, target: Int)]
  /// The addresses of Services.
  let serviceAddresses: [String]
  /// The addresses of the Service that names are asked of.
  let dnsAddresses: [String]
  /// The workloads behind it, with the ports that they answer at.
  let naming: [(title: String, port: Int)]
  /// Where the API server answers: at its Service, and at its own addresses.
  let apiServer: [(address: String, port: Int)]
  /// The addresses of Services that everybody outside may dial.
  let outsideAddresses: Set<String>
  /// The ranges that pods have their addresses from.
  let podRanges: [Prefix]
  /// The addresses of each machine.
  let machines: [String: [Address]]
  /// On which machines each workload has pods.
  let homes: [String: Set<String>]

  /// The cluster of the objects that kubectl printed.
  public init(_ list: Node) {
    let objects = list["items"]?.sequence ?? []
    func all(_ kind: String) -> [Node] { objects.filter { $0["kind"]?.string == kind } }
    let services = all("Service")
    namespaces = NaiveEvaluator(objects: objects).namespaces
    podRanges = all("Node").flatMap { $0[["spec", "podCIDRs"]]?.sequence ?? [] }
      .compactMap { $0.string.flatMap { Prefix($0) } }
    machines = Dictionary(
      all("Node").map { node in
        let told = (node[["status", "addresses"]]?.sequence ?? []).compactMap {
          $0["address"]?.string.flatMap { Address($0) }
        }
        return (node.name, told)
      }, uniquingKeysWith: { $0 + $1 })
    outsideAddresses = Set(
      services.flatMap { $0[["status", "loadBalancer", "ingress"]]?.sequence ?? [] }.compactMap {
        $0["ip"]?.string
      })
    serviceAddresses =
      services.flatMap { $0[["spec", "clusterIPs"]]?.sequence ?? [] }
      .compactMap(\.string).filter { $0 != "None" } + outsideAddresses.sorted()

    let dns = services.filter {
      "\($0.namespace)/\($0.name)" == "kube-system/kube-dns" || $0.name == "dns-default"
    }
    dnsAddresses = dns.flatMap { $0[["spec", "clusterIPs"]]?.sequence ?? [] }.compactMap(\.string)

    func isOfAPIServer(_ object: Node) -> Bool {
      object.namespace == "default"
        && (object.name == "kubernetes"
          || object[["metadata", "labels"]]?["kubernetes.io/service-name"]?.string == "kubernetes")
    }
    func numbers(_ ports: Node?) -> [Int] { (ports?.sequence ?? []).compactMap { $0["port"]?.integer } }
    let doors = services.filter(isOfAPIServer).flatMap { service in
      (service[["spec", "clusterIPs"]]?.sequence ?? []).compactMap(\.string).flatMap { address in
        numbers(service[["spec", "ports"]]).map { (address: address, port: $0) }
      }
    }
    apiServer =
      doors
      + all("EndpointSlice").filter(isOfAPIServer).flatMap { slice in
        (slice["endpoints"]?.sequence ?? []).flatMap { $0["addresses"]?.sequence ?? [] }.compactMap(\.string)
          .flatMap { address in numbers(slice["ports"]).map { (address: address, port: $0) } }
      }

    var workloads: [Workload] = []
    for object in objects {
      guard let workload = Self.workload(object) else { continue }
      workloads.append(workload)
    }
    var homes: [String: Set<String>] = [:]
    for object in all("Pod") {
      guard var pod = NaiveEnd(pod: object) else { continue }
      // What policies can't see needs no identity.
      guard !pod.isHostNetwork else { continue }
      if !workloads.contains(where: { $0.owns(pod) }) {
        workloads.append(
          Workload(name: object.name, namespace: object.namespace, selector: pod.labels, labels: pod.labels))
      }
      pod.name = "pod \(pod.name)"
      for index in workloads.indices where workloads[index].owns(pod) {
        // Replicas look alike but for what a roll-out changes: one of them, and tomorrow's.
        if workloads[index].pods.count < 2 { workloads[index].pods.append(pod) }
        if let home = object[["spec", "nodeName"]]?.string {
          homes[workloads[index].title, default: []].insert(home)
        }
      }
    }
    self.workloads = workloads.sorted { $0.title < $1.title }
    self.homes = homes
    naming = dns.flatMap { service in
      let selector = Self.texts(service[["spec", "selector"]])
      let behind = workloads.filter { workload in
        workload.namespace == service.namespace && selector.allSatisfy { workload.labels[$0.key] == $0.value }
      }
      return behind.flatMap { workload in
        Set(workload.pods.flatMap(\.ports).filter { $0.name.hasPrefix("dns") }.map(\.number)).sorted()
          .map { (workload.title, $0) }
      }
    }
    var ports: [(port: Int, target: Int)] = []
    for service in services {
      for port in service[["spec", "ports"]]?.sequence ?? [] {
        guard let number = port["port"]?.integer else { continue }
        if let target = port["targetPort"]?.integer { ports.append((number, target)) }
        if let name = port["targetPort"]?.string {
          let targets = workloads.flatMap(\.pods).flatMap(\.ports).filter { $0.name == name }.map(\.number)
          ports += Set(targets).sorted().map { (number, $0) }
        }
      }
    }
    servicePorts = ports
  }

  /// Who makes pods by a template: all that nobody else makes.
  private static func workload(_ object: Node) -> Workload? {
    guard object[["metadata", "ownerReferences"]] == nil, let kind = object["kind"]?.string,
      ["Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob"].contains(kind),
      let template = object[["spec", "template"]] ?? object[["spec", "jobTemplate", "spec", "template"]],
      template[["spec", "hostNetwork"]]?.bool != true
    else { return nil }
    var labels = texts(template[["metadata", "labels"]])
    let selector = texts(object[["spec", "selector", "matchLabels"]])
    // A Job's own selector is a number that no other run has: what people wrote are its template's other labels.
    let lasting = labels.filter { !$0.key.hasSuffix("controller-uid") && !$0.key.hasSuffix("job-name") }
    if kind == "Deployment" { labels["pod-template-hash"] = "tomorrow" }
    if kind == "StatefulSet" || kind == "DaemonSet" { labels["controller-revision-hash"] = "tomorrow" }
    var tomorrow = NaiveEnd(address: "")
    tomorrow.addresses = []
    tomorrow.name = "tomorrow's \(object.namespace)/\(object.name)"
    tomorrow.namespace = object.namespace
    tomorrow.labels = labels
    for port in (template[["spec", "containers"]]?.sequence ?? []).flatMap({ $0["ports"]?.sequence ?? [] }) {
      guard let number = port["containerPort"]?.integer else { continue }
      tomorrow.ports.append((port["name"]?.string ?? "", number, port["protocol"]?.string ?? "TCP"))
    }
    return Workload(
      name: object.name, namespace: object.namespace, selector: kind.hasSuffix("Job") ? lasting : selector,
      pods: [tomorrow], labels: labels)
  }

  private static func texts(_ node: Node?) -> [String: String] {
    Dictionary(
      (node?.mapping ?? []).map { ($0.key, $0.value.string ?? "") }, uniquingKeysWith: { first, _ in first })
  }

  /// Whether an address is a machine's: its own, or its tunnel's or bridge's, the first two of its pods' range.
  func isMachine(_ address: Address) -> Bool {
    machines.values.joined().contains(address)
      || podRanges.contains { $0.contains(address) && address.bits - $0.base.bits < 2 }
  }

  /// Whether an address is of the range of pods.
  func isPodAddress(_ address: Address) -> Bool { podRanges.contains { $0.contains(address) } }
}

extension Node {
  fileprivate var name: String { self[["metadata", "name"]]?.string ?? "" }
  fileprivate var namespace: String { self[["metadata", "namespace"]]?.string ?? "default" }
}
