import Kubernetes
import Testing
import Traffic

@testable import Generator

@testable import struct Kubernetes.Pod
@testable import struct Kubernetes.Service

/// Something that stops generation, and what its hint says to do about it.
struct Stop: CustomTestStringConvertible, Sendable {
  let testDescription: String
  /// What the hint says.
  let hint: String
  /// What stops.
  let scene: @Sendable (inout Town) throws -> Void
  /// What the hint asks for.
  let step: @Sendable (inout Town) throws -> Void

  init(
    _ name: String, hint: String, scene: @escaping @Sendable (inout Town) throws -> Void,
    step: @escaping @Sendable (inout Town) throws -> Void
  ) {
    testDescription = name
    self.hint = hint
    self.scene = scene
    self.step = step
  }
}

@Suite("Who follows the hint of what stops generation gets policies")
struct HintTests {
  private static let lost = "10.244.0.80"

  /// What a table of addresses tells.
  private static func table(_ row: String) throws -> [ClusterObject] {
    let reading = try ClusterReading(Array("address,namespace,workload,kind,from,until\n\(row)\n".utf8))
    try #require(reading.problems.isEmpty)
    return reading.objects
  }

  private static func at(_ seconds: Int64) -> Instant { Town.start.advanced(bySeconds: seconds) }

  /// A pod of a Deployment of its own that is there for a while.
  private static func pod(_ town: inout Town, _ name: String, from: Int64, until: Int64?) {
    town.deployment("web", name, at: [lost])
    guard case .pod(var pod) = town.objects.removeLast() else { return }
    pod.started = at(from)
    pod.finished = until.map(at)
    pod.isOver = until != nil
    town.objects.append(.pod(pod))
  }

