import Console
import FlowStore
import TestSupport
import Testing
import Traffic

@testable import netpol_learn

@Suite("A pod that got another address keeps both in the store, each for its time")
struct MovedPodCommandTests {
  private static let day = "2026-11-20T"

  private static func list(_ items: String...) -> String {
    "{\"kind\":\"List\",\"items\":[\(items.joined(separator: ","))]}"
  }

  /// A pod that started at nine and got its address at a later time.
  private static func pod(_ name: String, _ version: Int, _ address: String, since: String) -> String {
    """
    {"kind":"Pod","metadata":{"name":"\(name)","namespace":"shop","uid":"u-\(name)","resourceVersion":"\(version)",\
    "creationTimestamp":"\(day)09:00:00Z"},"status":{"startTime":"\(day)09:00:00Z","podIP":"\(address)",\
    "conditions":[{"type":"PodReadyToStartContainers","status":"True","lastTransitionTime":"\(day)\(since)Z"}]}}
    """
  }

  private static let node = """
    {"kind":"Node","metadata":{"name":"a","uid":"n","resourceVersion":"3"},"spec":{"podCIDR":"10.244.1.0/24"},\
    "status":{"conditions":[{"type":"Ready","status":"True","lastHeartbeatTime":"\(day)11:00:00Z"}]}}
    """
  private static let later = node.replacing("11:00:00", with: "16:00:00").replacing("\"3\"", with: "\"13\"")
  private static let other = pod("db", 4, "10.244.1.9", since: "09:00:01")
  private static let before = list(pod("api", 5, "10.244.1.3", since: "09:00:01"), other, node)
  private static let after = list(pod("api", 15, "10.244.1.2", since: "15:00:00"), other, later)

  /// A session whose store has a conversation of each of the pod's addresses with the other pod at 10:30 and 15:30.
  private static func session() throws -> Session {
    let session = try Session()
    var store = try Store(at: session.path("netpol-learn.db"), for: .writing)
    var facts: [Fact] = []
    for time in ["10:30:00", "15:30:00"] {
      let moment = try #require(Instant("\(day)\(time)Z"))
      for client in ["10.244.1.3", "10.244.1.2"] {
        let key = Fact.Key(
          hour: moment.hour, recorder: "a", client: try #require(Address(client)),
          server: try #require(Address("10.244.1.9")), port: 5432, transport: .tcp, tier: .used,
          direction: .opening)
        facts.append(try #require(Fact(key: key, conversations: 1, activity: Activity(at: moment))))
      }
    }
    try store.record(Batch(facts: facts))
    return session
  }

  /// What `flows` says of the conversations.
  private static func flows(_ session: Session, _ words: String...) throws -> String {
    let outcome = try session.run(["flows", "-o", "csv"] + words)
    #expect(outcome.code == .done, "\(outcome.talk)")
    return outcome.output
  }

  @Test(
    "in whatever order the lists are loaded, and however often",
    arguments: [["before", "after"], ["after", "before"], ["before", "after", "after", "before"]])
  func lists(order: [String]) throws {
    let session = try Self.session()
    try session.write(Self.before, to: "before.json")
    try session.write(Self.after, to: "after.json")
    for name in order { #expect(try session.run("cluster", "--cluster", "@\(name).json").code == .done) }
    let objects = try Store(at: session.path("netpol-learn.db"), for: .reading).objects()
    #expect(objects.filter { $0.name == "api" }.map(\.look) == ["10.244.1.2", "10.244.1.3"])
    #expect(try KeptObjects(at: session.path("netpol-learn.db")).objects.count == 3)
    try Self.expectBothTimes(try Self.flows(session))
    // Two lists for one run tell the same as a store of them.
    let fresh = try Self.session()
    try fresh.write(Self.before, to: "before.json")
    try fresh.write(Self.after, to: "after.json")
    try Self.expectBothTimes(try Self.flows(fresh, "--cluster", "@after.json", "--cluster", "@before.json"))
  }

  @Test("of an object that a store of an older version kept, without its look")
  func older() throws {
    let session = try Self.session()
    try session.write(Self.before, to: "before.json")
    try session.write(Self.after, to: "after.json")
    _ = try session.run("cluster", "--cluster", "@before.json", "--db", session.path("other.db"))
    let kept = try Store(at: session.path("other.db"), for: .reading).objects()
    var store = try Store(at: session.path("netpol-learn.db"), for: .writing)
    try store.keep(
      kept.map {
        StoredObject(
          kind: $0.kind, namespace: $0.namespace, name: $0.name, uid: $0.uid, version: $0.version,
          from: $0.from,
          until: $0.until, body: $0.body)
      })
    #expect(try session.run("cluster", "--cluster", "@after.json").code == .done)
    try Self.expectBothTimes(try Self.flows(session))
  }

  @Test("two stores, each with one of the lists, merged in either order")
  func merged() throws {
    let session = try Self.session()
    for (name, text) in [("before", Self.before), ("after", Self.after)] {
      try session.write(text, to: "\(name).json")
      _ = try session.run("cluster", "--cluster", "@\(name).json", "--db", session.path("\(name).db"))
    }
    for (place, order) in [["before", "after"], ["after", "before"]].enumerated() {
      let stores = order.map { "@\($0).db" }
      let all = session.path("all-\(place).db")
      #expect(try session.run(["merge", "@netpol-learn.db"] + stores + ["--out", all]).code == .done)
      try Self.expectBothTimes(try Self.flows(session, "--db", all))
    }
  }

  /// One conversation of each address is the pod's, and the other one is nobody's.
  private static func expectBothTimes(_ output: String) throws {
    let lines = output.split(whereSeparator: \.isNewline).dropFirst()
    #expect(lines.count == 3, "\(output)")
    #expect(lines.contains { $0.contains("api") && $0.contains(",2,") }, "\(output)")
    for address in ["10.244.1.3", "10.244.1.2"] {
      #expect(
        lines.contains { $0.contains(address) && $0.contains("unknown") && $0.contains(",1,") }, "\(output)")
    }
  }
}
