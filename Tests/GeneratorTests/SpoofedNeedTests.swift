import Kubernetes
import Testing
import Traffic

@testable import Generator

@Suite("What others sent in a client's name")
struct SpoofedNeedTests {
  private let app = "10.244.0.31"
  private let collector = "10.244.0.41"
  private let service = "10.96.0.41"

  /// An application that was seen to send to a collector, by a recorder that does not see who sends.
  private func town(_ tier: Tier = .oneWay) -> Town {
    var town = Town()
    town.deployment("shop", "app", at: [app])
    town.deployment(
      "metrics", "collector", at: [collector], ports: [ContainerPort(number: 8125, transport: .udp)])
    town.service(
      "metrics", "collector", at: service, selector: ["app": "collector"], port: 8125, target: .number(8125),
      transport: .udp)
    town.saw(
      app, collector, 8125, tier, transport: .udp, recorder: "node-b", direction: .firstSender)
    return town
  }

  private func spoofed(
    _ server: String, port: UInt16 = 8125, _ recorder: String = "node-a", interface: UInt32 = 12,
    times: UInt64 = 10
  ) -> Fact? {
    let key = Fact.Key(
      hour: Town.start.hour, recorder: recorder, client: Town.ip(app), server: Town.ip(server), port: port,
      transport: .udp, tier: .oneWay, direction: .firstSender, interface: interface)
    return Fact(key: key, conversations: times, activity: Activity(at: Town.start))
  }

  private func concern(_ town: Town, about namespace: String = "shop") -> Concern? {
    town.learned(namespace).plan.concerns.first { $0.kind == .spoofedSources }
  }

  @Test("is told of the need that it looks like, at the pod and through its Service")
  func told() throws {
    for server in [collector, service] {
      var town = town()
      town.facts.spoofed = [spoofed(server)].compactMap(\.self)
      let learned = town.learned()
      #expect(learned.lines == ["shop/app → metrics/collector 8125/UDP one-way ×5 learned"])
      #expect(learned.edges.map(\.remarks) == [[.spoofed]])
      let told = try #require(self.concern(town))
      #expect(
        told.detail == [
          "shop/app → metrics/collector 8125/UDP: 10 conversations in its name came in by interface 12 of `node-a`, behind which another sits; the need is what `node-b` saw"
        ])
    }
  }

  @Test("says nothing against what was answered, other ports and other namespaces")
  func untold() {
    var answered = town(.replied)
    answered.facts.spoofed = [spoofed(collector)].compactMap(\.self)
    var elsewhere = town()
    elsewhere.facts.spoofed = [spoofed(collector, port: 8126)].compactMap(\.self)
    for town in [town(), answered, elsewhere] {
      #expect(town.learned().edges.allSatisfy { !$0.remarks.contains(.spoofed) })
      #expect(concern(town) == nil)
    }
    var town = town()
    town.facts.spoofed = [spoofed(collector)].compactMap(\.self)
    #expect(concern(town, about: "default") == nil)
    #expect(concern(town, about: "metrics") != nil)
  }

  @Test("adds up by recorder and interface")
  func addsUp() throws {
    var town = town()
    town.facts.spoofed = [
      spoofed(collector, "node-c", times: 1), spoofed(collector), spoofed(service, times: 3),
      spoofed(collector, interface: 7, times: 2),
    ].compactMap(\.self)
    let edge = try #require(town.learned().spoofed.first)
    #expect(town.learned().spoofed.count == 1 && edge.conversations == 16)
    #expect(edge.doors.map(\.conversations) == [2, 13, 1])
    #expect(
      edge.origin == "interface 7 of `node-a` and interface 12 of `node-a` and interface 12 of `node-c`")
  }
}
