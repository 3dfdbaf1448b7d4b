import Testing
import Traffic

@testable import Kubernetes

@Suite("Pods and machines follow each other at one address")
struct MachineStayTests {
  private static let address = Address(v4: 0x0A00_0105)

  private static func at(_ time: String) throws -> Instant {
    try #require(Instant("2026-11-20T\(time)Z"))
  }

  private static func pod(
    _ name: String, from: String, until: String? = nil, isOver: Bool = true, host: String? = nil
  ) throws -> ClusterObject {
    let end = try until.map { try at($0) }
    return .pod(
      Pod(
        meta: ObjectMeta(
          namespace: "n", name: name, created: try at(from), deleted: isOver ? nil : end),
        nodeName: host, usesHostNetwork: host != nil, ports: [], probes: [], addresses: [address],
        started: try at(from), finished: isOver ? end : nil, isOver: isOver && end != nil))
  }

  private static func node(_ name: String, from: String?, until: String? = nil) throws -> ClusterObject {
    .node(
      ClusterNode(
        meta: ObjectMeta(
          name: name, created: try from.map { try at($0) }, deleted: try until.map { try at($0) }),
        addresses: [address], podRanges: []))
  }

  /// Who had the address at each of these times.
  private static func holders(_ objects: [ClusterObject], _ times: [String]) throws -> [String] {
    let inventory = Inventory(objects)
    let roster = Roster(inventory)
    let directory = Directory(inventory)
    return try times.map { time in
      let moment = try at(time)
      switch roster.holder(of: address, at: moment) {
      case .pod(let pod): return inventory.pods[pod].meta.name
      case .either(let pods): return pods.map { inventory.pods[$0].meta.name }.joined(separator: "|")
      case .nobody:
        if case .node(let name) = directory.entry(for: address, port: 0, at: moment) { return "node \(name)" }
        return roster.knows(address) ? "nobody" : "stranger"
      }
    }
  }

  private static let times = ["08:00:00", "09:30:00", "09:59:59", "10:00:02", "10:30:00"]

  @Test("a machine that takes over a pod's address ends the pod's time, and no slack reaches into its own")
  func machineAfterPod() throws {
    let after = ["node m", "node m"]
    for pod in [try Self.pod("a", from: "09:00:00"), try Self.pod("a", from: "09:00:00", until: "10:10:00")] {
      let found = try Self.holders([pod, try Self.node("m", from: "10:00:00")], Self.times)
      #expect(found == ["nobody", "a", "a"] + after)
    }
  }

  @Test("a machine that nobody listed is known by the first pod in its network")
  func unlistedMachine() throws {
    let objects = [
      try Self.pod("a", from: "09:00:00"), try Self.pod("proxy", from: "10:00:00", host: "m"),
      try Self.pod("agent", from: "10:20:00", host: "m"),
    ]
    #expect(try Self.holders(objects, Self.times) == ["nobody", "a", "a", "node m", "node m"])
    #expect(try Self.holders(objects.reversed(), Self.times) == ["nobody", "a", "a", "node m", "node m"])
  }

  @Test("a pod that takes over a machine's address ends the machine's time, also after the pod")
  func podAfterMachine() throws {
    let pod = try Self.pod("a", from: "10:00:00", until: "10:20:00")
    for machine in [
      try Self.node("m", from: "07:00:00"), try Self.pod("proxy", from: "07:00:00", host: "m"),
    ] {
      #expect(
        try Self.holders([pod, machine], Self.times) == ["node m", "node m", "node m", "a", "nobody"])
    }
    // Of a machine that doesn't say since when it was there nobody knows that it was there just before the pod.
    #expect(
      try Self.holders([pod, try Self.node("m", from: nil)], Self.times)
        == ["node m", "node m", "a", "a", "nobody"])
    let next = [try Self.node("m", from: "07:00:00"), pod, try Self.node("n", from: "10:25:00")]
    #expect(try Self.holders(next, Self.times) == ["node m", "node m", "node m", "a", "node n"])
  }

  @Test("slack before a pod does not reach into the time of the machine that was there")
  func slackBefore() throws {
    let machine = try Self.node("m", from: "09:30:00")
    let pods = [try Self.pod("a", from: "09:00:00"), try Self.pod("b", from: "10:00:00")]
    #expect(
      try Self.holders(pods + [machine], ["09:29:59", "09:30:01", "09:59:58", "10:00:00"])
        == ["a", "node m", "node m", "b"])
    let gone = try Self.node("m", from: "09:30:00", until: "09:40:00")
    #expect(
      try Self.holders(pods + [gone], ["09:30:01", "09:50:00", "09:59:58"]) == ["node m", "nobody", "b"])
  }

  /// A pod in the network of a machine that had another address before, which changed at ten.
  private static func movedAgent(_ host: String, from: String) throws -> ClusterObject {
    .pod(
      Pod(
        meta: ObjectMeta(namespace: "n", name: "agent-\(host)", created: try at(from)), nodeName: host,
        usesHostNetwork: true, ports: [], probes: [], addresses: [address], started: try at(from),
        isOver: false, known: try at("10:00:00")...at("10:20:00"),
        past: [
          Tenure(
            Pod(
              meta: ObjectMeta(name: "", version: 1), usesHostNetwork: true, ports: [], probes: [],
              addresses: [Address(v4: 0x0A00_0106)], isOver: false,
              known: try at("08:00:00")...at("09:50:00")))
        ]))
  }

  @Test("a machine has an address that it got later only from then on, and whoever had it before had it")
  func movedMachine() throws {
    let moved = try Self.movedAgent("m", from: "08:00:00")
    let pod = try Self.pod("a", from: "09:00:00", until: "09:40:00")
    #expect(
      try Self.holders([moved, pod], ["09:30:00", "09:45:00", "10:00:02", "10:30:00"])
        == ["a", "nobody", "node m", "node m"])
    // Of two machines the one that got it last has it.
    let other = try Self.pod("proxy", from: "08:30:00", host: "o")
    let late = try Self.pod("proxy", from: "07:00:00", host: "o")
    for before in [other, late] {
      #expect(
        try Self.holders([moved, before], ["09:30:00", "10:00:02", "10:30:00"])
          == ["node o", "node m", "node m"])
    }
  }

  @Test(
    "a pod at the address that a bridge would have shows that it is none, and a pod beside a machine is a pod"
  )
  func bridge() throws {
    let block = try #require(Prefix("10.0.1.4/30"))
    let machine = ClusterObject.node(
      ClusterNode(meta: ObjectMeta(name: "m"), addresses: [Address(v4: 1)], podRanges: [block]))
    let pod = try Self.pod("a", from: "10:00:00", until: "10:20:00")
    #expect(try Self.holders([machine], ["09:30:00"]) == ["node m"])
    #expect(
      try Self.holders([machine, pod], ["09:30:00", "10:10:00", "10:30:00"]) == ["nobody", "a", "nobody"])
  }
}
