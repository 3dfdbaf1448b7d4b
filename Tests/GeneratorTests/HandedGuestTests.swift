import Kubernetes
import Testing
import Traffic

@testable import Generator

@testable import struct Kubernetes.ClusterNode

@Suite("Guests whom machines hand on may come by any machine")
struct HandedGuestTests {
  private static let guest = "192.168.3.4"
  private static let ownMachine = "10.0.0.11"
  private static let otherMachine = "10.0.0.12"
  private static let nodePort = Socket(Town.ip(otherMachine), 30_080)
  /// What two machines ask others' pods from: their own addresses and those of their bridges and tunnels.
  private static let everyMachine = "10.0.0.11/32; 10.0.0.12/32; 10.244.0.0/31; 10.245.0.0/31"

  /// A shop on two machines, whose API a Service offers outside.
  private static func town(
    nodePort: UInt16? = 30_080, otherAddresses: [String] = [], keepsGuests: Bool = false
  ) -> Town {
    var town = Shop.town()
    town.node("node-b", at: otherMachine, podRanges: ["10.245.0.0/24"])
    town.service(
      "payments", "shop", at: "10.96.0.30", selector: ["app": "api"], port: 80, target: .number(8080),
      nodePort: nodePort, otherAddresses: otherAddresses, keepsGuests: keepsGuests)
    return town
  }

  private static func told(_ town: Town, _ change: (inout Options) -> Void = { _ in }) -> [Concern] {
    var options = Options()
    options.namespaces = ["payments"]
    change(&options)
    return Learned(town.facts, Inventory(town.objects), options).plan.concerns.filter {
      $0.kind == .guestsHidden
    }
  }

