import Testing

@testable import Review

@Suite("Pods that nobody can scrape are found")
struct ScrapeBlockedTests {
  private func found(_ text: String) throws -> [String] { try LintScene(text, rule: .scrapeBlocked).lines }
  private let ports = "{containerPort: 8080, name: http}, {containerPort: 9090, name: metrics}"
  private var api: String { Written.pod("api", ports: ports) }
  private var annotated: String {
    api.replacing(
      "labels:", with: "annotations: {prometheus.io/scrape: 'true', prometheus.io/port: '9090'}, labels:")
  }
  private let closed = Written.ingress("api", "{ports: [{port: 8080}]}")
  private let prometheus = Written.labelled(
    "prometheus", "app.kubernetes.io/name: prometheus", in: "monitoring")
  private let fromMonitoring =
    "{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: monitoring}}}], ports: [{port: 9090}]}"

  @Test("by an annotation of the pods")
  func pods() throws {
    #expect(
      try found(closed + annotated) == [
        "2 scrape-blocked: `shop/api` isolates `shop/api` for ingress, and no rule lets anybody scrape it on port 9090, "
          + "as an annotation of its pods asks"
      ])
    #expect(
      try found(closed + annotated + prometheus) == [
        "2 scrape-blocked: `shop/api` isolates `shop/api` for ingress, and no rule lets `monitoring/prometheus` scrape "
          + "it on port 9090, as an annotation of its pods asks"
      ])
    #expect(try found(closed + api) == [])
    #expect(try found(closed + annotated.replacing("'true'", with: "'false'")) == [])
    #expect(try found(annotated) == [])
  }

  @Test("by an annotation of the Service, whose port may be the pod's or its own")
  func service() throws {
    let service = Written.service(
      "api", ports: "{port: 90, targetPort: metrics}",
      more: ", annotations: {prometheus.io/scrape: 'true', prometheus.io/port: '90'}")
    #expect(try found(closed + api + service).count == 1)
    #expect(try found(Written.ingress("api", fromMonitoring) + api + service) == [])
    #expect(try found(closed + api + service.replacing("'90'", with: "'8080'")) == [])
  }

  @Test("by a ServiceMonitor and a PodMonitor, where they look")
  func monitors() throws {
    let service = Written.service(
      "api", ports: "{port: 90, name: numbers, targetPort: metrics}", more: ", labels: {team: shop}")
    let monitor = """
      ---
      apiVersion: monitoring.coreos.com/v1
      kind: ServiceMonitor
      metadata: {name: shop, namespace: monitoring}
      spec:
        selector: {matchLabels: {team: shop}}
        namespaceSelector: {matchNames: [shop]}
        endpoints: [{port: numbers}]

      """
    #expect(
      try found(closed + api + service + monitor).first?.hasSuffix(
        "on port 9090, as ServiceMonitor `shop` asks") == true)
    #expect(try found(Written.ingress("api", fromMonitoring) + api + service + monitor) == [])
    #expect(try found(closed + api + service + monitor.replacing("matchNames: [shop]", with: "")) == [])
    #expect(
      try found(closed + api + service + monitor.replacing("matchNames: [shop]", with: "any: true")).count
        == 1)
    #expect(try found(closed + api + service + monitor.replacing("team: shop", with: "team: other")) == [])
    let pods =
      monitor.replacing("ServiceMonitor", with: "PodMonitor").replacing("team:", with: "app:")
      .replacing("{app: shop}", with: "{app: api}")
      .replacing("endpoints: [{port: numbers}]", with: "podMetricsEndpoints: [{port: metrics}]")
    #expect(try found(closed + api + pods).count == 1)
    #expect(try found(Written.ingress("api", fromMonitoring) + api + pods) == [])
  }

  @Test("known collectors must be let in themselves, and where none is known anybody else will do")
  func collectors() throws {
    let fromWeb = Written.ingress(
      "api", "{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 9090}]}")
    #expect(try found(fromWeb + annotated) == [])
    #expect(try found(fromWeb + annotated + prometheus).count == 1)
    #expect(try found(Written.ingress("api", fromMonitoring) + annotated + prometheus) == [])
    let own = Written.ingress(
      "api", "{from: [{podSelector: {matchLabels: {app: api}}}], ports: [{port: 9090}]}")
    #expect(try found(own + annotated).count == 1)
  }

  @Test("a collector is not asked to scrape itself, and odd numbers ask for nothing")
  func odd() throws {
    let deny = Written.policy("deny", in: "monitoring", "podSelector: {}")
    let wish = prometheus.replacing(
      "labels:", with: "annotations: {prometheus.io/scrape: 'true', prometheus.io/port: '9090'}, labels:")
    #expect(try found(deny + wish) == [])
    // Without a number that makes sense every declared port will do.
    #expect(try found(closed + annotated.replacing("'9090'", with: "'99999'")) == [])
  }

  @Test("a workload asks by the annotations of its pods, not by its own")
  func template() throws {
    let deployment = """
      ---
      kind: Deployment
      metadata: {name: api, namespace: shop}
      spec:
        selector: {matchLabels: {app: api}}
        template:
          metadata: {labels: {app: api}, annotations: {prometheus.io/scrape: 'true', prometheus.io/port: '9090'}}
          spec: {containers: [{name: a}]}

      """
    #expect(try found(closed + deployment).count == 1)
    let own = deployment.replacing(
      ", annotations: {prometheus.io/scrape: 'true', prometheus.io/port: '9090'}", with: ""
    )
    .replacing("namespace: shop}", with: "namespace: shop, annotations: {prometheus.io/scrape: 'true'}}")
    #expect(try found(closed + own) == [])
  }
}
