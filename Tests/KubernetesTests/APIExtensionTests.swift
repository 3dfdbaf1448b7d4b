import Documents
import Testing

@testable import Kubernetes

@Suite("Whom the API server calls")
struct APIExtensionTests {
  private static func read(_ text: String) throws -> ClusterReading {
    let reading = try ClusterReading(Array(text.utf8))
    #expect(reading.problems.isEmpty)
    for object in reading.objects {
      #expect(
        try ClusterObject.read(object.document)?.told(at: object.meta.told) == object,
        "\(object.kind) is kept as something else")
    }
    return reading
  }

  /// Every object with the Services that are called.
  private static func called(_ objects: [ClusterObject]) -> [String] {
    Inventory(objects).apiExtensions.map { called in
      let services = called.services.map { "\($0.namespace)/\($0.name):\($0.port)" }
      return "\(called.meta.name) \(services.joined(separator: " "))"
    }
  }

  @Test("of a webhook are kept the Service and its port; one with a URL is only counted")
  func webhooks() throws {
    let reading = try Self.read(
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingWebhookConfiguration
      metadata: {name: checks}
      webhooks:
      - {name: a.x, clientConfig: {caBundle: c2VjcmV0, service: {namespace: pol, name: gate, path: /v}}}
      - {name: b.x, clientConfig: {service: {namespace: pol, name: gate, port: 8443}}}
      - {name: c.x, clientConfig: {service: {namespace: pol, name: gate}}}
      - {name: d.x, clientConfig: {url: "https://example.org/secret"}}
      """)
    #expect(Self.called(reading.objects) == ["checks pol/gate:443 pol/gate:8443"])
    let configuration = try #require(Inventory(reading.objects).apiExtensions.first)
    #expect(configuration.meta.namespace.isEmpty && !configuration.servesAPIs)
    #expect(configuration.outside == 1)
  }

  /// An API that a Service answers for, as Metrics Server installs it, and one with another port.
  private static let apis = """
    apiVersion: apiregistration.k8s.io/v1
    kind: APIService
    metadata:
      labels: {k8s-app: metrics-server}
      name: v1beta1.metrics.k8s.io
      resourceVersion: "812"
      uid: 5d3c
    spec:
      group: metrics.k8s.io
      groupPriorityMinimum: 100
      insecureSkipTLSVerify: true
      service: {name: metrics-server, namespace: kube-system}
      version: v1beta1
      versionPriority: 100
    status:
      conditions:
      - {lastTransitionTime: "2026-11-20T09:00:00Z", message: all checks passed, status: "True", type: Available}
    ---
    apiVersion: apiregistration.k8s.io/v1
    kind: APIService
    metadata: {name: v1beta1.external.metrics.k8s.io}
    spec: {service: {name: keda-metrics, namespace: keda, port: 6443}}

    """

  @Test("an API that a Service serves is kept with its port, and one of the API server's own is passed over")
  func services() throws {
    let own = """
      ---
      apiVersion: apiregistration.k8s.io/v1
      kind: APIService
      metadata: {name: v1.apps}
      spec: {group: apps, groupPriorityMinimum: 17800, version: v1, versionPriority: 15}
      ---
      apiVersion: apiregistration.k8s.io/v1
      kind: APIService
      metadata: {name: v1.}
      spec: {service: null, version: v1}
      """
    let reading = try Self.read(Self.apis + own)
    #expect(
      Self.called(reading.objects) == [
        "v1beta1.external.metrics.k8s.io keda/keda-metrics:6443",
        "v1beta1.metrics.k8s.io kube-system/metrics-server:443",
      ])
    #expect(Inventory(reading.objects).apiExtensions.allSatisfy { $0.servesAPIs })
    #expect(reading.passedOver == ["APIService": 2])
    #expect(reading.objects.allSatisfy { $0.isClusterWide && $0.meta.namespace.isEmpty })
  }

  /// A kind of objects in two versions, as operators install them.
  private static func definition(_ name: String, _ conversion: String) -> String {
    """
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata: {name: \(name).example.org}
    spec:
      \(conversion)
      group: example.org
      names: {kind: Thing, plural: things}
      scope: Namespaced
      versions:
      - name: v1
        schema: {openAPIV3Schema: {properties: {spec: {properties: {service: {type: string}}}}}}
        served: true
        storage: true
    ---

    """
  }

  @Test("of a kind is kept who converts its versions; one that nobody in the cluster converts is passed over")
  func definitions() throws {
    let reading = try Self.read(
      [
        (
          "asked",
          """
          conversion: {strategy: Webhook, webhook: {conversionReviewVersions: [v1], clientConfig: {caBundle: c2VjcmV0, \
          service: {name: converter, namespace: ops, path: /convert}}}}
          """
        ),
        (
          "ported",
          "conversion: {strategy: Webhook, webhook: {clientConfig: {service: {name: c, namespace: ops, port: 9443}}}}"
        ),
        ("none", "conversion: {strategy: None}"), ("untold", "preserveUnknownFields: false"),
        (
          "url",
          "conversion: {strategy: Webhook, webhook: {clientConfig: {url: \"https://example.org/secret\"}}}"
        ),
      ].map { Self.definition($0.0, $0.1) }.joined())
    #expect(
      Self.called(reading.objects) == [
        "asked.example.org ops/converter:443", "ported.example.org ops/c:9443",
      ])
    #expect(Inventory(reading.objects).apiExtensions.allSatisfy { !$0.servesAPIs })
    #expect(reading.passedOver == ["CustomResourceDefinition": 3])
    #expect(!reading.objects.contains { JSON.write($0.document).contains("c2VjcmV0") })
  }

  /// A list of the whole cluster, with these objects beside what shows that it is whole.
  private static func list(_ items: [String], at time: String) throws -> ClusterReading {
    let always = [
      "{\"kind\":\"Namespace\",\"metadata\":{\"name\":\"kube-system\",\"uid\":\"s\",\"resourceVersion\":\"3\"}}",
      """
      {"kind":"Node","metadata":{"name":"a","uid":"n","resourceVersion":"4"},"status":{"conditions":\
      [{"type":"Ready","lastHeartbeatTime":"2026-11-20T\(time)Z"}]}}
      """,
    ]
    return try read("{\"kind\":\"List\",\"items\":[\((always + items).joined(separator: ","))]}")
  }

  private static func api(_ name: String, _ version: Int, isOwn: Bool = false) -> String {
    let spec = isOwn ? "{\"version\":\"v1\"}" : "{\"service\":{\"name\":\"s\",\"namespace\":\"ops\"}}"
    return """
      {"kind":"APIService","apiVersion":"apiregistration.k8s.io/v1","metadata":{"name":"\(name)","uid":"\(name)",\
      "resourceVersion":"\(version)"},"spec":\(spec)}
      """
  }

  @Test("whoever was called is gone where a whole list tells of the API server's own alone")
  func gone() throws {
    let old = try Self.list([Self.api("v1.x", 5), Self.api("v1.apps", 2, isOwn: true)], at: "09:00:00")
    func ended(_ items: String...) throws -> [String] {
      let newer = try Self.list(items, at: "12:00:00")
      return (old.objects + newer.objects).ended(by: old.wholeLists + newer.wholeLists).map(\.meta.name)
    }
    #expect(try ended(Self.api("v1.apps", 2, isOwn: true)) == ["v1.x"])
    // It is the API server's own now.
    #expect(try ended(Self.api("v1.x", 7, isOwn: true)) == ["v1.x"])
    #expect(try ended(Self.api("v1.x", 5), Self.api("v1.apps", 9, isOwn: true)) == [])
    // Nobody asked for them.
    #expect(try ended() == [])
  }
}
