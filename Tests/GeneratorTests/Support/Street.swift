import Kubernetes
import TestSupport
import Testing
import Traffic

@testable import Generator

/// A cluster written as manifests, and what was seen in it.
struct Street {
  var town = Town()

  /// Two machines, a client on the first, and whatever the YAML says.
  ///
  /// In it `at(N)` stands for the moment *N* seconds after the hour's beginning.
  init(_ yaml: String = "") throws {
    town.objects = try Self.read(Self.common + "\n---\n" + APIServerManifests.yaml + "---\n" + yaml)
  }

  private static func read(_ yaml: String) throws -> [ClusterObject] {
    var text = ""
    var rest = yaml[...]
    while let mark = rest.firstRange(of: "at(") {
      text += rest[..<mark.lowerBound]
      let number = rest[mark.upperBound...].prefix { $0 != ")" }
      text += "\"\(Town.start.advanced(bySeconds: try #require(Int64(number))))\""
      rest = rest[mark.upperBound...].dropFirst(number.count + 1)
    }
    let reading = try ClusterReading(Array((text + rest).utf8))
    try #require(reading.problems.isEmpty)
    return reading.objects
  }

  /// What became of it, a line an edge: ends with their kinds, port, conversations, bin and reason.
  var lines: [String] {
    town.learned().edges.map { edge in
      let remarks = edge.remarks.filter { $0 != .thin }.map { " [\($0.rawValue)]" }.joined()
      return
        "\(edge.client) → \(edge.server) \(edge.port)/\(edge.transport) ×\(edge.evidence.conversations)"
        + "\(edge.bin == .learned ? "" : " \(edge.bin.title)")\(edge.reason.map { ": \($0)" } ?? "")\(remarks)"
    }
  }

  private static let common = """
    kind: Node
    metadata: {name: node-a}
    spec: {podCIDR: 10.244.1.0/24}
    status: {addresses: [{type: InternalIP, address: 10.0.0.11}, {type: ExternalIP, address: 203.0.113.11}, {type: Hostname, address: node-a}]}
    ---
    kind: Node
    metadata: {name: node-b}
    spec: {podCIDRs: [10.244.2.0/24, "fd00:2::/64"]}
    status: {addresses: [{type: InternalIP, address: 10.0.0.12}, {type: InternalIP, address: "2001:db8::12"}]}
    ---
    kind: Deployment
    metadata: {name: web, namespace: shop}
    spec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: []}}}
    ---
    kind: Pod
    metadata: {name: web-1, namespace: shop, labels: {app: web}, ownerReferences: [{kind: Deployment, name: web, controller: true}]}
    spec: {nodeName: node-a, containers: []}
    status: {podIP: 10.244.1.5, startTime: at(-3600)}
    ---
    kind: Deployment
    metadata: {name: api, namespace: shop}
    spec: {selector: {matchLabels: {app: api}}, template: {metadata: {labels: {app: api}}, spec: {containers: []}}}
    ---
    kind: Pod
    metadata: {name: api-1, namespace: shop, labels: {app: api}, ownerReferences: [{kind: Deployment, name: api, controller: true}]}
    spec: {nodeName: node-b, containers: [{ports: [{name: http, containerPort: 8080}, {name: stats, containerPort: 8125, protocol: UDP}]}]}
    status: {podIP: 10.244.2.5, startTime: at(-3600)}
    """
}