  /// A row with these moments, in seconds.
  private static func saw(_ town: inout Town, _ seconds: [Int64], part: UInt16 = 0) throws {
    var activity = Activity(at: at(try #require(seconds.first)))
    for second in seconds { activity.note(at(second)) }
    let key = Fact.Key(
      hour: activity.hour, recorder: "node-a", client: Town.ip(lost), server: Town.ip(Shop.api), port: 8080,
      transport: .tcp, tier: .used, direction: .opening, dialled: nil, part: part)
    town.facts.conversations.append(try #require(Fact(key: key, conversations: 12, activity: activity)))
  }

  private static let stops = [
    Stop("nobody held it then: a table says who did", hint: "say in a table of addresses who held it") {
      town in
      pod(&town, "early", from: -60, until: 300)
      town.saw(lost, Shop.api, 8080, minute: 30)
    } step: { town in
      town.objects += try table("\(lost),web,early,Deployment,\(at(1200)),\(at(2400))")
    },
    Stop("nobody held it then: a list of that time", hint: "load a list that was saved at that time") {
      town in
      pod(&town, "early", from: -60, until: 300)
      town.saw(lost, Shop.api, 8080, minute: 30)
    } step: { town in
      pod(&town, "late", from: 1200, until: nil)
    },
    Stop("nobody ever held it: a table says who did", hint: "say in a table of addresses who held it") {
      town in
      town.saw("10.244.9.9", Shop.api, 8080)
    } step: { town in
      town.deployment("web", "shown", at: [])
      town.objects += try table("10.244.9.9,web,shown,Deployment,,")
    },
    Stop("nobody ever held it: a database beside pods", hint: "the kind `External`") { town in
      town.objects = town.objects.filter { $0.kind != "Node" }
      town.saw(Shop.api, "10.244.0.200", 5432)
    } step: { town in
      town.objects += try table("10.244.0.0/24,,orders-db,External,,")
    },
    Stop("no Service: the Services", hint: Advice.loadServices) { town in
      town.saw(Shop.api, "10.96.0.34", 80)
    } step: { town in
      town.service(
        "web", "late", at: "10.96.0.34", selector: ["app": "frontend"], port: 80, target: .number(3000))
    },
    Stop("no Service: somebody outside", hint: "the kind `External`") { town in
      town.saw(Shop.api, "10.96.0.34", 80)
    } step: { town in
      town.objects += try table("10.96.0.34,,proxy,External,,")
    },
    Stop("a Service of another time: the list of that time", hint: "load a list of that time") { town in
      town.service(
        "web", "late", at: "10.96.0.34", selector: ["app": "frontend"], port: 80, target: .number(3000))
      guard case .service(var service) = town.objects.removeLast() else { return }
      service.meta.created = at(3000)
      town.objects.append(.service(service))
      town.saw(Shop.api, "10.96.0.34", 80)
    } step: { town in
      town.service(
        "web", "early", at: "10.96.0.34", selector: ["app": "frontend"], port: 80, target: .number(3000))
      guard case .service(var service) = town.objects.removeLast() else { return }
      service.meta.created = at(-60)
      service.meta.deleted = at(2000)
      town.objects.append(.service(service))
    },
    Stop("it changed hands: rows that are cut at the change", hint: "learn the capture again") { town in
      pod(&town, "first", from: -60, until: 625)
      pod(&town, "second", from: 635, until: nil)
      try saw(&town, [100, 610, 640, 1200])
    } step: { town in
      town.facts.conversations.removeLast()
      try saw(&town, [100, 610])
      try saw(&town, [640, 1200], part: 1)
    },
    Stop("nobody knows who asked: a declared port", hint: "containerPort") { town in
      town.saw(
        Shop.api, Shop.web, 3000, direction: .unknown, dialled: Socket(Town.ip(Shop.api), 41_000))
    } step: { town in
      town.objects = town.objects.map { object in
        guard case .pod(var pod) = object, pod.meta.name.hasPrefix("frontend") else { return object }
        pod.ports = [ContainerPort(number: 3000)]
        return .pod(pod)
      }
    },
    Stop("a Service of which only the address is known", hint: "load the Service as it was then") { town in
      town.objects += try table("10.96.0.34,web,late,Service,,")
      town.saw(Shop.api, "10.96.0.34", 80)
    } step: { town in
      town.objects.removeLast()
      town.service(
        "web", "late", at: "10.96.0.34", selector: ["app": "frontend"], port: 80, target: .number(3000))
    },
    Stop("a label that two workloads share: one of their own", hint: "a label of their own") { town in
      town.deployment("payments", "canary", at: [lost], labels: ["app": "api"])
    } step: { town in
      town.objects = town.objects.filter { !$0.meta.name.hasPrefix("canary") }
      town.deployment("payments", "canary", at: [lost])
    },
    Stop("a selector that a neighbour's pods meet: a label beside it", hint: "`app.kubernetes.io/name: api`")
    {
      town in
      town.deployment("payments", "canary", at: [lost], labels: ["app": "api", "track": "canary"])
    } step: { town in
      town.relabel("api", with: ["app": "api", "app.kubernetes.io/name": "api"])
    },
    Stop(
      "a selector that a neighbour's pods meet, and the pods from before are known: a label beside it",
      hint: "`app.kubernetes.io/name: api`"
    ) { town in
      town.deployment("payments", "canary", at: [lost], labels: ["app": "api", "track": "canary"])
    } step: { town in
      town.objects += town.objects.compactMap { object in
        guard case .pod(var pod) = object, pod.meta.owner?.name == "api" else { return nil }
        pod.meta.name += "-before"
        pod.meta.deleted = at(30)
        return .pod(pod)
      }
      town.relabel("api", with: ["app": "api", "app.kubernetes.io/name": "api"])
    },
    Stop("a bare pod with another's labels: a label of its own", hint: "`app.kubernetes.io/name: visitor`") {
      town in
      town.pod("payments", "visitor", at: lost, labels: ["app": "api"])
      town.saw(lost, Shop.db, 5432)
    } step: { town in
      town.objects.removeLast()
      town.pod(
        "payments", "visitor", at: lost, labels: ["app": "api", "app.kubernetes.io/name": "visitor"])
      town.relabel("api", with: ["app": "api", "app.kubernetes.io/name": "api"])
    },
  ]

  @Test("the hint lets generation go on", arguments: stops)
  func follow(stop: Stop) throws {
    var town = Shop.town()
    town.service("default", "kubernetes", at: "10.96.0.1", selector: [:], port: 443, target: .number(6443))
    try stop.scene(&town)
    let obstacles = town.learned("payments").plan.obstacles
    #expect(obstacles.contains { $0.hint.contains(stop.hint) }, "\(obstacles.map(\.hint))")
    try stop.step(&town)
    let plan = town.learned("payments").plan
    #expect(plan.obstacles.isEmpty, "\(plan.obstacles.map(\.message))")
    #expect(plan.proof.failures.isEmpty)
  }

  @Test(
    "every cause that stops generation has a scene, and without an inventory nothing is anybody's to stop")
  func complete() throws {
    var causes: Set<Doubt.Cause> = []
    for stop in Self.stops {
      var town = Shop.town()
      town.service("default", "kubernetes", at: "10.96.0.1", selector: [:], port: 443, target: .number(6443))
      try stop.scene(&town)
      for case .unattributed(let edge) in town.learned("payments").plan.obstacles {
        causes.insert(try #require(edge.cause))
      }
    }
    #expect(causes == Set(Doubt.Cause.allCases).subtracting([.noInventory]))
    var town = Shop.town()
    town.objects = []
    #expect(town.learned("payments").plan.obstacles.isEmpty)
  }
}
