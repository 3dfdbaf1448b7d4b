import Kubernetes
import TestSupport
import Testing
import Traffic

@testable import Generator

@testable import struct Kubernetes.Monitor
@testable import struct Kubernetes.ScrapeRequest
@testable import struct Kubernetes.Service
@testable import struct Kubernetes.ServicePort

@Suite("Metrics that are to be collected and never were are told, and get no rule")
struct ScrapeTests {
  private static let prometheus = "10.244.0.40"

  private static func town() -> Town {
    var town = Town()
    town.dns()
    town.deployment(
      "payments", "api", at: [Shop.api],
      ports: [ContainerPort(name: "http", number: 8080), ContainerPort(name: "metrics", number: 9090)])
    town.deployment("payments", "db", at: [Shop.db], ports: [ContainerPort(number: 5432)])
    town.deployment(
      "monitoring", "prom", at: [prometheus], labels: ["operator.prometheus.io/name": "main", "app": "p"])
    town.saw(Shop.api, Shop.db, 5432)
    return town
  }

  private static func monitor(
    _ kind: String, in namespace: String = "monitoring", _ labels: Labels, _ ports: [Monitor.Port],
    _ namespaces: Monitor.Namespaces = .every
  ) -> ClusterObject {
    .monitor(
      Monitor(
        kind: kind, meta: ObjectMeta(namespace: namespace, name: "watch"), selector: LabelSelector(labels),
        namespaces: namespaces, ports: ports))
  }

  private static func service(_ scrape: ScrapeRequest? = nil) -> ClusterObject {
    .service(
      Service(
        meta: ObjectMeta(namespace: "payments", name: "api", labels: ["team": "shop"], scrape: scrape),
        selector: ["app": "api"], clusterAddresses: [], otherAddresses: [],
        ports: [
          ServicePort(name: "web", port: 80, target: .name("http"), transport: .tcp, nodePort: nil),
          ServicePort(name: "numbers", port: 81, target: .name("metrics"), transport: .tcp, nodePort: nil),
        ]))
  }

  private static func told(_ town: Town, _ namespaces: String...) -> [String] {
    var options = Options()
    options.namespaces = Set(namespaces.isEmpty ? ["payments"] : namespaces)
    return Learned(town.facts, Inventory(town.objects), options).plan.concernsBesidesOld.flatMap(\.detail)
  }

  @Test(
    "a monitor means the pods' own port, however it calls it",
    arguments: [
      ("PodMonitor", ["app": "api"], Monitor.Port.named("metrics")),
      ("PodMonitor", ["app": "api"], .target(.number(9090))),
      ("VMPodScrape", ["app": "api"], .target(.name("metrics"))),
      ("ServiceMonitor", ["team": "shop"], .named("numbers")),
      ("VMServiceScrape", ["team": "shop"], .target(.name("metrics"))),
      ("ServiceMonitor", ["team": "shop"], .target(.number(9090))),
    ])
  func ports(kind: String, labels: Labels, port: Monitor.Port) {
    var town = Self.town()
    town.objects += [Self.service(), Self.monitor(kind, labels, [port])]
    #expect(
      Self.told(town) == ["`payments/api` on 9090/TCP, as \(kind) `monitoring/watch` asks"])
    town.saw(Self.prometheus, Shop.api, 9090)
    #expect(Self.told(town) == [])
  }

  @Test("nobody is meant by a monitor of other names, labels or namespaces")
  func others() {
    var town = Self.town()
    town.objects += [
      Self.service(), Self.monitor("PodMonitor", ["app": "api"], [.named("web")]),
      Self.monitor("ServiceMonitor", ["team": "other"], [.named("numbers")]),
      Self.monitor("PodMonitor", ["app": "api"], [.named("metrics")], .own),
      Self.monitor("PodMonitor", ["app": "api"], [.named("metrics")], .named(["web"])),
    ]
    #expect(Self.told(town) == [])
    town.objects.append(Self.monitor("PodMonitor", in: "payments", [:], [.named("metrics")], .own))
    #expect(Self.told(town).count == 1)
    #expect(Self.told(town, "monitoring") == [])
  }

  @Test("an annotation of a Service means its port's number on the pods, or that number itself")
  func annotatedService() {
    var town = Self.town()
    town.objects.append(Self.service(ScrapeRequest(port: 81)))
    #expect(
      Self.told(town) == [
        "`payments/api` on 81/TCP or 9090/TCP, as an annotation of Service `payments/api` asks"
      ])
    town.saw(Self.prometheus, Shop.api, 9090)
    #expect(Self.told(town) == [])
  }

  @Test(
    "an annotation of pods means the port that it says, or any that they declare", arguments: [9090, nil])
  func annotatedPods(port: UInt16?) {
    var town = Self.town()
    town.objects = town.objects.map { object in
      guard case .pod(var pod) = object, pod.meta.name == "api-0" else { return object }
      pod.meta.scrape = ScrapeRequest(port: port)
      return .pod(pod)
    }
    let ports = port.map { "\($0)/TCP" } ?? "8080/TCP or 9090/TCP"
    #expect(Self.told(town) == ["`payments/api` on \(ports), as an annotation of its pods asks"])
    // Others who ask there do not collect metrics.
    town.saw(Shop.db, Shop.api, 9090)
    #expect(Self.told(town).count == 1)
    town.saw(Self.prometheus, Shop.api, 9090, .refused)
    #expect(Self.told(town).count == 1)
    town.saw(Self.prometheus, Shop.api, 9090, minute: 8)
    #expect(Self.told(town) == [])
  }

  @Test("what is declared opens nothing, and is not told where the door stays open")
  func noRule() throws {
    var town = Self.town()
    town.objects += [Self.service(), Self.monitor("ServiceMonitor", ["team": "shop"], [.named("numbers")])]
    #expect(try Shop.rules(town, "api") == [])
    var options = Options()
    options.namespaces = ["payments"]
    options.isolation = .egress
    #expect(Learned(town.facts, Inventory(town.objects), options).plan.concernsBesidesOld.isEmpty)
  }

  @Test(
    "who collects metrics is known by the labels that the common packages give",
    arguments: [
      ["app.kubernetes.io/name": "vmagent"], ["app": "prometheus"], ["operator.prometheus.io/name": "k8s"],
    ])
  func scrapers(labels: Labels) {
    var town = Self.town()
    town.deployment("monitoring", "other", at: ["10.244.0.41"], labels: labels)
    town.saw("10.244.0.41", Shop.api, 9090)
    #expect(town.learned("payments").edges.filter { $0.port == 9090 }.map(\.reason) == ["monitoring"])
  }
}
