import Kubernetes
import Testing
import Traffic

@testable import Generator

/// Something that went wrong for somebody, and what should become of it.
struct Pain: CustomTestStringConvertible, Sendable {
  let pain: String
  var yaml = ""
  let seen: [Seen]
  let lines: [String]

  var testDescription: String { pain }

  /// Conversations of one row.
  struct Seen: Sendable {
    let client: String
    let server: String
    let port: UInt16
    var times: UInt64 = 5
    var transport = Transport.tcp
    var tier = Tier.used
    var recorder = "node-a"
    var minute: Int64 = 5

    init(
      _ client: String, _ server: String, _ port: UInt16, times: UInt64 = 5, _ transport: Transport = .tcp,
      _ tier: Tier = .used, recorder: String = "node-a", minute: Int64 = 5
    ) {
      self.client = client
      self.server = server
      self.port = port
      self.times = times
      self.transport = transport
      self.tier = tier
      self.recorder = recorder
      self.minute = minute
    }
  }

  /// What became of it.
  func outcome() throws -> [String] {
    var street = try Street(yaml)
    for row in seen {
      street.town.saw(
        row.client, row.server, row.port, row.tier, times: row.times, transport: row.transport,
        recorder: row.recorder, minute: row.minute)
    }
    return street.lines
  }
}

@Suite("Every kind of Service is folded into who answers behind it")
struct ServiceKindTests {
  private static let web = "10.244.1.5"
  private static let api = "10.244.2.5"
  private static let guest = "198.51.100.7"

  /// A Service of the API's pods, with whatever else its `spec` says.
  private static func service(_ spec: String, meta: String = "name: api", after: String = "") -> String {
    "kind: Service\nmetadata: {\(meta), namespace: shop}\nspec: {\(spec)}\n\(after)"
  }

  private static let nodePort = service(
    "clusterIP: 10.96.0.20, selector: {app: api}, ports: [{port: 80, targetPort: http, nodePort: 30080}]")

