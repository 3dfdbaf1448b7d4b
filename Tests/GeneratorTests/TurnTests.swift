import Kubernetes
import Testing
import Traffic

@testable import Generator

@Suite("What an address stands for may change while a row lasts")
struct TurnTests {
  private static let web = "10.244.1.5"
  private static let api = "10.244.2.5"

  /// An address that went from one Service to another, and was nobody's or a third one's between.
  private static func services(_ between: String = "") -> String {
    """
    kind: Service
    metadata: {name: old, namespace: shop, creationTimestamp: at(-600), deletionTimestamp: at(1200)}
    spec: {clusterIP: 10.96.0.50, selector: {app: api}, ports: [{port: 80, targetPort: 8080}]}
    ---
    kind: Service
    metadata: {name: new, namespace: shop, creationTimestamp: at(1800)}
    spec: {clusterIP: 10.96.0.50, selector: {app: web}, ports: [{port: 80, targetPort: 3000}]}
    \(between)
    """
  }

  /// One row with these moments, in seconds of the hour.
  private static func lines(
    _ yaml: String, _ client: String, _ server: String, _ port: UInt16, at seconds: [Int64], times: UInt64 = 6
  ) throws -> [String] {
    var street = try Street(yaml)
    let moments = seconds.map { Town.start.advanced(bySeconds: $0) }
    var activity = Activity(at: try #require(moments.first))
    for moment in moments { activity.note(moment) }
    let key = Fact.Key(
      hour: activity.hour, recorder: "node-a", client: Town.ip(client), server: Town.ip(server), port: port,
      transport: .tcp, tier: .used, direction: .opening, dialled: nil)
    street.town.facts.conversations = [try #require(Fact(key: key, conversations: times, activity: activity))]
    return street.lines
  }

  @Test(
    "a Service's address that changes owner is the one's and then the other's, never the first one's alone")
  func owners() throws {
    #expect(
      try Self.lines(Self.services(), Self.web, "10.96.0.50", 80, at: [60, 2400]) == [
        "shop/web → shop/api 8080/TCP ×3", "shop/web → shop/web 3000/TCP ×3",
      ])
    // Before the change or after it nothing is cut.
    #expect(
      try Self.lines(Self.services(), Self.web, "10.96.0.50", 80, at: [60, 600])
        == ["shop/web → shop/api 8080/TCP ×6"])
    #expect(
      try Self.lines(Self.services(), Self.web, "10.96.0.50", 80, at: [1900, 2400])
        == ["shop/web → shop/web 3000/TCP ×6"])
  }

  @Test("of a row that is cut, what was there at its last moment is what was seen until later")
  func lastSeen() throws {
    var street = try Street(Self.services())
    var activity = Activity(at: Town.start.advanced(bySeconds: 60))
    activity.note(Town.start.advanced(bySeconds: 2400))
    let key = Fact.Key(
      hour: activity.hour, recorder: "node-a", client: Town.ip(Self.web), server: Town.ip("10.96.0.50"),
      port: 80, transport: .tcp, tier: .used, direction: .opening, dialled: nil)
    let minute = activity.last.minutes + 300
    street.town.facts.conversations = [
      try #require(Fact(key: key, conversations: 6, activity: activity, lastMinute: minute))
    ]
    let seen = street.town.learned().edges.map(\.evidence)
    #expect(seen.map(\.lastSeen).max() == Instant(seconds: minute * 60))
    // The other end of the way was gone when the Service was.
    let first = try #require(seen.map(\.lastSeen).min())
    #expect(first < Town.start.advanced(bySeconds: 1210), "\(first)")
    #expect(seen.allSatisfy { $0.last < activity.last.advanced(bySeconds: 1) })
  }

  @Test(
    "what was there between the first moment and the last is told where a whole minute saw it, else in doubt")
  func between() throws {
    let third = """
      ---
      kind: Service
      metadata: {name: third, namespace: shop, creationTimestamp: at(1300), deletionTimestamp: at(1500)}
      spec: {clusterIP: 10.96.0.50, selector: {app: api}, ports: [{port: 80, targetPort: 9090}]}
      """
    let seen = try Self.lines(Self.services(third), Self.web, "10.96.0.50", 80, at: [60, 1400, 2400])
    #expect(seen.contains { $0.hasPrefix("shop/web → shop/api 9090/TCP") })
    let partly = try Self.lines(
      Self.services(third.replacing("at(1500)", with: "at(1312)")), Self.web, "10.96.0.50", 80,
      at: [60, 1310, 2400])
    #expect(!partly.contains { $0.hasPrefix("shop/web → shop/api 9090/TCP") })
    #expect(
      partly.contains {
        $0.hasPrefix("shop/web → 10.96.0.50 80/TCP")
          && $0.contains("(nobody known → shop/third → nobody known)")
      }, "\(partly)")
    // While nothing was seen anybody may come and go.
    #expect(
      try Self.lines(Self.services(third), Self.web, "10.96.0.50", 80, at: [60, 2400]) == [
        "shop/web → shop/api 8080/TCP ×3", "shop/web → shop/web 3000/TCP ×3",
      ])
    // Of two conversations each is one whose moment is known.
    #expect(
      try Self.lines(Self.services(third), Self.web, "10.96.0.50", 80, at: [60, 2400], times: 2) == [
        "shop/web → shop/api 8080/TCP ×1", "shop/web → shop/web 3000/TCP ×1",
      ])
  }

  @Test("a whole minute is whole to its last moment, also where another Service's time follows at once")
  func wholeMinute() throws {
    let yaml = Self.services(
      """
      ---
      kind: Service
      metadata: {name: third, namespace: shop, creationTimestamp: at(1260), deletionTimestamp: at(1320)}
      spec: {clusterIP: 10.96.0.50, selector: {app: api}, ports: [{port: 80, targetPort: 9090}]}
      """
    ).replacing("deletionTimestamp: at(1200)", with: "deletionTimestamp: at(1260)")
      .replacing("creationTimestamp: at(1800)", with: "creationTimestamp: at(1320)")
    #expect(
      try Self.lines(yaml, Self.web, "10.96.0.50", 80, at: [60, 1290, 2400]) == [
        "shop/web → shop/api 8080/TCP ×2", "shop/web → shop/api 9090/TCP ×2",
        "shop/web → shop/web 3000/TCP ×2",
      ])
  }

  @Test(
    "a port of a machine that leads to a pod is cut where the pod goes, also where another machine came after"
  )
  func hostPortOfFormerMachine() throws {
    let yaml = """
      kind: Node
      metadata: {name: old, creationTimestamp: at(-9000), deletionTimestamp: at(2400)}
      status: {addresses: [{type: InternalIP, address: 10.0.0.99}]}
      ---
      kind: Node
      metadata: {name: new, creationTimestamp: at(2405)}
      status: {addresses: [{type: InternalIP, address: 10.0.0.99}]}
      ---
      kind: Pod
      metadata: {name: agent, namespace: ops, ownerReferences: [{kind: DaemonSet, name: agent, controller: true}]}
      spec: {nodeName: old, containers: [{ports: [{containerPort: 8126, hostPort: 18126}]}]}
      status: {phase: Succeeded, podIP: 10.244.2.7, startTime: at(-3600), containerStatuses: [{state: {terminated: {finishedAt: at(900)}}}]}
      """
    #expect(
      try Self.lines(yaml, Self.web, "10.0.0.99", 18126, at: [60, 1800]) == [
        "shop/web → ops/agent 8126/TCP ×3", "shop/web → node old 18126/TCP ×3",
      ])
  }

  @Test("within a minute of which no moment is known nobody can say whose side of a change it was")
  func unknownMoment() throws {
    func pod(_ name: String, _ from: Int, _ until: Int) -> String {
      """
      kind: Pod
      metadata: {name: \(name), namespace: shop, ownerReferences: [{kind: Job, name: \(name), controller: true}]}
      spec: {nodeName: node-a, containers: []}
      status: {phase: Succeeded, podIP: 10.0.0.99, startTime: at(\(from)), containerStatuses: [{state: {terminated: {finishedAt: at(\(until))}}}]}
      ---
      """
    }
    func node(_ name: String, _ from: Int, _ until: Int) -> String {
      """
      kind: Node
      metadata: {name: \(name), creationTimestamp: at(\(from)), deletionTimestamp: at(\(until))}
      status: {addresses: [{type: InternalIP, address: 10.0.0.99}]}
      ---
      """
    }
    let yaml =
      [pod("first", -600, 600), node("old", 700, 1830), node("new", 1830, 2700), pod("last", 3000, 3500)]
      .joined(separator: "\n")
    #expect(
      try Self.lines(yaml, "10.0.0.99", Self.api, 8080, at: [60, 1810, 3300]).map { $0.prefix { $0 != "×" } }
        == [
          "shop/first → shop/api 8080/TCP ", "shop/last → shop/api 8080/TCP ",
          "10.0.0.99 → shop/api 8080/TCP ",
        ])
    // A minute that was over before the change is that of who was there.
    #expect(
      try Self.lines(yaml, "10.0.0.99", Self.api, 8080, at: [60, 1790, 3300]).contains {
        $0.hasPrefix("node old → ")
      })
  }

  @Test("a node port that a Service gets within the hour is the machine's own before")
  func nodePort() throws {
    let yaml = """
      kind: Service
      metadata: {name: api, namespace: shop, creationTimestamp: at(1800)}
      spec: {clusterIP: 10.96.0.50, selector: {app: api}, ports: [{port: 80, targetPort: 8080, nodePort: 30080}]}
      """
    #expect(
      try Self.lines(yaml, Self.web, "10.0.0.12", 30080, at: [60, 2400]) == [
        "shop/web → shop/api 8080/TCP ×3", "shop/web → node node-b 30080/TCP ×3",
      ])
  }

  @Test("slices that change within the hour lead to who was there at either time")
  func slices() throws {
    let yaml = """
      kind: Service
      metadata: {name: legacy, namespace: shop}
      spec: {clusterIP: 10.96.0.30, ports: [{port: 3306}]}
      ---
      kind: EndpointSlice
      metadata: {name: legacy-1, namespace: shop, creationTimestamp: at(-600), deletionTimestamp: at(1200), labels: {kubernetes.io/service-name: legacy}}
      endpoints: [{addresses: [192.0.2.8]}]
      ports: [{port: 3306}]
      ---
      kind: EndpointSlice
      metadata: {name: legacy-2, namespace: shop, creationTimestamp: at(1200), labels: {kubernetes.io/service-name: legacy}}
      endpoints: [{addresses: [192.0.2.9]}]
      ports: [{port: 3306}]
      """
    #expect(
      try Self.lines(yaml, Self.web, "10.96.0.30", 3306, at: [60, 2400]) == [
        "shop/web → 192.0.2.8 3306/TCP ×3", "shop/web → 192.0.2.9 3306/TCP ×3",
      ])
  }

  @Test("a machine that asks is the one that was there")
  func machines() throws {
    let yaml = """
      kind: Node
      metadata: {name: old, creationTimestamp: at(-9000), deletionTimestamp: at(1200)}
      status: {addresses: [{type: InternalIP, address: 10.0.0.99}]}
      ---
      kind: Node
      metadata: {name: new, creationTimestamp: at(1205)}
      status: {addresses: [{type: InternalIP, address: 10.0.0.99}]}
      """
    let lines = try Self.lines(yaml, "10.0.0.99", Self.api, 8080, at: [60, 2400])
    #expect(lines.map { $0.prefix { $0 != "→" } } == ["node new ", "node old "])
  }
}
