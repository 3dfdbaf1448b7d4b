import Kubernetes
import Testing
import Traffic

@testable import Generator

@Suite("What was seen again counts only for who really asked")
struct HidingTests {
  /// What is learned of conversations that seem to count elsewhere, beside those that do.
  private static func lines(
    _ client: String, _ server: String, _ port: UInt16, _ transport: Transport = .tcp, tier: Tier = .used,
    minute: Int64 = 5, yaml: String = ""
  ) throws -> [String] {
    var street = try Street(yaml)
    street.town.saw(
      client, server, port, tier, transport: transport, direction: .seenAgain, minute: minute)
    return street.lines
  }

  private static let api = "10.244.2.5"
  private static let hidden = "[a machine's address: a pod or a guest may stand behind it]"

  @Test("a machine that hides a pod from the world asked nothing itself")
  func masquerade() throws {
    #expect(try Self.lines("10.0.0.11", "198.51.100.7", 443) == [])
    #expect(try Self.lines("10.0.0.11", "10.0.0.1", 6443) == [])
    #expect(try Self.lines("10.0.0.11", "198.51.100.7", 53, .udp, tier: .replied) == [])
  }

  @Test("a machine that hides a guest from its own pod asked nothing itself")
  func ownPod() throws {
    #expect(try Self.lines("10.0.0.12", Self.api, 8080) == [])
    #expect(try Self.lines("10.244.2.1", Self.api, 8080) == [])
  }

  @Test(
    "what a machine hands on to another machine's pod is a need besides: the pod's policy sees the machine")
  func otherPod() throws {
    let wanted = ["node node-a → shop/api 8080/TCP ×5 baseline: from node-a's own network \(Self.hidden)"]
    #expect(try Self.lines("10.0.0.11", Self.api, 8080) == wanted)
  }

  @Test("a pod hides nobody, whatever somebody else's datagrams look like")
  func pod() throws {
    #expect(
      try Self.lines("10.244.1.5", Self.api, 8125, .udp, tier: .oneWay) == ["shop/web → shop/api 8125/UDP ×5"]
    )
    #expect(try Self.lines("10.244.1.5", "198.51.100.7", 443) == ["shop/web → 198.51.100.7 443/TCP ×5"])
  }

  @Test("nor does it while its address changes hands")
  func changingHands() throws {
    let jobs = """
      kind: Pod
      metadata: {name: p1, namespace: shop, labels: {app: p}, ownerReferences: [{kind: Job, name: one, controller: true}]}
      spec: {nodeName: node-a, containers: []}
      status: {phase: Succeeded, podIP: 10.244.1.40, startTime: at(0), containerStatuses: [{state: {terminated: {finishedAt: at(298)}}}]}
      ---
      kind: Pod
      metadata: {name: p2, namespace: shop, labels: {app: p}, ownerReferences: [{kind: Job, name: one, controller: true}]}
      spec: {nodeName: node-a, containers: []}
      status: {podIP: 10.244.1.40, startTime: at(302)}
      """
    #expect(try Self.lines("10.244.1.40", Self.api, 8080, yaml: jobs) == ["shop/one → shop/api 8080/TCP ×5"])
  }

  @Test("whose beginning nobody saw is turned by declared ports all the same, but not a machine's")
  func turned() throws {
    for (server, lines) in [
      (Self.api, ["shop/web → shop/api 8125/UDP ×5"]), ("10.0.0.11", []),
    ] {
      var street = try Street()
      let asked = Socket(try #require(Address(server)), 8125)
      street.town.saw(
        server, "10.244.1.5", 9000, .oneWay, transport: .udp, direction: .seenAgain, dialled: asked)
      #expect(street.lines == lines)
    }
  }

  @Test("a pod that a Service led to itself needs its workload, and one that talks to itself nothing")
  func hairpin() throws {
    for (direction, lines) in [
      (Direction.opening, ["shop/api → shop/api 8080/TCP ×5"]),
      (.unknown, ["shop/api → shop/api 8080/TCP ×5 out of scope: a pod and itself"]),
    ] {
      var street = try Street()
      street.town.saw(
        Self.api, Self.api, 8080, direction: direction,
        dialled: Socket(try #require(Address("10.96.0.20")), 80))
      #expect(street.lines == lines)
    }
  }
}
