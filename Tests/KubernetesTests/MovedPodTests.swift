import Documents
import TestSupport
import Testing
import Traffic

@testable import Kubernetes

@Suite("A pod whose sandbox was made anew has another address under the same uid")
struct MovedPodTests {
  /// A telling of the pod `p`, which started at 9:00, as the API gives it.
  private static func pod(
    _ version: Int, _ address: String, ready: String? = nil, isReady: Bool = true, running: String? = nil,
    ran: (from: String, until: String)? = nil, more: String = ""
  ) -> String {
    let status = isReady ? "True" : "False"
    let ready = ready.map {
      "{\"type\":\"PodReadyToStartContainers\",\"status\":\"\(status)\",\"lastProbeTime\":null,\"lastTransitionTime\":\"\(moment($0))\"}"
    }
    let ended = ran.map {
      "{\"state\":{\"terminated\":{\"startedAt\":\"\(moment($0.from))\",\"finishedAt\":\"\(moment($0.until))\"}}}"
    }
    let running = running.map { "{\"state\":{\"running\":{\"startedAt\":\"\(moment($0))\"}}}" } ?? ended
    return """
      {"kind":"Pod","metadata":{"name":"p","namespace":"n","uid":"u","resourceVersion":"\(version)",\
      "creationTimestamp":"\(moment("09:00:00"))"},"status":{"startTime":"\(moment("09:00:00"))",\
      "podIP":"\(address)","conditions":[\(ready ?? "")],"containerStatuses":[\(running ?? "")]\(more)}}
      """
  }

  /// Another pod of the list, which shows that a moment had passed.
  private static func witness(_ version: Int, started: String) -> String {
    """
    {"kind":"Pod","metadata":{"name":"w","namespace":"n","uid":"w-\(version)","resourceVersion":"\(version)",\
    "creationTimestamp":"\(moment(started))"},"status":{"startTime":"\(moment(started))"}}
    """
  }

  /// A machine that told at a moment that it lives.
  private static func node(_ time: String) -> String {
    """
    {"kind":"Node","metadata":{"name":"a","uid":"a","resourceVersion":"4"},"status":{"conditions":[\
    {"type":"Ready","lastHeartbeatTime":"\(moment(time))"}]}}
    """
  }

  private static func moment(_ time: String) -> String { "2026-11-20T\(time)Z" }
  private static func list(_ items: String...) -> String {
    "{\"kind\":\"List\",\"items\":[\(items.joined(separator: ","))]}"
  }
  private static func event(_ object: String, _ type: String = "MODIFIED") -> String {
    "{\"type\":\"\(type)\",\"object\":\(object)}\n"
  }

  private static let one = "10.244.1.1"
  private static let two = "10.244.1.2"

  private static func inventory(_ texts: [String]) throws -> Inventory {
    Inventory(try texts.flatMap { try ClusterReading(Array($0.utf8)).objects })
  }

  /// Who held an address at a moment: `p`, or nobody.
  private static func holds(_ inventory: Inventory, _ address: String, at time: String) throws -> Bool {
    let moment = try #require(Instant(moment(time)))
    switch Roster(inventory).holder(of: try #require(Address(address)), at: moment) {
    case .pod(let pod): return inventory.pods[pod].meta.name == "p"
    case .nobody: return false
    case .either: throw Several()
    }
  }

  private struct Several: Error {}

  private static let morning = list(pod(5, one, ready: "09:00:02"), witness(9, started: "10:00:00"))
  private static let noon = list(pod(15, two, ready: "12:00:00"), witness(19, started: "13:00:00"))

  @Test(
    "each address is the pod's while it is known to have had it, and nobody's in between",
    arguments: [
      (one, "08:59:50", false), (one, "09:00:02", true), (one, "09:30:00", true), (one, "10:00:00", true),
      (one, "10:00:30", false), (one, "11:59:30", false), (one, "12:30:00", false), (two, "09:30:00", false),
      (two, "11:59:30", false), (two, "12:00:00", true), (two, "12:30:00", true), (two, "18:00:00", true),
    ])
  func bothAddresses(address: String, time: String, expected: Bool) throws {
    for texts in [
      [Self.morning, Self.noon], [Self.noon, Self.morning], [Self.noon, Self.morning, Self.noon],
    ] {
      let inventory = try Self.inventory(texts)
      #expect(inventory.pods.count { $0.meta.name == "p" } == 1)
      #expect(try Self.holds(inventory, address, at: time) == expected)
    }
  }

