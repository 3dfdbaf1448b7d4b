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

  /// A cluster whose machines tell no blocks.
  struct Blocks: Sendable, CustomTestStringConvertible {
    /// The machine of each pod.
    let pods: [String: String]
    let nodes: [String]
    let ranges: [String]
    let testDescription: String
  }

  @Test(
    "what lies around pods is theirs: a block for each, or one that has room for each machine",
    arguments: [
      Blocks(
        pods: ["10.1.0.5": "a", "10.1.1.5": "b"], nodes: ["10.0.0.1", "10.0.0.2"], ranges: ["10.1.0.0/23"],
        testDescription: "a block for each machine"),
      Blocks(
        pods: ["10.1.0.5": "a"], nodes: ["10.0.0.1", "10.0.0.2", "10.0.0.3"], ranges: ["10.1.0.0/22"],
        testDescription: "two machines without a known pod"),
      Blocks(
        pods: ["10.1.0.5": "a", "10.1.4.5": "a"], nodes: [], ranges: ["10.1.0.0/21"],
        testDescription: "two blocks of one machine"),
      Blocks(
        pods: ["10.1.0.5": "a", "10.1.0.6": "b", "10.1.1.5": "b"], nodes: ["10.0.0.1"],
        ranges: ["10.1.0.0/24", "10.1.1.0/24"],
        testDescription: "a block of two machines: they share the network"),
      Blocks(
        pods: ["10.1.0.5": "a", "10.1.3.5": "b"], nodes: ["10.1.2.1"],
        ranges: ["10.1.0.0/24", "10.1.3.0/24"],
        testDescription: "a machine between them"),
      Blocks(
        pods: ["10.1.0.5": "a", "10.7.0.5": "b"], nodes: [], ranges: ["10.1.0.0/24", "10.7.0.0/24"],
        testDescription: "too far from each other"),
      Blocks(
        pods: ["10.1.0.5": "a", "fd00:0:0:1::5": "a", "fd00:0:0:2::5": "b"], nodes: [],
        ranges: ["10.1.0.0/24", "fd00::/62"], testDescription: "each family by itself"),
      Blocks(
        pods: ["10.1.0.5": "", "10.1.1.5": "b"], nodes: [], ranges: ["10.1.0.0/24", "10.1.1.0/24"],
        testDescription: "a pod whose machine nobody knows"),
    ])
  func derived(blocks: Blocks) {
    var town = Town()
    town.objects = []
    for (place, node) in blocks.nodes.enumerated() { town.node("node-\(place)", at: node) }
    for (address, node) in blocks.pods {
      town.objects.append(
        .pod(
          Pod(
            meta: ObjectMeta(namespace: "payments", name: "pod-\(address)", labels: ["app": "x"]),
            nodeName: node.isEmpty ? nil : node, usesHostNetwork: false, ports: [], probes: [],
            addresses: [Town.ip(address)], started: Town.start, isOver: false)))
    }
    #expect(Inventory(town.objects).podRanges.map(\.description) == blocks.ranges)
  }

  @Test(
    "where pods were seen beside a machine, what lies beside any machine may be a pod",
    arguments: [
      // Pods and machines in one network: beside the other machine too, but not beside its public address.
      ("10.1.0.5", "10.1.0.1", ["10.1.7.99": true, "203.0.113.99": false, "10.1.8.99": false]),
      // Pods in a network of their own: a neighbour of a machine is somebody outside.
      ("10.9.0.5", "10.1.0.1", ["10.1.7.99": false]),
      ("fd00:0:0:1::5", "fd00:0:0:1::1", ["fd00:0:0:7::99": true, "fd00:0:0:8::99": false]),
    ])
  func beside(pod: String, machine: String, doubts: [String: Bool]) {
    var town = Town()
    town.objects = []
    town.pod("payments", "api", at: pod, labels: ["app": "api"])
    town.node("node-a", at: machine)
    town.node("node-b", at: machine.contains(":") ? "fd00:0:0:7::1" : "10.1.7.1")
    town.node("node-c", at: "203.0.113.1")
    for address in doubts.keys { town.saw(pod, address, 5432) }
    let edges = town.learned().edges
    #expect(edges.count == doubts.count)
    for edge in edges {
      #expect((edge.bin == .unattributed) == doubts[edge.server.description], "\(edge.server)")
    }
  }

  @Test("GKE's block of public addresses for Services ends where it ends")
  func googleServices() {
    var town = Shop.town()
    town.objects = town.objects.filter { $0.kind != "Service" }
    town.service("default", "kubernetes", at: "34.118.224.1", selector: [:], port: 443, target: .number(443))
    for address in ["34.118.239.9", "34.118.240.9", "34.118.223.9"] { town.saw(Shop.api, address, 80) }
    #expect(
      town.learned("payments").edges.filter { $0.port == 80 }.map { "\($0.server) \($0.bin.rawValue)" } == [
        "34.118.223.9 learned", "34.118.240.9 learned", "34.118.239.9 unattributed",
      ])
  }

  @Test("a pod that nobody lists, on a machine without any other, is unknown and gets no rule")
  func farFromOthers() throws {
    var town = Shop.town()
    town.objects = town.objects.filter { $0.kind != "Node" }
    town.node("node-a", at: "10.0.0.11")
    town.node("node-b", at: "10.0.0.12")
    town.saw("10.244.1.99", Shop.api, 8080, times: 2)
    let edge = try #require(town.learned().edges.first { $0.server.workload?.name == "api" })
    #expect(edge.reason == "unknown: no pod is known to have held it")
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

  @Test("where no machine tells its block, what a rule for every guest leaves out around pods is told")
  func derivedHoles() throws {
    func told(_ town: Town) -> [Concern] {
      town.learned("payments").plan.concerns.filter { $0.kind == .blocksDerived }
    }
    var town = Shop.town()
    town.service(
      "payments", "shop", at: "10.96.0.30", selector: ["app": "api"], port: 80, target: .number(8080),
      nodePort: 30_080)
    let told24 = town
    town.objects = town.objects.filter { $0.kind != "Node" }
    #expect(told(town).isEmpty)
    town.saw("198.51.100.7", Shop.api, 8080)
    #expect(try Shop.rules(town, "api") == ["0.0.0.0/0 except 10.244.0.0/24 on TCP/8080"])
    let concern = try #require(told(town).first)
    #expect(concern.detail == ["10.244.0.0/24"])
    #expect(concern.hint?.contains("`External`") == true)
    // Private addresses are no part of the internet in the first place.
    var asking = Shop.town()
    asking.objects = asking.objects.filter { $0.kind != "Node" }
    asking.answered(Shop.api, "pay.example.com", "203.0.113.9")
    asking.saw(Shop.api, "203.0.113.9", 443)
    #expect(told(asking).isEmpty)
    var known = told24
    known.saw("198.51.100.7", Shop.api, 8080)
    #expect(told(known).isEmpty)
  }
}
