import Generator
import Kubernetes
import TestSupport
import Testing
import Traffic

/// A small cluster written as manifests, what was seen in it, and policies to play that through.
///
/// `shop/web` asks `shop/api` on 8080; there are `other/guest`, two machines and the API server.
struct Market {
  private var objects: [ClusterObject]
  private var facts: [Fact] = []

  /// The hour in which everything happens.
  static let start = Instant(seconds: 1_763_600_400)

  /// The cluster with more objects beside, and a table of addresses.
  init(_ yaml: String = "", table: String = "") throws {
    objects = try Self.read(Self.common + "\n---\n" + APIServerManifests.yaml + "---\n" + yaml)
    if !table.isEmpty { objects += try Self.read(table) }
  }

  /// Conversations of one hour.
  mutating func saw(
    _ client: String, _ server: String, _ port: UInt16, _ tier: Tier = .used, times: UInt64 = 5,
    transport: Transport = .tcp
  ) throws {
    let moment = Self.start.advanced(bySeconds: 300)
    let key = Fact.Key(
      hour: moment.hour, recorder: "node-a", client: try #require(Address(client)),
      server: try #require(Address(server)), port: port, transport: transport, tier: tier,
      direction: .opening)
    facts.append(
      try #require(Fact(key: key, conversations: times, activity: Activity(at: moment))))
  }

  /// What follows from it, about these namespaces.
  func learned(
    _ namespaces: String..., plugin: NetworkPlugin.Name? = nil, decisions: Decisions = Decisions()
  ) -> Learned {
    var options = Options()
    options.plugin = plugin
    options.decisions = decisions
    return Learned(Facts(conversations: facts), Inventory(objects), options).about(Set(namespaces))
  }

  /// Policies as they are written, in a file `p.yaml`.
  static func policies(_ yaml: String) throws -> [NetworkPolicy] {
    let reading = ManifestReading(Array(yaml.utf8), file: "p.yaml", home: "shop")
    try #require(reading.problems.isEmpty, "\(reading.problems)")
    return reading.policies
  }

  private static func read(_ yaml: String) throws -> [ClusterObject] {
    let reading = try ClusterReading(Array(yaml.utf8))
    try #require(reading.problems.isEmpty)
    return reading.objects
  }

  private static let common = """
    kind: Node
    metadata: {name: node-a}
    spec: {podCIDRs: [10.244.1.0/24, "fd00:1::/64"]}
    status: {addresses: [{type: InternalIP, address: 10.0.0.11}]}
    ---
    kind: Node
    metadata: {name: node-b}
    spec: {podCIDR: 10.244.2.0/24}
    status: {addresses: [{type: InternalIP, address: 10.0.0.12}]}
    ---
    kind: Deployment
    metadata: {name: web, namespace: shop}
    spec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: []}}}
    ---
    kind: Pod
    metadata: {name: web-1, namespace: shop, labels: {app: web, pod-template-hash: a}, ownerReferences: [{kind: Deployment, name: web, controller: true}]}
    spec: {nodeName: node-a, containers: []}
    status: {podIP: 10.244.1.5, podIPs: [{ip: 10.244.1.5}, {ip: "fd00:1::5"}], startTime: "2025-11-19T00:00:00Z"}
    ---
    kind: Deployment
    metadata: {name: api, namespace: shop}
    spec: {selector: {matchLabels: {app: api}}, template: {metadata: {labels: {app: api}}, spec: {containers: []}}}
    ---
    kind: Pod
    metadata: {name: api-1, namespace: shop, labels: {app: api, pod-template-hash: b}, ownerReferences: [{kind: Deployment, name: api, controller: true}]}
    spec: {nodeName: node-a, containers: [{ports: [{name: http, containerPort: 8080}]}]}
    status: {podIP: 10.244.1.6, podIPs: [{ip: 10.244.1.6}, {ip: "fd00:1::6"}], startTime: "2025-11-19T00:00:00Z"}
    ---
    kind: Pod
    metadata: {name: guest, namespace: other, labels: {app: guest}}
    spec: {nodeName: node-b, containers: []}
    status: {podIP: 10.244.2.5, startTime: "2025-11-19T00:00:00Z"}
    ---
    kind: Service
    metadata: {name: api, namespace: shop}
    spec: {clusterIP: 10.96.0.20, selector: {app: api}, ports: [{port: 80, targetPort: 8080}]}
    """
}
