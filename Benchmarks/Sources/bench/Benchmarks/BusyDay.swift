import Generator
import Kubernetes
import Traffic

/// A day of a cluster in which every address goes to another workload every seven and a half hours.
///
/// Each workload has two pods at a time and asks ten others, by Service address, by pod address, or by both.
struct BusyDay {
  private let workloads: Int

  /// A day of about so many facts.
  init(facts: Int) { workloads = max(40, facts / (Self.hours * Self.asked * Self.replicas)) }

  private static let (hours, asked, replicas) = (24, 10, 2)
  private static let turn: Int64 = 27_000
  private static let start = Instant(seconds: 1_763_596_800)
}

// Who is who.
extension BusyDay {
  /// The cluster, as kubectl prints it.
  var objects: String {
    let items = (0..<workloads).flatMap {
      [deployment($0)] + pods(of: $0) + (hasService($0) ? [service($0)] : [])
    }
    return "{\"kind\":\"List\",\"items\":[\(items.joined(separator: ",\n"))]}"
  }

  private func hasService(_ workload: Int) -> Bool { workload % 2 == 0 }
  private static func name(_ workload: Int) -> String { "w\(workload)" }
  private static func namespace(_ workload: Int) -> String { "n\(workload % 20)" }

  /// The address of a workload's pod in one turn; the next turn gives it to a pod of another workload.
  private func address(_ workload: Int, _ replica: Int, turn: Int) -> Address {
    let place = (workload * Self.replicas + replica + turn * 7) % (workloads * Self.replicas)
    return Address(v4: 0x0A40_0000 + UInt32(truncatingIfNeeded: place))
  }

  private func serviceAddress(_ workload: Int) -> Address {
    Address(v4: 0x0A60_0100 + UInt32(truncatingIfNeeded: workload))
  }

  private func meta(_ workload: Int, _ name: String, _ more: String = "") -> String {
    "\"metadata\":{\"name\":\"\(name)\",\"namespace\":\"\(Self.namespace(workload))\"\(more)}"
  }

  private func deployment(_ workload: Int) -> String {
    let labels = "{\"app\":\"\(Self.name(workload))\"}"
    return """
      {"kind":"Deployment",\(meta(workload, Self.name(workload))),"spec":{"selector":{"matchLabels":\(labels)},\
      "template":{"metadata":{"labels":\(labels)},"spec":{"containers":[{"ports":[\(Self.port)]}]}}}}
      """
  }

  private static let port = "{\"name\":\"http\",\"containerPort\":8080}"

  private func pods(of workload: Int) -> [String] {
    let owner = "{\"kind\":\"Deployment\",\"name\":\"\(Self.name(workload))\",\"controller\":true}"
    let more = ",\"labels\":{\"app\":\"\(Self.name(workload))\"},\"ownerReferences\":[\(owner)]"
    return (0..<4).flatMap { turn in
      (0..<Self.replicas).map { replica in
        let from = Self.start.advanced(bySeconds: Int64(turn) * Self.turn + 30)
        let until = Self.start.advanced(bySeconds: Int64(turn + 1) * Self.turn - 30)
        return """
          {"kind":"Pod",\(meta(workload, "\(Self.name(workload))-\(turn)-\(replica)", more)),\
          "spec":{"nodeName":"node-\(workload % 50)","containers":[{"ports":[\(Self.port)]}]},\
          "status":{"phase":"Succeeded","podIP":"\(address(workload, replica, turn: turn))","startTime":"\(from)",\
          "containerStatuses":[{"state":{"terminated":{"finishedAt":"\(until)"}}}]}}
          """
      }
    }
  }

  private func service(_ workload: Int) -> String {
    """
    {"kind":"Service",\(meta(workload, Self.name(workload))),"spec":{"clusterIP":"\(serviceAddress(workload))",\
    "selector":{"app":"\(Self.name(workload))"},"ports":[{"port":80,"targetPort":"http"}]}}
    """
  }
}

// Who asked whom.
extension BusyDay {
  /// The facts of each hour.
  var conversations: [[Fact]] {
    (0..<Self.hours).map { hour in
      (0..<workloads).flatMap { workload in
        (0..<Self.asked).flatMap { call in
          (0..<Self.replicas).compactMap { fact(hour: hour, workload: workload, call: call, replica: $0) }
        }
      }
    }
  }

  private func callee(_ workload: Int, _ call: Int) -> Int { (workload + 1 + 3 * call) % workloads }

  private func count(_ workload: Int, _ call: Int, _ hour: Int) -> Int {
    1 + (workload * 7 + call * 3 + hour) % 5
  }

  /// A fact of a quarter of an hour or so, on one side of the half hour: turns end there.
  private func fact(hour: Int, workload: Int, call: Int, replica: Int) -> Fact? {
    let begin = Self.start.advanced(bySeconds: Int64(hour) * 3600 + ((workload + call) % 2 == 0 ? 300 : 2100))
    let turn = Int((begin.seconds - Self.start.seconds) / Self.turn)
    let server = callee(workload, call)
    let isByService = hasService(server) && call % 2 == 1
    let isTied = hasService(server) && call % 4 == 2
    let key = Fact.Key(
      hour: begin.hour, recorder: "node-\(workload % 50)-5a0c",
      client: address(workload, replica, turn: turn),
      server: isByService ? serviceAddress(server) : address(server, replica, turn: turn),
      port: isByService ? 80 : 8080, transport: .tcp, tier: .used, direction: .opening,
      dialled: isTied ? Socket(serviceAddress(server), 80) : nil)
    var activity = Activity(at: begin)
    activity.note(begin.advanced(bySeconds: 1000))
    return Fact(key: key, conversations: UInt64(count(workload, call, hour)), activity: activity)
  }
}

// What is right.
extension BusyDay {
  /// Every workload's ten edges, with what was made of each.
  var answer: String {
    let lines = (0..<workloads).flatMap { workload in
      (0..<Self.asked).map { call in
        let server = callee(workload, call)
        let total = (0..<Self.hours).reduce(0) { $0 + count(workload, call, $1) * Self.replicas }
        return Self.line(
          Self.namespace(workload), Self.name(workload), Self.namespace(server), Self.name(server),
          UInt64(total))
      }
    }
    return Self.answer(lines)
  }

  /// The same from edges that were found; one that is not learned spoils it.
  static func answer(_ edges: [Edge]) -> String {
    answer(
      edges.map { edge in
        guard let client = edge.client.workload, let server = edge.server.workload, edge.bin == .learned,
          edge.port == 8080
        else { return "\(edge.client) \(edge.server) \(edge.port) \(edge.bin)" }
        return line(
          client.namespace, client.name, server.namespace, server.name, edge.evidence.conversations)
      })
  }

  private static func line(
    _ clientNamespace: String, _ client: String, _ serverNamespace: String, _ server: String, _ count: UInt64
  ) -> String { "\(clientNamespace)/\(client) \(serverNamespace)/\(server) \(count)" }

  private static func answer(_ lines: [String]) -> String {
    var digest = Digest()
    for line in lines.sorted() { digest.add(line) }
    return "\(lines.count) edges, \(digest.text)"
  }
}
