public import Documents

/// One end of a connection as the second evaluator sees it, read from the object without the module under test.
public struct NaiveEnd {
  /// `namespace/name` of a pod; of anything else its address.
  public var name: String
  /// The namespace of a pod.
  public var namespace: String?
  /// The labels of a pod.
  public var labels: [String: String] = [:]
  /// The ports that a pod declares.
  public var ports: [(name: String, number: Int, protocol: String)] = []
  /// The addresses it has.
  public var addresses: [String] = []
  /// Whether it stands in its machine's own network.
  public var isHostNetwork = false

  /// Only a pod outside the host network has an identity that policies see.
  public var isPod: Bool { namespace != nil && !isHostNetwork }

  /// Something outside the cluster.
  public init(address: String) {
    name = address
    addresses = [address]
  }

  /// The pod of an object; nil where it is over, because its address may be somebody else's.
  public init?(pod object: Node) {
    let phase = object["status"]?["phase"]?.string
    guard phase != "Succeeded", phase != "Failed" else { return nil }
    let namespace = object["metadata"]?["namespace"]?.string ?? "default"
    self.namespace = namespace
    name = "\(namespace)/\(object["metadata"]?["name"]?.string ?? "")"
    for label in object["metadata"]?["labels"]?.mapping ?? [] { labels[label.key] = label.value.string }
    isHostNetwork = object["spec"]?["hostNetwork"]?.bool ?? false
    for container in object["spec"]?["containers"]?.sequence ?? [] {
      for port in container["ports"]?.sequence ?? [] {
        guard let number = port["containerPort"]?.integer else { continue }
        ports.append((port["name"]?.string ?? "", number, port["protocol"]?.string ?? "TCP"))
      }
    }
    addresses = (object["status"]?["podIPs"]?.sequence ?? []).compactMap { $0["ip"]?.string }
  }
}
