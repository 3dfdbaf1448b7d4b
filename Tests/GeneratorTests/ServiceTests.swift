import Kubernetes
import TestSupport
import Testing
import Traffic

@testable import Generator

@testable import struct Kubernetes.EndpointSlice
@testable import struct Kubernetes.Pod
@testable import struct Kubernetes.Workload

@Suite("Services lead to those who answer")
struct ServiceTests {
  @Test("datagrams to a Service whose pods declare the port are need, though nothing comes back")
  func statsd() {
    var town = Shop.town()
    town.deployment(
      "monitoring", "statsd", at: ["10.244.0.30"], ports: [ContainerPort(number: 8125, transport: .udp)])
    town.service(
      "monitoring", "statsd", at: "10.96.0.60", selector: ["app": "statsd"], port: 8125,
      target: .number(8125), transport: .udp)
    town.saw(Shop.api, "10.96.0.60", 8125, .oneWay, transport: .udp, direction: .firstSender)
    #expect(town.learned().lines.contains("payments/api → monitoring/statsd 8125/UDP one-way ×5 learned"))
  }

  @Test("a Service leads to those alone that have all its labels, whichever of them is the rare one")
  func rareLabel() {
    var town = Shop.town()
    for (name, tier) in [("one", "front"), ("two", "back"), ("three", "back")] {
      let port: UInt16 = name == "one" ? 8001 : name == "two" ? 8002 : 8003
      town.deployment(
        "web", name, at: ["10.244.0.\(port - 7960)"], ports: [ContainerPort(name: "http", number: port)],
        labels: ["app": "shop", "tier": tier, "zone": name == "three" ? "b" : "a"])
    }
    town.service(
      "web", "rare-last", at: "10.96.0.71", selector: ["app": "shop", "tier": "front"], port: 80,
      target: .name("http"))
    town.service(
      "web", "rare-first", at: "10.96.0.72", selector: ["app": "shop", "zone": "a", "tier": "back"], port: 80,
      target: .name("http"))
    town.service(
      "web", "none", at: "10.96.0.73", selector: ["app": "shop", "zone": "c"], port: 80, target: .name("http")
    )
    for address in ["10.96.0.71", "10.96.0.72", "10.96.0.73"] { town.saw(Shop.api, address, 80) }
    let lines = town.learned().lines.filter { !$0.contains("payments/db") }
    #expect(
      lines == [
        "payments/api → web/one 8001/TCP used ×5 learned", "payments/api → web/two 8002/TCP used ×5 learned",
        "payments/api → service web/none 80/TCP used ×5 learned",
      ])
  }

  @Test("a port that a Service leads to is declared")
  func ledTo() {
    var town = Shop.town()
    town.service(
      "web", "frontend", at: "10.96.0.70", selector: ["app": "frontend"], port: 80, target: .number(3000))
    town.saw(
      Shop.api, Shop.web, 3000, .established, direction: .unknown, dialled: Socket(Town.ip(Shop.api), 40000))
    #expect(town.learned().lines.contains("payments/api → web/frontend 3000/TCP established ×5 learned"))
  }

  @Test("a Service without a selector leads where its slices say, also outside the cluster")
  func slices() throws {
    var town = Shop.town()
    town.service("payments", "legacy", at: "10.96.0.80", selector: [:], port: 3306, target: .number(3306))
    town.objects.append(
      .slice(
        EndpointSlice(
          meta: ObjectMeta(
            namespace: "payments", name: "legacy-1", labels: ["kubernetes.io/service-name": "legacy"]),
          addresses: [Town.ip("192.168.7.9")],
          ports: [EndpointSlice.Port(name: nil, number: 3306, transport: .tcp)])))
    town.saw(Shop.api, "10.96.0.80", 3306)
    #expect(try Shop.rules(town, "api", .egress).contains("192.168.7.9/32 on TCP/3306"))
  }

  @Test("no two policies have one name, whatever the workloads are called")
  func names() {
    let ids = [
      ("Deployment", "api"), ("StatefulSet", "api"), ("Deployment", "api-statefulset"),
      ("Deployment", "default-deny"), ("StatefulSet", "default-deny-deployment"),
    ].map { WorkloadID(namespace: "n", kind: $0, name: $1) }
    let names = PolicyNames(for: ids, besides: ["default-deny", "allow-dns"])
    let given = ids.map { names[$0] }
    #expect(Set(given).count == ids.count)
    #expect(given[2] == "api-statefulset" && given[0] == "api-deployment" && given[1] == "api-statefulset-2")
    let reversed = PolicyNames(for: ids.reversed(), besides: ["default-deny", "allow-dns"])
    #expect(ids.map { reversed[$0] } == given)
  }
}
