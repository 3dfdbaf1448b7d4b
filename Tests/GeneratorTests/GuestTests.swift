import Kubernetes
import TestSupport
import Testing
import Traffic

@testable import Generator

@testable import struct Kubernetes.EndpointSlice
@testable import struct Kubernetes.HostPort
@testable import struct Kubernetes.Pod
@testable import struct Kubernetes.Workload

@Suite("Guests and broad rules open no more than they must")
struct GuestTests {
  /// A shop whose API is offered outside on these ports.
  private static func town(offering ports: UInt16...) -> Town {
    var town = Shop.town()
    for (place, port) in ports.enumerated() {
      town.service(
        "payments", "shop-\(place)", at: "10.96.0.3\(place)", selector: ["app": "api"], port: 80,
        target: .number(port), nodePort: 30_080 + UInt16(place))
    }
    return town
  }

  @Test("one private guest opens the door for itself, a public one for every guest")
  func guests() throws {
    var town = Self.town(offering: 8080, 8443)
    town.saw("192.168.3.4", Shop.api, 8080)
    #expect(try Shop.rules(town, "api") == ["192.168.3.4/32 on TCP/8080"])
    town.saw("198.51.100.7", Shop.api, 8443)
    #expect(
      try Shop.rules(town, "api") == [
        "0.0.0.0/0 except 10.244.0.0/16 on TCP/8443", "192.168.3.4/32 on TCP/8080",
      ])
  }

  @Test("a public guest at a port that nothing offers outside opens it for himself alone, which is told")
  func unexplained() throws {
    var town = Shop.town()
    town.saw("198.51.100.7", Shop.api, 8080)
    town.saw("2001:db8:9::7", Shop.api, 8080)
    #expect(
      try Shop.rules(town, "api") == ["198.51.100.7/32; 2001:db8:9::7/128 on TCP/8080"])
    let concern = try #require(town.learned("payments").plan.concernsBesidesOld.first)
    #expect(concern.kind == .guestsUnexplained)
    #expect(
      concern.detail == ["198.51.100.7 → payments/api 8080/TCP", "2001:db8:9::7 → payments/api 8080/TCP"])
    // Who asks for every guest gets it.
    #expect(
      try Shop.rules(town, "api") { $0.external = .public }.contains { $0.contains("0.0.0.0/0 except") })
    // A port of the machine that leads to the pod is an offer too.
    town.objects = town.objects.map { object in
      guard case .pod(var pod) = object, pod.meta.name == "api-0" else { return object }
      pod.hostPorts = [HostPort(number: 80, containerPort: 8080, transport: .tcp, address: nil)]
      return .pod(pod)
    }
    #expect(try Shop.rules(town, "api").contains { $0.contains("0.0.0.0/0 except") })
    #expect(town.learned("payments").plan.concernsBesidesOld.isEmpty)
  }

  @Test(
    "an accepted guest opens the door for himself, and for every guest only where it is offered outside",
    arguments: [Options.External.auto, .exact, .public])
  func accepted(external: Options.External) throws {
    for isOffered in [false, true] {
      var town = isOffered ? Self.town(offering: 8080) : Shop.town()
      town.saw("198.51.100.7", Shop.api, 8080, .attempted)
      var options = Options()
      options.namespaces = ["payments"]
      options.external = external
      let kept = Learned(town.facts, Inventory(town.objects), options).edges.filter { $0.bin == .quarantined }
      #expect(kept.count == 1)
      options.decisions = Decisions(
        Dictionary(uniqueKeysWithValues: kept.map { (EdgeName($0), Decision(.accept, owner: "alice")) }))
      let plan = Learned(town.facts, Inventory(town.objects), options).plan
      #expect(plan.proof.failures.isEmpty && plan.concernsBesidesOld.isEmpty)
      let rules = plan.policies.first { $0.policy.name == "api" }?.policy.ingress.map(\.description) ?? []
      let isBroad = isOffered && external != .exact
      #expect(
        rules == [(isBroad ? "0.0.0.0/0 except 10.244.0.0/16" : "198.51.100.7/32") + " on TCP/8080"],
        "\(external), \(isOffered)")
    }
  }

  @Test("guests are written as exactly as they are asked to be")
  func exactGuests() throws {
    var town = Self.town(offering: 8080)
    town.saw("198.51.100.7", Shop.api, 8080)
    #expect(try Shop.rules(town, "api") { $0.external = .exact } == ["198.51.100.7/32 on TCP/8080"])
    #expect(try Shop.rules(town, "api") { $0.external = .none } == [])
    town.saw("198.51.100.8", Shop.db, 5432, times: 1)
    #expect(try Shop.rules(town, "db") { $0.isStrict = true } == ["pods app=api on TCP/5432"])
  }

  @Test("what is cut by choice is told")
  func cutByChoice() {
    var town = Shop.town()
    town.saw(Shop.api, "203.0.113.9", 443)
    var options = Options()
    options.namespaces = ["payments"]
    options.external = .none
    let proof = Learned(town.facts, Inventory(town.objects), options).plan.proof
    #expect(proof.cutByChoice.map(\.port) == [443])
    #expect(proof.passing == 1)
  }

  @Test("an address that a broad rule covers on the same port has no rule of its own, but its name")
  func absorbed() throws {
    var town = Shop.town()
    town.answered(Shop.api, "pay.example.com", "203.0.113.9")
    town.saw(Shop.api, "203.0.113.9", 443)
    town.saw(Shop.api, "198.51.100.80", 443)
    town.saw(Shop.api, "198.51.100.80", 25)
    var options = Options()
    options.namespaces = ["payments"]
    let plan = Learned(town.facts, Inventory(town.objects), options).plan
    #expect(plan.proof.failures.isEmpty)
    let egress = plan.policies.first { $0.policy.name == "api" }?.policy.egress ?? []
    #expect(egress.count == 3)
    #expect(
      egress.contains {
        $0.note.first?.hasPrefix("198.51.100.80 and pay.example.com, by public name") == true
      })
  }

  @Test("private guests at a port that is offered outside are told, unless their network has a name")
  func privateGuests() throws {
    var town = Self.town(offering: 8080)
    town.saw("192.168.3.4", Shop.api, 8080)
    town.saw("10.20.0.5", Shop.api, 8080)
    func told(_ change: (inout Options) -> Void = { _ in }) -> [Concern] {
      var options = Options()
      options.namespaces = ["payments"]
      change(&options)
      return Learned(town.facts, Inventory(town.objects), options).plan.concerns.filter {
        $0.kind == .guestsPrivate
      }
    }
    let concern = try #require(told().first)
    #expect(
      concern.detail == ["10.20.0.5 → payments/api 8080/TCP", "192.168.3.4 → payments/api 8080/TCP"])
    #expect(concern.hint?.contains("--networks") == true)
    #expect(told { $0.external = .exact }.isEmpty && told { $0.external = .none }.isEmpty)
    let office = Networks.Network(
      name: "office", blocks: ["10.20.0.0/16", "192.168.0.0/16"].compactMap { Prefix($0) }.map { .init($0) })
    #expect(told { $0.networks = Networks([office]) }.isEmpty)
    // Nothing says that others come to a port that nobody offers.
    town.saw("10.20.0.6", Shop.api, 9090)
    #expect(told().first?.detail.count == 2)
  }

  @Test("the public internet leaves out what gives secrets away, wherever that lives")
  func metadataHoles() throws {
    var town = Shop.town()
    town.answered(Shop.api, "pay.example.com", "203.0.113.9")
    town.saw(Shop.api, "203.0.113.9", 443)
    let rules = try Shop.rules(town, "api", .egress)
    for address in ["169.254.0.0/16", "192.0.0.192/32", "168.63.129.16/32"] {
      #expect(rules.contains { $0.contains(address) }, "\(address)")
    }
  }
}
