import Kubernetes
import TestSupport
import Testing
import Traffic

@testable import Generator

@testable import struct Kubernetes.EndpointSlice
@testable import struct Kubernetes.Pod
@testable import struct Kubernetes.Workload

@Suite("Guests and broad rules open no more than they must")
struct GuestTests {
  @Test("one private guest opens the door for itself, a public one for every guest")
  func guests() throws {
    var town = Shop.town()
    town.saw("192.168.3.4", Shop.api, 8080)
    #expect(try Shop.rules(town, "api") == ["192.168.3.4/32 on TCP/8080"])
    town.saw("198.51.100.7", Shop.api, 8443)
    #expect(
      try Shop.rules(town, "api") == [
        "0.0.0.0/0 except 10.244.0.0/16 on TCP/8443", "192.168.3.4/32 on TCP/8080",
      ])
  }

  @Test("guests are written as exactly as they are asked to be")
  func exactGuests() throws {
    var town = Shop.town()
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

  @Test("a machine that passes guests on is one of the guests")
  func passedOn() throws {
    var town = Shop.town()
    town.node("node-b", at: "10.0.0.12")
    town.saw("203.0.113.7", Shop.api, 8080)
    town.saw("10.0.0.12", Shop.api, 8080)
    #expect(try Shop.rules(town, "api") == ["0.0.0.0/0 except 10.244.0.0/16 on TCP/8080"])
  }

  @Test(
    "what another machine asks behind a published Service may be a guest's, which is told, and opens no more")
  func handedOn() throws {
    var town = Shop.town()
    town.node("node-b", at: "10.0.0.12")
    town.saw("10.0.0.12", Shop.api, 8080)
    func told(_ town: Town) -> [String] { town.learned("payments").plan.concerns.flatMap(\.detail) }
    #expect(told(town).isEmpty)
    town.service(
      "payments", "shop", at: "10.96.0.30", selector: ["app": "api"], port: 80, target: .number(8080),
      nodePort: 30_080)
    #expect(told(town) == ["node node-b → payments/api 8080/TCP, behind Service `payments/shop`"])
    #expect(try Shop.rules(town, "api") == ["10.0.0.12/32 on TCP/8080"])
    // A pod's own machine reaches it anyhow, and a rule for every guest lets in those handed on too.
    var own = Shop.town()
    own.service(
      "payments", "shop", at: "10.96.0.30", selector: ["app": "api"], port: 80, target: .number(8080),
      otherAddresses: ["203.0.113.80"])
    own.saw("10.0.0.11", Shop.api, 8080)
    #expect(told(own).isEmpty)
    town.saw("198.51.100.7", Shop.api, 8080)
    #expect(told(town).isEmpty)
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
