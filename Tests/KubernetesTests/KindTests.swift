import Documents
import Testing
import Traffic

@testable import Kubernetes

@Suite("What is read of each kind")
struct KindTests {
  private static func read(_ text: String) throws -> ClusterReading {
    let reading = try ClusterReading(Array(text.utf8))
    #expect(reading.problems.isEmpty)
    for object in reading.objects {
      #expect(try ClusterObject.read(object.document) == object, "\(object.kind) is kept as something else")
    }
    return reading
  }

  @Test("a policy in force is kept with its times and without its annotations")
  func policy() throws {
    let reading = try Self.read(
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: db, namespace: shop, uid: u, resourceVersion: "7", creationTimestamp: "2026-11-20T09:00:00Z",
        annotations: {note: secret}, labels: {team: a}}
      spec:
        podSelector: {matchLabels: {app: db}}
        policyTypes: [Ingress]
        ingress:
        - from: [{podSelector: {matchLabels: {app: api}}}]
          ports: [{port: 5432, protocol: TCP}]
      """)
    let policy = try #require(Inventory(reading.objects).policies.first)
    #expect(policy.meta.created == Instant("2026-11-20T09:00:00Z"))
    #expect(policy.meta.labels == ["team": "a"])
    #expect(policy.policy.annotations.isEmpty)
    #expect(policy.policy.subject.matches(["app": "db"]))
    #expect(policy.policy.ingress.count == 1)
  }

  @Test("a policy that the API server would refuse is told with the field, and the rest is read")
  func brokenPolicy() throws {
    let reading = try ClusterReading(
      Array(
        """
        kind: NetworkPolicy
        metadata: {name: db, namespace: shop}
        spec: {podSelector: {}, ingress: [{ports: [{port: 99999}]}]}
        ---
        kind: Namespace
        metadata: {name: shop}
        """.utf8))
    #expect(reading.objects.map(\.kind) == ["Namespace"])
    #expect(reading.problems.count == 1)
    #expect(reading.problems[0].message.contains("NetworkPolicy `shop/db`"))
    #expect(reading.problems[0].message.contains("spec.ingress[0].ports[0].port"))
    #expect(reading.problems[0].position?.line == 1)
  }

  @Test(
    "of a monitor is kept whom it asks, where, and on which ports",
    arguments: [
      ("ServiceMonitor", "monitoring.coreos.com/v1", "endpoints", true),
      ("PodMonitor", "monitoring.coreos.com/v1", "podMetricsEndpoints", false),
      ("VMServiceScrape", "operator.victoriametrics.com/v1beta1", "endpoints", true),
      ("VMPodScrape", "operator.victoriametrics.com/v1beta1", "podMetricsEndpoints", false),
    ])
  func monitor(kind: String, version: String, endpoints: String, meansServices: Bool) throws {
    let reading = try Self.read(
      """
      apiVersion: \(version)
      kind: \(kind)
      metadata: {name: api, namespace: monitoring}
      spec:
        selector: {matchLabels: {app: api}}
        namespaceSelector: {matchNames: [shop, pay]}
        \(endpoints):
        - {port: metrics, path: /m, bearerTokenSecret: {key: token, name: secret}}
        - {targetPort: 9090}
        - {targetPort: admin}
      """)
    let monitor = try #require(Inventory(reading.objects).monitors.first)
    #expect(monitor.meansServices == meansServices)
    #expect(monitor.selector.matches(["app": "api"]) && !monitor.selector.matches(["app": "db"]))
    #expect(monitor.namespaces == .named(["shop", "pay"]))
    #expect(monitor.ports == [.named("metrics"), .target(.number(9090)), .target(.name("admin"))])
  }

  @Test(
    "a monitor looks in its own namespace, unless it says everywhere",
    arguments: [("", Monitor.Namespaces.own), ("namespaceSelector: {any: true}", .every)])
  func monitorScope(written: String, expected: Monitor.Namespaces) throws {
    let reading = try Self.read(
      "kind: PodMonitor\nmetadata: {name: a}\nspec: {selector: {}, \(written)}\n")
    #expect(Inventory(reading.objects).monitors.map(\.namespaces) == [expected])
  }

  @Test(
    "Endpoints are backends like slices, each part with its own ports, where no slice tells of the Service")
  func endpoints() throws {
    let endpoints = """
      apiVersion: v1
      kind: Endpoints
      metadata: {name: db, namespace: shop, uid: e}
      subsets:
      - {addresses: [{ip: 10.0.0.1, hostname: x}], notReadyAddresses: [{ip: 10.0.0.2}], ports: [{port: 5432}]}
      - {addresses: [{ip: 10.0.0.3}], ports: [{name: dns, port: 53, protocol: UDP}]}

      """
    let slices = Inventory(try Self.read(endpoints).objects).slices
    #expect(slices.map(\.service) == ["db", "db"])
    #expect(slices.map { $0.addresses.map(\.description) } == [["10.0.0.1", "10.0.0.2"], ["10.0.0.3"]])
    #expect(slices.map { $0.ports.map(\.number) } == [[5432], [53]])
    let slice = """
      ---
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata: {name: db-x1, namespace: shop, labels: {kubernetes.io/service-name: db}}
      endpoints: [{addresses: [10.0.0.9]}]
      """
    let both = Inventory(try Self.read(endpoints + slice).objects).slices
    #expect(both.flatMap(\.addresses).map(\.description) == ["10.0.0.9"])
  }

  @Test("of a Service are kept all its addresses, its node ports, and the names in DNS that stand for it")
  func services() throws {
    let reading = try Self.read(
      """
      apiVersion: v1
      kind: Service
      metadata: {name: web, namespace: shop}
      spec:
        type: LoadBalancer
        clusterIP: 10.96.0.7
        clusterIPs: [10.96.0.7, "fd00::7"]
        externalIPs: [192.0.2.4]
        externalTrafficPolicy: Local
        ports: [{port: 80, targetPort: http, nodePort: 30080}]
      status: {loadBalancer: {ingress: [{ip: 198.51.100.7}, {hostname: LB.example.org.}]}}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: mail, namespace: shop}
      spec: {type: ExternalName, externalName: smtp.example.org}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: db, namespace: shop}
      spec: {clusterIP: None, clusterIPs: [None], selector: {app: db}}
      """)
    let services = Inventory(reading.objects).services
    #expect(services.map(\.meta.name) == ["db", "mail", "web"])
    #expect(services[0].addresses.isEmpty && services[0].selector == ["app": "db"])
    #expect(services[1].externalName == "smtp.example.org" && services[1].addresses.isEmpty)
    #expect(
      services[2].addresses.map(\.description) == ["10.96.0.7", "fd00::7", "192.0.2.4", "198.51.100.7"])
    #expect(services[2].balancerNames == ["lb.example.org"])
    #expect(services[2].ports.first?.nodePort == 30080)
    #expect(services.map(\.keepsGuests) == [false, false, true])
    for service in services {
      let object = ClusterObject.service(service)
      #expect(try ClusterObject.read(object.document)?.told(at: object.meta.told) == object)
    }
  }

  @Test(
    "of annotations only that somebody wants to be asked for metrics is kept, and where",
    arguments: [
      ("{prometheus.io/scrape: \"true\", prometheus.io/port: \"9102\", note: x}", ScrapeRequest(port: 9102)),
      ("{prometheus.io/scrape: \"true\"}", ScrapeRequest()),
      ("{prometheus.io/scrape: \"true\", prometheus.io/port: secret}", ScrapeRequest()),
      ("{prometheus.io/scrape: \"false\", prometheus.io/port: \"9102\"}", nil),
      ("{prometheus.io/port: \"9102\"}", nil), ("7", nil),
    ])
  func scrape(annotations: String, expected: ScrapeRequest?) throws {
    for kind in ["Pod", "Service"] {
      let reading = try Self.read("kind: \(kind)\nmetadata: {name: x, annotations: \(annotations)}\n")
      #expect(reading.objects.map(\.meta.scrape) == [expected])
      let kept = try #require(reading.objects.first).document
      #expect((kept[["metadata", "annotations"]] == nil) == (expected == nil))
    }
  }

  @Test("a Rollout without a template has that of the Deployment it names")
  func borrowedTemplate() throws {
    let reading = try Self.read(
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Rollout
      metadata: {name: api, namespace: shop}
      spec: {workloadRef: {apiVersion: apps/v1, kind: Deployment, name: api-old}}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: api-old, namespace: shop}
      spec: {selector: {matchLabels: {app: api}}, template: {metadata: {labels: {app: api}}}}
      """)
    let rollout = Inventory(reading.objects).workloads[
      WorkloadID(namespace: "shop", kind: "Rollout", name: "api")]
    #expect(rollout?.templateLabels == ["app": "api"])
    #expect(rollout?.selector?.matches(["app": "api"]) == true)
  }

  @Test(
    "a kind of another API group is not the kind of that name",
    arguments: [
      ("Service", "serving.knative.dev/v1"), ("Job", "batch.volcano.sh/v1alpha1"),
      ("NetworkPolicy", "projectcalico.org/v3"), ("Node", "longhorn.io/v1beta2"),
    ])
  func otherGroups(kind: String, version: String) throws {
    let reading = try Self.read(
      "apiVersion: \(version)\nkind: \(kind)\nmetadata: {name: x}\nspec: {selector: all()}\n")
    #expect(reading.objects.isEmpty)
    #expect(reading.passedOver == ["\(kind) of another API group": 1])
  }
}