  @Test(
    "what another machine asked where guests are handed on, every machine may ask",
    arguments: [otherMachine, "10.245.0.0", "10.245.0.1"])
  func asked(from address: String) throws {
    var town = Self.town()
    town.saw(address, Shop.api, 8080)
    #expect(try Shop.rules(town, "api") == ["\(Self.everyMachine) on TCP/8080"])
    let plan = town.learned("payments").plan
    #expect(
      plan.policies.first { $0.policy.name == "api" }?.policy.ingress.flatMap(\.note) == [
        "every machine, for guests whom it hands on, to port http",
        "a machine that comes later is not among them",
      ])
    let concern = try #require(Self.told(town).first)
    #expect(concern.detail == ["payments/api 8080/TCP, behind Service `payments/shop`"])
    #expect(concern.message.contains("a machine that comes later"))
  }

  @Test("a guest who was seen to dial a machine or a load balancer may be handed on by any machine")
  func dialled() throws {
    for (town, door) in [
      (Self.town(), Self.nodePort),
      (Self.town(nodePort: nil, otherAddresses: ["192.0.2.80"]), Socket(Town.ip("192.0.2.80"), 80)),
    ] {
      var town = town
      town.saw(Self.guest, Shop.api, 8080, dialled: door)
      #expect(
        try Shop.rules(town, "api") == [
          "\(Self.everyMachine) on TCP/8080", "\(Self.guest)/32 on TCP/8080",
        ])
      #expect(Self.told(town).count == 1)
    }
    // Who dials the pod itself goes through no machine's door.
    var town = Self.town()
    town.saw(Self.guest, Shop.api, 8080)
    #expect(try Shop.rules(town, "api") == ["\(Self.guest)/32 on TCP/8080"])
    #expect(Self.told(town).isEmpty)
  }

  @Test("a rule for every guest holds the machines too, but for their addresses among pods'")
  func everybody() throws {
    var town = Self.town()
    town.saw("203.0.113.7", Shop.api, 8080, dialled: Self.nodePort)
    town.saw(Self.otherMachine, Shop.api, 8080)
    #expect(
      try Shop.rules(town, "api") == [
        "0.0.0.0/0 except 10.244.0.0/15 on TCP/8080", "10.244.0.0/31; 10.245.0.0/31 on TCP/8080",
      ])
    #expect(Self.told(town).count == 1)
    // Whether he dialled a machine or a pod, the rule is one for every guest.
    town.saw("203.0.113.8", Shop.api, 8080)
    let notes = town.learned("payments").plan.policies.first { $0.policy.name == "api" }?.policy.ingress
      .flatMap(\.note)
    #expect(
      notes?.first == "guests from outside, to port http: they can come from anywhere, so this is broad")
    // Where machines tell no block there is nothing left to let in, nor to tell.
    town.objects = town.objects.map { object in
      guard case .node(var node) = object else { return object }
      node.podRanges = []
      return .node(node)
    }
    #expect(try Shop.rules(town, "api").count == 1)
    #expect(Self.told(town).isEmpty)
  }

  @Test("where a Service keeps guests' addresses a machine asks for itself")
  func local() throws {
    var town = Self.town(keepsGuests: true)
    town.saw(Self.otherMachine, Shop.api, 8080)
    town.saw(Self.guest, Shop.api, 8080, dialled: Self.nodePort)
    #expect(
      try Shop.rules(town, "api") == ["10.0.0.12/32; \(Self.guest)/32 on TCP/8080"])
    #expect(Self.told(town).isEmpty)
  }

  @Test("a Service that is offered to nobody outside, or that has gone, hands nobody on")
  func closed() throws {
    var town = Self.town(nodePort: nil)
    town.saw(Self.otherMachine, Shop.api, 8080)
    #expect(try Shop.rules(town, "api") == ["10.0.0.12/32 on TCP/8080"])
    var gone = Self.town()
    gone.saw(Self.otherMachine, Shop.api, 8080)
    gone.objects = gone.objects.map { object in
      guard case .service = object, object.meta.name == "shop" else { return object }
      return object.altered { $0.deleted = Town.start.advanced(bySeconds: 3600) }
    }
    #expect(try Shop.rules(gone, "api") == ["10.0.0.12/32 on TCP/8080"])
    #expect(Self.told(town).isEmpty && Self.told(gone).isEmpty)
  }

  @Test("a machine that asks its own pods opens nothing, nor does one at another port")
  func ownNeeds() throws {
    var town = Self.town()
    town.saw(Self.ownMachine, Shop.api, 8080)
    #expect(try Shop.rules(town, "api").isEmpty)
    town.saw(Self.otherMachine, Shop.api, 9090)
    #expect(try Shop.rules(town, "api") == ["10.0.0.12/32 on TCP/9090"])
    #expect(Self.told(town).isEmpty)
    // Where its plugin stops its own machine, a probe is no guest either.
    town.objects = town.objects.map { object in
      guard case .pod(var pod) = object, pod.meta.name == "api-0" else { return object }
      pod.probes = [8080]
      return .pod(pod)
    }
    #expect(Self.told(town) { $0.plugin = .kindnet }.isEmpty)
  }

  @Test("a machine's address that none asks others from is let in for itself")
  func besides() throws {
    var town = Self.town()
    town.objects = town.objects.map { object in
      guard case .node(var node) = object, node.meta.name == "node-b" else { return object }
      node.addresses.append(Town.ip("203.0.113.12"))
      return .node(node)
    }
    town.saw("203.0.113.12", Shop.api, 8080)
    #expect(
      try Shop.rules(town, "api") == ["\(Self.everyMachine) on TCP/8080", "203.0.113.12/32 on TCP/8080"])
  }

  @Test("as far as machines go it matters not how addresses outside are written, unless no guest is let in")
  func external() throws {
    var town = Self.town()
    town.saw(Self.otherMachine, Shop.api, 8080)
    for external in Options.External.allCases {
      let rules = try Shop.rules(town, "api") { $0.external = external }
      #expect(
        rules == [(external == .none ? "10.0.0.12/32" : Self.everyMachine) + " on TCP/8080"], "\(external)")
    }
  }

  @Test("an accepted guest stands in a rule of his own with the machines that may hand him on")
  func accepted() throws {
    var town = Self.town()
    town.saw(Self.guest, Shop.api, 8080, .attempted, dialled: Self.nodePort)
    var options = Options()
    options.namespaces = ["payments"]
    let kept = Learned(town.facts, Inventory(town.objects), options).edges.filter { $0.bin == .quarantined }
    options.decisions = Decisions(
      Dictionary(uniqueKeysWithValues: kept.map { (EdgeName($0), Decision(.accept, owner: "alice")) }))
    func rules(_ town: Town) -> [String] {
      let plan = Learned(town.facts, Inventory(town.objects), options).plan
      #expect(plan.proof.failures.isEmpty)
      return plan.policies.first { $0.policy.name == "api" }?.policy.ingress.map {
        "\($0) \($0.note.joined(separator: " ").contains("accepted by alice"))"
      } ?? []
    }
    #expect(
      rules(town) == ["\(Self.everyMachine) on TCP/8080 true", "\(Self.guest)/32 on TCP/8080 true"])
    // What a machine needs anyhow is nobody's decision.
    town.saw(Self.otherMachine, Shop.api, 8080)
    #expect(
      rules(town) == ["\(Self.everyMachine) on TCP/8080 false", "\(Self.guest)/32 on TCP/8080 true"])
  }

  @Test("that the plugin ignores blocks of machines, or that nobody knows the machines, is told")
  func plugins() {
    var town = Self.town(nodePort: nil, otherAddresses: ["192.0.2.80"])
    town.saw(Self.guest, Shop.api, 8080, dialled: Socket(Town.ip("192.0.2.80"), 80))
    #expect(Self.told(town) { $0.plugin = .cilium }.first?.message.contains("Cilium ignores") == true)
    #expect(Self.told(town) { $0.isolation = .egress }.isEmpty)
    town.objects.removeAll { object in if case .node = object { true } else { false } }
    #expect(Self.told(town).map { $0.message.contains("nobody knows the machines") } == [true])
  }

  @Test("machines are let in by the family in which one asked")
  func families() throws {
    var town = Self.town()
    town.objects = town.objects.map { object in
      guard case .node(var node) = object, node.meta.name == "node-b" else { return object }
      node.addresses.append(Town.ip("fd00::12"))
      return .node(node)
    }
    town.saw(Self.otherMachine, Shop.api, 8080)
    #expect(try Shop.rules(town, "api") == ["\(Self.everyMachine) on TCP/8080"])
    town.saw("fd00::12", Shop.api, 8080)
    #expect(try Shop.rules(town, "api") == ["\(Self.everyMachine); fd00::12/128 on TCP/8080"])
    #expect(Self.told(town).first?.detail.count == 1)
  }
}
