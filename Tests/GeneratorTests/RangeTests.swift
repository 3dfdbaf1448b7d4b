import Kubernetes
import TestSupport
import Testing
import Traffic

@testable import Generator

@testable import struct Kubernetes.EndpointSlice
@testable import struct Kubernetes.Pod
@testable import struct Kubernetes.Workload

@Suite("An address of the cluster is nobody outside")
struct RangeTests {
  @Test("the API server's Service without endpoints is written once")
  func apiServerAlone() throws {
    var town = Shop.town()
    town.service("default", "kubernetes", at: "10.96.0.1", selector: [:], port: 443, target: .number(6443))
    town.saw(Shop.api, "10.96.0.1", 443)
    #expect(try Shop.rules(town, "api", .egress) == ["pods app=db on TCP/5432", "10.96.0.1/32 on TCP/443"])
  }

  @Test("where no machine tells its block, the neighbours of pods are no strangers from outside")
  func noPodRanges() throws {
    var town = Shop.town()
    town.objects = town.objects.filter { $0.kind != "Node" }
    town.saw("10.244.0.99", Shop.api, 8080, times: 2)
    let edge = try #require(town.learned().edges.first { $0.server.workload?.name == "api" })
    #expect(edge.bin == .unattributed)
    #expect(try Shop.rules(town, "api") == [])
  }

  @Test("an address among the Services that no Service has is unknown, never a block of its own")
  func lostService() {
    var town = Shop.town()
    town.service("default", "kubernetes", at: "10.96.0.1", selector: [:], port: 443, target: .number(6443))
    town.saw(Shop.api, "10.96.3.200", 80, times: 50)
    let learned = town.learned("payments")
    #expect(learned.edges.first { $0.port == 80 }?.reason == "unknown: no Service is known to have it")
    #expect(learned.plan.obstacles.count == 1)
  }

  @Test(
    "a machine's address that a Service borrows is the Service's on its ports only, and never asks as one")
  func borrowed() {
    var town = Shop.town()
    town.deployment(
      "web", "traefik", at: ["10.244.0.40"], ports: [ContainerPort(name: "https", number: 8443)])
    town.service(
      "web", "traefik", at: "10.96.0.50", selector: ["app": "traefik"], port: 443, target: .name("https"),
      otherAddresses: ["10.0.0.11"])
    town.saw("198.51.100.7", "10.0.0.11", 443)
    town.saw(Shop.api, "10.0.0.11", 9100)
    town.saw("10.0.0.11", Shop.api, 8080)
    let lines = town.learned().lines
    #expect(lines.contains("198.51.100.7 → web/traefik 8443/TCP used ×5 baseline"))
    #expect(lines.contains("payments/api → node node-a 9100/TCP used ×5 learned"))
    #expect(lines.contains("node node-a → payments/api 8080/TCP used ×5 baseline"))
  }

  @Test("an API server outside the cluster's machines is itself when it asks, as webhooks are asked")
  func apiServerAsks() throws {
    var town = Shop.town()
    town.service("default", "kubernetes", at: "10.96.0.1", selector: [:], port: 443, target: .number(443))
    town.objects.append(
      .slice(
        EndpointSlice(
          meta: ObjectMeta(
            namespace: "default", name: "kubernetes", labels: ["kubernetes.io/service-name": "kubernetes"]),
          addresses: [Town.ip("34.1.2.3")],
          ports: [EndpointSlice.Port(name: nil, number: 443, transport: .tcp)])))
    town.saw("34.1.2.3", Shop.api, 8443)
    #expect(town.learned().lines.contains("apiserver → payments/api 8443/TCP used ×5 baseline"))
    #expect(try Shop.rules(town, "api") == ["34.1.2.3/32 on TCP/8443"])
  }
}
