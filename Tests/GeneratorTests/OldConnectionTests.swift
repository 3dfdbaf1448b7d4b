import Kubernetes
import Testing
import Traffic

@testable import Generator

@testable import struct Kubernetes.EndpointSlice
@testable import struct Kubernetes.Workload

@Suite("Connections that are older than the recording are not cut in silence")
struct OldConnectionTests {
  private static let dns = "10.244.0.2"

  /// A shop in a cluster whose API server is known, and whose DNS was asked.
  private static func town(isServerKnown: Bool = true) -> Town {
    var town = Shop.town()
    town.saw(Shop.api, dns, 53, .replied, transport: .udp, direction: .firstSender)
    guard isServerKnown else { return town }
    town.service("default", "kubernetes", at: "10.96.0.1", selector: [:], port: 443, target: .number(6443))
    town.objects.append(
      .slice(
        EndpointSlice(
          meta: ObjectMeta(
            namespace: "default", name: "kubernetes", labels: ["kubernetes.io/service-name": "kubernetes"]),
          addresses: ["10.0.0.1", "10.0.0.2"].map(Town.ip),
          ports: [EndpointSlice.Port(name: nil, number: 6443, transport: .tcp)])))
    return town
  }

  private static func plan(
    _ town: Town, _ namespace: String = "kube-system", _ change: (inout Options) -> Void = { _ in }
  ) -> Plan {
    var options = Options()
    options.namespaces = [namespace]
    change(&options)
    return Learned(town.facts, Inventory(town.objects), options).plan
  }

  private static func ways(_ plan: Plan, _ name: String = "coredns") -> [String] {
    plan.policies.first { $0.policy.name == name }?.policy.egress.map(\.description) ?? []
  }

  private static func told(_ plan: Plan) -> [String] {
    plan.concerns.filter { $0.kind == .oldConnections }.flatMap(\.detail)
  }

  private static let watch = "10.0.0.1/32; 10.0.0.2/32 on TCP/6443"
  private static let everywhere = "0.0.0.0/0 except 10.244.0.0/16 on TCP/53, UDP/53"

  @Test(
    "the cluster's DNS may watch the API server and ask anybody but pods for names, though it was seen to do neither"
  )
  func resolver() {
    let plan = Self.plan(Self.town())
    #expect(plan.proof.failures.isEmpty && plan.obstacles.isEmpty)
    #expect(Set(Self.ways(plan)) == [Self.everywhere, Self.watch, "10.96.0.1/32 on TCP/443"])
    let notes = plan.policies.flatMap(\.policy.egress).flatMap(\.note)
    #expect(notes.contains("none was seen, and each machine names its own, so this is broad"), "\(notes)")
    #expect(plan.policies.reduce(0) { $0 + $1.broadRuleCount } == 1)
    #expect(Self.told(plan).isEmpty)
    // Nothing is ruled where the way out stays open, and nobody else gets such rules.
    #expect(Self.ways(Self.plan(Self.town()) { $0.isolation = .ingress }).isEmpty)
    #expect(Self.ways(Self.plan(Self.town(), "payments"), "api") == ["pods app=db on TCP/5432"])
  }

