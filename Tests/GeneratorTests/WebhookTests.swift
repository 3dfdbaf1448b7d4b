import Kubernetes
import TestSupport
import Testing
import Traffic

@testable import Generator

@testable import struct Kubernetes.APIExtension

@Suite("The API server reaches what it calls to do its work")
struct WebhookTests {
  /// A shop whose API is asked by the API server, through a Service on another port.
  private static func town(target: ServicePort.Target = .number(8443)) -> Town {
    var town = Shop.town()
    town.service(
      "payments", "hook", at: "10.96.0.20", selector: ["app": "api"], port: 443, target: target)
    town.objects.append(asking("payments", "hook"))
    return town
  }

  private static func asking(
    _ namespace: String, _ name: String, port: UInt16 = 443,
    as kind: String = "ValidatingWebhookConfiguration"
  ) -> ClusterObject {
    .apiExtension(
      APIExtension(
        kind: kind, meta: ObjectMeta(name: "checks"),
        services: [APIExtension.Target(namespace: namespace, name: name, port: port)], outside: 0))
  }

  @Test("the pods' own port is open to everybody, though nobody was seen to ask")
  func unseen() throws {
    #expect(try Shop.rules(Self.town(), "api") == ["anyone on TCP/8443"])
    // What listens only is not opened where the sides are left alone.
    #expect(try Shop.rules(Self.town(), "api") { $0.isolation = .egress } == [])
  }

  @Test("a port that goes by its name is followed to its number")
  func named() throws {
    #expect(try Shop.rules(Self.town(target: .name("http")), "api") == ["anyone on TCP/8080"])
  }

  @Test("a Service that is gone opens nothing, however its name is used now", arguments: [false, true])
  func gone(isFirst: Bool) throws {
    var town = Self.town(target: .number(9443))
    let dead = Service(
      meta: ObjectMeta(namespace: "payments", name: "hook", uid: "gone", deleted: Town.start),
      selector: ["app": "api"], clusterAddresses: [], otherAddresses: [],
      ports: [ServicePort(name: nil, port: 443, target: .number(8443), transport: .tcp)])
    if isFirst { town.objects.insert(.service(dead), at: 0) } else { town.objects.append(.service(dead)) }
    #expect(try Shop.rules(town, "api") == ["anyone on TCP/9443"])
  }

  @Test(
    "a Service that was changed opens the port that it has now, and not the one it had",
    arguments: [false, true])
  func changed(isReversed: Bool) throws {
    func told(_ version: Int64, target: UInt16, minute: Int64) -> ClusterObject {
      ClusterObject.service(
        Service(
          meta: ObjectMeta(namespace: "payments", name: "hook", uid: "hook", version: version),
          selector: ["app": "api"], clusterAddresses: [Town.ip("10.96.0.20")], otherAddresses: [],
          ports: [ServicePort(name: nil, port: 443, target: .number(target), transport: .tcp)])
      ).told(at: Town.start.advanced(bySeconds: minute * 60))
    }
    var town = Shop.town()
    let tellings = [told(5, target: 8443, minute: 0), told(15, target: 9443, minute: 30)]
    town.objects += isReversed ? tellings.reversed() : tellings
    town.objects.append(Self.asking("payments", "hook"))
    #expect(try Shop.rules(town, "api") == ["anyone on TCP/9443"])
  }