  @Test("of two lists of one version the one that was made later tells how long, whichever comes first")
  func quiet() throws {
    let first = Self.list(Self.pod(5, Self.one, ready: "09:00:02"), Self.node("10:00:00"))
    let second = Self.list(Self.pod(5, Self.one, ready: "09:00:02"), Self.node("11:00:00"))
    for texts in [[first, second, Self.noon], [second, Self.noon, first], [Self.noon, second, first]] {
      let inventory = try Self.inventory(texts)
      #expect(try Self.holds(inventory, Self.one, at: "10:30:00"))
      #expect(try !Self.holds(inventory, Self.one, at: "11:30:00"))
    }
  }

  @Test("where no condition tells when the sandbox was made, its running containers do")
  func containers() throws {
    let inventory = try Self.inventory([
      Self.list(Self.pod(5, Self.one, running: "09:01:00"), Self.witness(9, started: "10:00:00")),
      Self.list(Self.pod(15, Self.two, running: "12:01:00")),
    ])
    for (address, time, expected) in [
      (Self.one, "09:00:30", false), (Self.one, "09:01:00", true), (Self.one, "10:00:00", true),
      (Self.one, "12:02:00", false), (Self.two, "12:00:00", false), (Self.two, "12:01:00", true),
      (Self.two, "17:00:00", true),
    ] { #expect(try Self.holds(inventory, address, at: time) == expected, "\(address) at \(time)") }
  }

  @Test("a condition that says since when there is no sandbox doesn't say since when there is one")
  func lostSandbox() throws {
    let lost = Self.pod(5, Self.one, ready: "10:50:00", isReady: false, ran: ("09:01:00", "10:40:00"))
    let inventory = try Self.inventory([Self.list(lost), Self.noon])
    for (time, expected) in [("09:30:00", true), ("10:40:00", true), ("10:50:30", false)] {
      #expect(try Self.holds(inventory, Self.one, at: time) == expected, "\(time)")
    }
  }

  @Test("an address that nothing tells the time of is nobody's, once the pod had two")
  func untold() throws {
    let inventory = try Self.inventory([
      Self.list(Self.pod(5, Self.one)), Self.list(Self.pod(15, Self.two, ready: "12:00:00")),
    ])
    #expect(try !Self.holds(inventory, Self.one, at: "09:30:00"))
    #expect(try Self.holds(inventory, Self.two, at: "12:30:00"))
    let address = try #require(Address(Self.one))
    #expect(inventory.podRanges.contains { $0.contains(address) })
  }

  @Test("a pod that comes back to an address has it again from when its newest sandbox was made")
  func back() throws {
    let again = Self.list(Self.pod(25, Self.one, ready: "15:00:00"))
    for texts in [[Self.morning, Self.noon, again], [again, Self.noon, Self.morning]] {
      let inventory = try Self.inventory(texts)
      for (address, time, expected) in [
        (Self.two, "12:30:00", true), (Self.two, "13:00:30", false), (Self.one, "14:00:00", false),
        (Self.one, "15:00:00", true), (Self.two, "15:30:00", false),
      ] { #expect(try Self.holds(inventory, address, at: time) == expected, "\(address) at \(time)") }
    }
  }

  @Test("a pod that is over keeps what it had before, and its last address to its end")
  func over() throws {
    let ended = """
      {"kind":"Pod","metadata":{"name":"p","namespace":"n","uid":"u","resourceVersion":"29",\
      "creationTimestamp":"\(Self.moment("09:00:00"))"},"status":{"startTime":"\(Self.moment("09:00:00"))",\
      "phase":"Succeeded","podIP":"\(Self.two)","containerStatuses":[{"state":{"terminated":{\
      "startedAt":"\(Self.moment("12:00:01"))","finishedAt":"\(Self.moment("14:00:00"))"}}}]}}
      """
    let inventory = try Self.inventory([Self.list(ended), Self.morning, Self.noon])
    for (address, time, expected) in [
      (Self.one, "09:30:00", true), (Self.one, "12:30:00", false), (Self.two, "11:00:00", false),
      (Self.two, "12:30:00", true), (Self.two, "13:59:00", true), (Self.two, "14:30:00", false),
    ] { #expect(try Self.holds(inventory, address, at: time) == expected, "\(address) at \(time)") }
  }

  @Test("a pod that lost its address keeps what it had")
  func evicted() throws {
    let without = Self.pod(29, "", more: ",\"phase\":\"Failed\"")
    let inventory = try Self.inventory([Self.morning, Self.list(without)])
    #expect(try Self.holds(inventory, Self.one, at: "09:30:00"))
    #expect(try !Self.holds(inventory, Self.one, at: "10:30:00"))
  }

  @Test("events of a watch tell the same in any order, and told twice")
  func events() throws {
    let life = [
      Self.event(Self.pod(5, Self.one, ready: "09:00:02"), "ADDED"),
      Self.event(Self.witness(9, started: "10:00:00"), "ADDED"),
      Self.event(Self.pod(10, Self.one, ready: "09:00:02")),
      Self.event(Self.witness(14, started: "11:00:00"), "ADDED"),
      Self.event(Self.pod(15, Self.two, ready: "12:00:00")),
      Self.event(Self.pod(17, Self.two, ready: "12:00:00")),
    ]
    let expected = try ClusterReading(Array(life.joined().utf8)).objects
    for seed in UInt64(1)...40 {
      var random = SeededRandom(seed: seed)
      let events = (life + life.prefix(3)).shuffled(using: &random)
      #expect(try ClusterReading(Array(events.joined().utf8)).objects == expected, "seed \(seed)")
    }
    let inventory = Inventory(expected)
    // The change of version 10 came after the witness of version 9, and before the one of version 14.
    for (address, time, expected) in [
      (Self.one, "09:30:00", true), (Self.one, "10:00:00", true), (Self.one, "10:30:00", false),
      (Self.two, "11:30:00", false), (Self.two, "12:30:00", true),
    ] { #expect(try Self.holds(inventory, address, at: time) == expected, "\(address) at \(time)") }
  }

  @Test("where clocks disagree the next address ends the one before, for no pod has two")
  func clocks() throws {
    let late = Self.list(Self.pod(5, Self.one, ready: "09:00:02"), Self.witness(9, started: "12:30:00"))
    let inventory = try Self.inventory([late, Self.noon])
    for (address, time, expected) in [
      (Self.one, "11:59:00", true), (Self.one, "12:10:00", false), (Self.two, "12:10:00", true),
    ] { #expect(try Self.holds(inventory, address, at: time) == expected, "\(address) at \(time)") }
  }

  @Test("tellings without a number, as manifests have none, make no address an earlier one")
  func unnumbered() throws {
    let inventory = try Self.inventory([
      Self.list(Self.pod(0, Self.one, ready: "09:00:02")),
      Self.list(Self.pod(0, Self.two, ready: "12:00:00")),
    ])
    #expect(inventory.pods[0].past.isEmpty)
    #expect(try Self.holds(inventory, Self.two, at: "09:30:00"))
  }

  @Test("one address all the time is held from the pod's start, as before")
  func single() throws {
    let inventory = try Self.inventory([
      Self.list(Self.pod(5, Self.one, ready: "09:00:40")),
      Self.list(Self.pod(15, Self.one, ready: "09:00:40"), Self.witness(19, started: "13:00:00")),
    ])
    #expect(try Self.holds(inventory, Self.one, at: "09:00:10"))
    #expect(try Self.holds(inventory, Self.one, at: "19:00:00"))
  }

  @Test("what is kept of it is read back as the same")
  func kept() throws {
    let told = try ClusterReading(
      Array(
        (Self.event(Self.pod(5, Self.one, ready: "09:00:02"))
          + Self.event(Self.witness(9, started: "10:00:00"))
          + Self.event(Self.pod(10, Self.one, running: "09:00:01"))
          + Self.event(Self.pod(15, Self.two, ready: "12:00:00"))).utf8)
    ).objects
    guard case .pod(let pod) = told[0] else { throw Several() }
    #expect(pod.looks.map(\.look) == [Self.two, Self.one])
    let back = try pod.looks.map { try #require(try ClusterObject.read(ClusterObject.pod($0.pod).document)) }
    for rows in [back, back.reversed()] {
      #expect(rows.dropFirst().reduce(rows[0]) { $0.united(with: $1) } == told[0])
    }
  }
}