  @Test(
    "the pain",
    arguments: [
      Pain(
        pain: "a rule for port 80, where the pods listen on 8080",
        yaml: service("clusterIP: 10.96.0.20, selector: {app: api}, ports: [{port: 80, targetPort: 8080}]"),
        seen: [.init(web, "10.96.0.20", 80)], lines: ["shop/web → shop/api 8080/TCP ×5"]),
      Pain(
        pain: "a target port by name is the number that the pods give the name",
        yaml: service("clusterIP: 10.96.0.20, selector: {app: api}, ports: [{port: 80, targetPort: http}]"),
        seen: [.init(web, "10.96.0.20", 80)], lines: ["shop/web → shop/api 8080/TCP ×5"]),
      Pain(
        pain: "one name is 8080 in the old pods and 9090 in the new ones: both are needed",
        yaml: service(
          "clusterIP: 10.96.0.20, selector: {app: api}, ports: [{port: 80, targetPort: http}]",
          after: """
            ---
            kind: Pod
            metadata: {name: api-2, namespace: shop, labels: {app: api}, ownerReferences: [{kind: Deployment, name: api, controller: true}]}
            spec: {nodeName: node-b, containers: [{ports: [{name: http, containerPort: 9090}]}]}
            status: {podIP: 10.244.2.6, startTime: at(-60)}
            """),
        seen: [.init(web, "10.96.0.20", 80)],
        lines: ["shop/web → shop/api 8080/TCP ×5", "shop/web → shop/api 9090/TCP ×5"]),
      Pain(
        pain: "a name that no pod gives a port leads nowhere, and is not a port of its own",
        yaml: service("clusterIP: 10.96.0.20, selector: {app: api}, ports: [{port: 80, targetPort: grpc}]"),
        seen: [.init(web, "10.96.0.20", 80)], lines: ["shop/web → service shop/api 80/TCP ×5"]),
      Pain(
        pain: "a headless Service has no address: its pods are dialled themselves",
        yaml: service("clusterIP: None, selector: {app: api}, ports: [{port: 80, targetPort: 8080}]"),
        seen: [.init(web, api, 8080)], lines: ["shop/web → shop/api 8080/TCP ×5"]),
      Pain(
        pain: "a node port dialled from outside is no port of the machine", yaml: nodePort,
        seen: [.init(guest, "10.0.0.11", 30080)],
        lines: ["198.51.100.7 → shop/api 8080/TCP ×5 baseline: ingress from outside"]),
      Pain(
        pain: "a node port dialled from a pod, at a machine where no backend runs", yaml: nodePort,
        seen: [.init(web, "10.0.0.11", 30080)], lines: ["shop/web → shop/api 8080/TCP ×5"]),
      Pain(
        pain: "a node port at a machine's external address, and by IPv6", yaml: nodePort,
        seen: [.init(guest, "203.0.113.11", 30080), .init(web, "2001:db8::12", 30080)],
        lines: [
          "shop/web → shop/api 8080/TCP ×5",
          "198.51.100.7 → shop/api 8080/TCP ×5 baseline: ingress from outside",
        ]),
      Pain(
        pain: "a port of a machine that is no node port is the machine's", yaml: nodePort,
        seen: [.init(web, "10.0.0.12", 30081)], lines: ["shop/web → node node-b 30081/TCP ×5"]),
      Pain(
        pain: "a load balancer's address, dialled from within",
        yaml: service(
          "clusterIP: 10.96.0.20, selector: {app: api}, ports: [{port: 443, targetPort: 8080}]",
          after: "status: {loadBalancer: {ingress: [{ip: 192.0.2.80}]}}"),
        seen: [.init(web, "192.0.2.80", 443), .init(guest, "192.0.2.80", 443, times: 2)],
        lines: [
          "shop/web → shop/api 8080/TCP ×5",
          "198.51.100.7 → shop/api 8080/TCP ×2 baseline: ingress from outside",
        ]),
      Pain(
        pain: "an external address that somebody gave the Service",
        yaml: service(
          "clusterIP: 10.96.0.20, externalIPs: [192.0.2.81], selector: {app: api}, ports: [{port: 443, targetPort: 8080}]"
        ),
        seen: [.init(web, "192.0.2.81", 443)], lines: ["shop/web → shop/api 8080/TCP ×5"]),
      Pain(
        pain: "a load balancer that lends a machine's address: other ports stay the machine's",
        yaml: service(
          "clusterIP: 10.96.0.20, selector: {app: api}, ports: [{port: 443, targetPort: 8080}]",
          after: "status: {loadBalancer: {ingress: [{ip: 10.0.0.12}]}}"),
        seen: [.init(web, "10.0.0.12", 443), .init(web, "10.0.0.12", 9100, times: 1)],
        lines: ["shop/web → shop/api 8080/TCP ×5", "shop/web → node node-b 9100/TCP ×1"]),
      Pain(
        pain: "a Service without a selector leads to the pod, the machine and the stranger in its slices",
        yaml: service(
          "clusterIP: 10.96.0.30, ports: [{port: 3306}]", meta: "name: legacy",
          after: """
            ---
            kind: EndpointSlice
            metadata: {name: legacy-1, namespace: shop, labels: {kubernetes.io/service-name: legacy}}
            endpoints: [{addresses: [\(api)]}, {addresses: [10.0.0.12]}]
            ports: [{port: 3306}]
            ---
            kind: EndpointSlice
            metadata: {name: legacy-2, namespace: shop, labels: {kubernetes.io/service-name: legacy}}
            endpoints: [{addresses: [192.0.2.9]}]
            ports: [{port: 3307}]
            """),
        seen: [.init(web, "10.96.0.30", 3306)],
        lines: [
          "shop/web → shop/api 3306/TCP ×5", "shop/web → node node-b 3306/TCP ×5",
          "shop/web → 192.0.2.9 3307/TCP ×5",
        ]),
      Pain(
        pain: "slices that are gone lead nowhere, and those of later nowhere yet",
        yaml: service(
          "clusterIP: 10.96.0.30, ports: [{port: 3306}]", meta: "name: legacy",
          after: """
            ---
            kind: EndpointSlice
            metadata: {name: legacy-1, namespace: shop, creationTimestamp: at(-600), deletionTimestamp: at(60), labels: {kubernetes.io/service-name: legacy}}
            endpoints: [{addresses: [192.0.2.8]}]
            ports: [{port: 3306}]
            ---
            kind: EndpointSlice
            metadata: {name: legacy-2, namespace: shop, creationTimestamp: at(1200), labels: {kubernetes.io/service-name: legacy}}
            endpoints: [{addresses: [192.0.2.9]}]
            ports: [{port: 3306}]
            """),
        seen: [.init(web, "10.96.0.30", 3306, minute: 10), .init(web, "10.96.0.30", 3306, minute: 30)],
        lines: ["shop/web → service shop/legacy 3306/TCP ×5", "shop/web → 192.0.2.9 3306/TCP ×5"]),
      Pain(
        pain: "a session to a Service with no backend is refused, and nobody's need",
        yaml: service(
          "clusterIP: 10.96.0.40, selector: {app: ghost}, ports: [{port: 80}]", meta: "name: ghost"),
        seen: [.init(web, "10.96.0.40", 80, .tcp, .refused)],
        lines: ["shop/web → service shop/ghost 80/TCP ×5 quarantined: refused"]),
      Pain(
        pain: "a port that the Service doesn't offer is not guessed to be another one",
        yaml: service("clusterIP: 10.96.0.20, selector: {app: api}, ports: [{port: 80, targetPort: 8080}]"),
        seen: [.init(web, "10.96.0.20", 81, .tcp, .refused)],
        lines: ["shop/web → service shop/api 81/TCP ×5 quarantined: refused"]),
      Pain(
        pain: "an address that one Service had after another is the one's and then the other's",
        yaml: service(
          "clusterIP: 10.96.0.50, selector: {app: api}, ports: [{port: 80, targetPort: 8080}]",
          meta: "name: old, creationTimestamp: at(-600), deletionTimestamp: at(1200)",
          after: """
            ---
            kind: Service
            metadata: {name: new, namespace: shop, creationTimestamp: at(1800)}
            spec: {clusterIP: 10.96.0.50, selector: {app: web}, ports: [{port: 80, targetPort: 3000}]}
            """),
        seen: [
          .init(web, "10.96.0.50", 80, minute: 10), .init(api, "10.96.0.50", 80, times: 2, minute: 40),
          .init(web, "10.96.0.50", 80, times: 1, minute: 25),
        ],
        lines: [
          "shop/api → shop/web 3000/TCP ×2", "shop/web → shop/api 8080/TCP ×5",
          "shop/web → 10.96.0.50 80/TCP ×1 unattributed: unknown: the Service shop/new had it at another time",
        ]),
      Pain(
        pain: "datagrams seen before and behind a Service are counted once, by whoever saw most",
        yaml: service(
          "clusterIP: 10.96.0.20, selector: {app: api}, ports: [{port: 8125, protocol: UDP, targetPort: stats}]"
        ),
        seen: [
          .init(web, "10.96.0.20", 8125, times: 7, .udp, .replied),
          .init(web, api, 8125, times: 6, .udp, .replied, recorder: "node-b"),
          .init(web, api, 8125, times: 5, .udp, .replied),
        ], lines: ["shop/web → shop/api 8125/UDP ×7"]),
      Pain(
        pain: "what two recorders saw in two hours is not the same traffic: hours add up",
        seen: [
          .init(web, api, 8080, times: 5, recorder: "a", minute: 5),
          .init(web, api, 8080, times: 3, recorder: "b", minute: 6),
          .init(web, api, 8080, times: 4, recorder: "b", minute: 65),
        ], lines: ["shop/web → shop/api 8080/TCP ×9"]),
    ])
  func kinds(of pain: Pain) throws {
    #expect(try pain.outcome() == pain.lines)
  }

  @Test("a Service that is a name only gives the stranger behind it that name, and no backend")
  func externalName() throws {
    var street = try Street(
      """
      kind: Service
      metadata: {name: db, namespace: shop}
      spec: {type: ExternalName, externalName: db.example.com}
      ---
      kind: Service
      metadata: {name: api, namespace: shop}
      spec: {clusterIP: None, selector: {app: api}, ports: [{port: 80}]}
      ---
      kind: Service
      metadata: {name: kube-dns, namespace: kube-system}
      spec: {clusterIP: 10.96.0.10, selector: {k8s-app: kube-dns}, ports: [{port: 53, protocol: UDP}]}
      """)
    street.town.answered(Self.web, "db.shop.svc.cluster.local", "198.51.100.9")
    street.town.answered(Self.web, "api.shop.svc.cluster.local", "198.51.100.9")
    street.town.saw(Self.web, "198.51.100.9", 5432)
    let edge = try #require(street.town.learned().edges.first)
    #expect(edge.server == .external(Town.ip("198.51.100.9")))
    #expect(edge.evidence.names == ["db.shop.svc.cluster.local"])
    #expect(edge.remarks == [.publicName])
  }
}