  @Test("whoever was seen to ask on that port has no rule of its own, but its name")
  func absorbed() throws {
    var town = Self.town()
    town.saw("203.0.113.7", Shop.api, 8443)
    town.saw("10.0.0.77", Shop.api, 8443)
    town.saw(Shop.web, Shop.api, 8443)
    town.saw(Shop.web, Shop.api, 8080)
    #expect(
      try Shop.rules(town, "api") == [
        "anyone on TCP/8443", "pods app=frontend in namespaces kubernetes.io/metadata.name=web on TCP/8080",
      ])
    let learned = town.learned("payments")
    #expect(
      learned.edges.filter { $0.port == 8443 }.map { "\($0.client) \($0.bin.rawValue) \($0.reason ?? "")" }
        == [
          "web/frontend learned ", "10.0.0.77 baseline webhook", "203.0.113.7 baseline webhook",
        ])
    let note = learned.plan.policies.first { $0.policy.name == "api" }?.policy.ingress.first?.note ?? []
    #expect(
      note.first == "10.0.0.77, 203.0.113.7, frontend in web and the API server, for its webhooks")
    #expect(note.contains { $0.hasSuffix("so this is broad") })
  }

  @Test(
    "an API that is passed on and a conversion open the port as well, each in its own words",
    arguments: [
      (["APIService"], "the API server, for its aggregated APIs", "aggregated API"),
      (["CustomResourceDefinition"], "the API server, for its webhooks", "webhook"),
      (
        ["CustomResourceDefinition", "APIService"], "the API server, for its aggregated APIs and webhooks",
        "webhook"
      ),
    ])
  func passedOn(kinds: [String], caller: String, reason: String) throws {
    var town = Self.town()
    town.objects.removeLast()
    town.objects += kinds.map { Self.asking("payments", "hook", as: $0) }
    town.saw("10.0.0.77", Shop.api, 8443)
    #expect(try Shop.rules(town, "api") == ["anyone on TCP/8443"])
    let learned = town.learned("payments")
    let edge = learned.edges.first { $0.port == 8443 }
    #expect(edge?.bin == .baseline && edge?.reason == reason)
    let note = learned.plan.policies.first { $0.policy.name == "api" }?.policy.ingress.first?.note ?? []
    #expect(note.first == "10.0.0.77 and \(caller)")
    town.objects = town.objects.map { object in
      kinds.contains(object.kind) ? object.altered { $0.deleted = Town.start } : object
    }
    #expect(try Shop.rules(town, "api") == ["10.0.0.77/32 on TCP/8443"])
  }

  @Test("a scan of that port is open by design, and told so")
  func scanned() {
    var town = Self.town()
    town.saw("10.244.0.10", Shop.api, 8443, .refused)
    let proof = town.learned("payments").plan.proof
    #expect(proof.failures.isEmpty)
    #expect(proof.openByDesign.map(\.port) == [8443])
  }

  @Test("only the namespaces asked for are concerned")
  func elsewhere() {
    var town = Self.town()
    town.objects.append(Self.asking("web", "gone"))
    #expect(town.learned("payments").plan.concernsBesidesOld.isEmpty)
    #expect(town.learned("kube-system").plan.policies.allSatisfy { $0.policy.name != "api" })
  }

  @Test("a Service that nobody knows, or with nobody behind it, is told")
  func unknown() {
    var town = Shop.town()
    town.service(
      "payments", "idle", at: "10.96.0.21", selector: ["app": "idle"], port: 443, target: .number(1))
    town.objects.append(Self.asking("payments", "gone"))
    town.objects.append(
      .apiExtension(
        APIExtension(
          kind: "MutatingWebhookConfiguration", meta: ObjectMeta(name: "changes"),
          services: [
            APIExtension.Target(namespace: "payments", name: "idle", port: 443),
            APIExtension.Target(namespace: "web", name: "other", port: 443),
          ], outside: 1)))
    let concerns = town.learned("payments").plan.concernsBesidesOld
    #expect(concerns.map(\.kind) == [.webhooksUnknown])
    #expect(
      concerns.flatMap(\.detail) == [
        "Service `payments/gone` on port 443, as ValidatingWebhookConfiguration `checks` asks",
        "Service `payments/idle` on port 443, as MutatingWebhookConfiguration `changes` asks",
      ])
  }

  @Test("where no label tells the pods that are asked from others generation stops")
  func shared() {
    var town = Self.town()
    town.pod("payments", "canary", at: "10.244.0.15", labels: ["app": "api"])
    town.facts = Facts()
    town.saw(Shop.db, "203.0.113.9", 443)
    #expect(
      town.learned("payments").plan.obstacles.map(\.message) == [
        "the labels of `payments/api` (app=api) also pick pods of `payments/canary`",
        "the labels of `payments/canary` (app=api) also pick pods of `payments/api`",
      ])
  }
}