  @Test(
    "where its own questions were seen they are the rule, and where nothing outside is written there is none")
  func upstream() {
    for (port, transport) in [(UInt16(53), Transport.udp), (853, .tcp)] {
      var town = Self.town()
      town.saw(Self.dns, "10.0.0.2", port, .used, transport: transport)
      let ways = Self.ways(Self.plan(town))
      #expect(ways.contains { $0.hasPrefix("10.0.0.2/32 on") && $0.hasSuffix("/\(port)") }, "\(ways)")
      #expect(!ways.contains(Self.everywhere))
    }
    for external in [Options.External.exact, .none] {
      let plan = Self.plan(Self.town()) { $0.external = external }
      #expect(!Self.ways(plan).contains(Self.everywhere) && Self.ways(plan).contains(Self.watch))
      #expect(
        plan.concerns.filter { $0.kind == .resolversUnknown }.count == 1, "\(plan.concerns.map(\.message))")
    }
  }

  @Test("an API server that nobody knows is told where the DNS needs it")
  func unknownServer() {
    let kinds = Self.plan(Self.town(isServerKnown: false)).concerns.map(\.kind)
    #expect(kinds == [.apiServerUnknown])
    #expect(Self.plan(Self.town(isServerKnown: false)) { $0.isolation = .ingress }.concerns.isEmpty)
  }

  @Test("a watch of which the recording shows the middle is a need like one whose opening was seen")
  func midStream() throws {
    for tier in [Tier.established, .used] {
      var town = Self.town()
      // Nobody can tell who asked but by the port that is the API server's.
      let other = Socket(Town.ip(Shop.api), 40_112)
      town.saw(Shop.api, "10.0.0.1", 6443, tier, times: 1, direction: .unknown, dialled: other)
      let edge = try #require(town.learned("payments").edges.first { $0.port == 6443 })
      #expect(edge.bin == .baseline && edge.key.isDirected, "\(edge.bin), \(edge.reason ?? "")")
      #expect(
        Self.ways(Self.plan(town, "payments"), "api").contains { $0.contains("10.0.0.1/32 on TCP/6443") })
    }
  }

  @Test("who was asked and never seen to ask is told by name, unless the way out stays open")
  func servers() {
    let town = Self.town()
    let plan = Self.plan(town, "payments")
    #expect(Self.told(plan) == ["nothing was seen to go out of `payments/db`"])
    #expect(Self.told(Self.plan(town, "payments") { $0.isolation = .ingress }).isEmpty)
    var asking = town
    asking.saw(Shop.db, "203.0.113.9", 443)
    #expect(Self.told(Self.plan(asking, "payments")).isEmpty)
    // Names alone are asked for on the way to somebody.
    var resolving = town
    resolving.saw(Shop.db, Self.dns, 53, .replied, transport: .udp, direction: .firstSender)
    #expect(Self.told(Self.plan(resolving, "payments")).count == 1)
  }

  @Test(
    "who needs the API server by trade and was not seen there is told",
    arguments: [
      ("traefik", "an Ingress controller"), ("stock-operator", "a controller by its name"),
      ("scaling-controller", "a controller by its name"), ("shop", nil),
    ] as [(String, String?)])
  func trades(name: String, trade: String?) {
    var town = Self.town()
    town.deployment("payments", name, at: ["10.244.0.70"])
    town.saw("10.244.0.70", Shop.db, 5432)
    let told = Self.told(Self.plan(town, "payments")).filter { $0.contains(name) }
    #expect(
      told == (trade.map { ["nothing was seen at the API server of `payments/\(name)`, \($0)"] } ?? []))
    town.saw("10.244.0.70", "10.96.0.1", 443)
    #expect(Self.told(Self.plan(town, "payments")).allSatisfy { !$0.contains(name) })
  }

  @Test(
    "a recording long enough for every watch to show itself tells of nobody, where it is of the same machine")
  func length() {
    for (recorder, minutes, isTold) in [
      ("node-a", Int64(9), true), ("node-a", 10, false), ("node-a/4f1c", 10, false), ("a file", 10, false),
      ("node-b", 60, true), ("node-a2", 60, false),
    ] {
      var town = Self.town()
      town.node("node-b", at: "10.0.0.12")
      town.facts.losses = [
        Loss(
          recorder: recorder, interface: 0, from: Town.start,
          until: Town.start.advanced(bySeconds: minutes * 60), received: 1, dropped: 0)
      ]
      #expect(Self.told(Self.plan(town, "payments")).isEmpty != isTold, "\(recorder), \(minutes)")
    }
  }

  @Test("files of a rotation add up, what they show twice counts once, and the time is said")
  func rotation() {
    func plan(_ minutes: [ClosedRange<Int64>]) -> Plan {
      var town = Self.town()
      town.facts.losses = minutes.enumerated().map { number, minutes in
        Loss(
          recorder: "file \(number)", interface: 0,
          from: Town.start.advanced(bySeconds: minutes.lowerBound * 60),
          until: Town.start.advanced(bySeconds: minutes.upperBound * 60), received: 1, dropped: nil)
      }
      return Self.plan(town, "payments")
    }
    #expect(Self.told(plan([0...4, 4...8, 8...12])).isEmpty)
    let short = plan([0...6, 1...5, 6...9])
    #expect(!Self.told(short).isEmpty)
    #expect(short.concerns.contains { $0.message.hasPrefix("the recording of 1 workload is 9 min: ") })
  }

  @Test("hours between two files of one run were not recorded, nor what is outside of the time asked for")
  func stretches() {
    func recorded(_ stretches: [ClosedRange<Int64>], window: ClosedRange<Int64>? = nil) -> Learned {
      var town = Self.town()
      town.facts.losses = stretches.map {
        Loss(
          recorder: "a run", interface: 0, from: Town.start.advanced(bySeconds: $0.lowerBound * 60),
          until: Town.start.advanced(bySeconds: $0.upperBound * 60), received: 1, dropped: nil)
      }
      // Whoever tells nothing of its own times recorded from the first to the last that it saw.
      town.facts.conversations = []
      town.saw(Shop.api, Shop.db, 5432, recorder: "a run")
      town.saw(Shop.api, Shop.db, 5432, recorder: "a run", minute: 50)
      var facts = KeptFacts(town.facts)
      if let window {
        facts.window =
          Town.start.advanced(
            bySeconds: window.lowerBound * 60)...Town.start.advanced(
            bySeconds: window.upperBound * 60)
      }
      var options = Options()
      options.namespaces = ["payments"]
      return Learned(facts, Inventory(town.objects), options)
    }
    for (stretches, window, minutes, count) in [
      ([2...6, 48...52], nil, 8, 2), ([2...6, 6...52], nil, 50, 1), ([], nil, 45, 1),
      ([2...52], 40...60, 12, 1),
      ([2...6], 40...60, 0, 0),
    ] as [([ClosedRange<Int64>], ClosedRange<Int64>?, Int64, Int)] {
      let learned = recorded(stretches, window: window)
      #expect(learned.recordedTime.time == .seconds(minutes * 60), "\(stretches)")
      #expect(learned.recordedTime.stretches == count, "\(stretches)")
      #expect(Self.told(learned.plan).isEmpty == (minutes >= 10), "\(stretches)")
    }
  }

  @Test("of many workloads a few are named")
  func many() {
    var town = Self.town()
    for number in 0..<7 {
      town.deployment("payments", "store-\(number)", at: ["10.244.0.8\(number)"])
      town.saw(Shop.api, "10.244.0.8\(number)", 6379)
    }
    #expect(
      Self.told(Self.plan(town, "payments")) == [
        "nothing was seen to go out of `payments/db`, `payments/store-0`, `payments/store-1`, `payments/store-2`, `payments/store-3` and 3 more"
      ])
  }
}
