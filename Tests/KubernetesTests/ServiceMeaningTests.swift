import Documents
import TestSupport
import Testing
import Traffic

@testable import Kubernetes

@Suite("A Service that was changed means at each moment what it meant then")
struct ServiceMeaningTests {
  private static func moment(_ time: String) -> String { "2026-11-20T\(time):00Z" }

  /// A list with the Service, whose pods answer on a port.
  private static func list(_ version: Int, _ port: Int, at time: String?, app: String = "api") -> String {
    let heartbeat = time.map { "{\"type\":\"Ready\",\"lastHeartbeatTime\":\"\(moment($0))\"}" } ?? ""
    return """
      {"kind":"List","items":[{"kind":"Service","metadata":{"name":"s","namespace":"n","uid":"s",\
      "resourceVersion":"\(version)","creationTimestamp":"\(moment("08:00"))"},"spec":{"selector":{"app":"\(app)"},\
      "ports":[{"port":80,"targetPort":\(port)}]}},\
      {"kind":"Node","metadata":{"name":"a"},"status":{"conditions":[\(heartbeat)]}}]}
      """
  }

  private static func service(_ lists: [String]) throws -> Service {
    let objects = try lists.flatMap { try ClusterReading(Array($0.utf8)).objects }
    return try #require(Inventory(objects).services.first)
  }

  /// The ports of the pods behind it at a moment.
  private static func targets(_ service: Service, at time: String) throws -> [String] {
    let moment = try #require(Instant(moment(time)))
    return service.meanings(at: moment).flatMap { meaning in
      meaning.ports.map { port in
        if case .number(let number) = port.target { "\(number)" } else { "by name" }
      }
    }
  }

  @Test(
    "the old ports until a list shows them for the last time, the new ones from their first, and both in between",
    arguments: [
      ("08:30", ["1"]), ("09:00", ["1"]), ("10:00", ["1", "2"]), ("10:30", ["1", "2"]),
      ("11:04", ["1", "2"]),
      ("11:05", ["2"]), ("18:00", ["2"]),
    ])
  func changed(time: String, expected: [String]) throws {
    let lists = [
      Self.list(5, 1, at: "09:00"), Self.list(5, 1, at: "10:00"), Self.list(15, 2, at: "11:00"),
      Self.list(15, 2, at: "12:00"),
    ]
    for seed in UInt64(1)...10 {
      var random = SeededRandom(seed: seed)
      let service = try Self.service((lists + lists.prefix(2)).shuffled(using: &random))
      #expect(try Self.targets(service, at: time) == expected, "seed \(seed)")
    }
  }

  @Test(
    "of lists that show no moment either meaning may have held, but for what others show",
    arguments: [("08:30", ["1"]), ("09:30", ["1", "2"]), ("18:00", ["1", "2"])])
  func withoutMoment(time: String, expected: [String]) throws {
    for lists in [
      [Self.list(5, 1, at: "09:00"), Self.list(15, 2, at: nil)],
      [Self.list(15, 2, at: nil), Self.list(5, 1, at: "09:00")],
    ] { #expect(try Self.targets(Self.service(lists), at: time) == expected) }
  }

  @Test(
    "a Service that was changed back may have meant either meanwhile, and the first one again afterwards",
    arguments: [("08:30", ["2", "1"]), ("10:00", ["2", "1"]), ("11:04", ["2", "1"]), ("11:05", ["1"])])
  func changedBack(time: String, expected: [String]) throws {
    let lists = [Self.list(5, 1, at: "09:00"), Self.list(15, 2, at: "10:00"), Self.list(25, 1, at: "11:00")]
    for lists in [lists, lists.reversed()] {
      #expect(try Self.targets(Self.service(lists), at: time) == expected)
    }
  }

  @Test("one that never changed, and tellings without a number, have one meaning")
  func single() throws {
    #expect(try Self.service([Self.list(5, 1, at: "09:00"), Self.list(9, 1, at: "10:00")]).past.isEmpty)
    let manifests = try Self.service([Self.list(0, 1, at: nil), Self.list(0, 2, at: nil)])
    #expect(try Self.targets(manifests, at: "09:00") == ["2"])
  }

  @Test("at the moments that are told as changes, and at no other, the answer changes")
  func changes() throws {
    let service = try Self.service([
      Self.list(5, 1, at: "09:00"), Self.list(15, 2, at: "10:00"), Self.list(25, 1, at: "11:00"),
      Self.list(35, 3, at: "12:00", app: "other"),
    ])
    let changes = Set(service.changesOfMeaning)
    let start = try #require(Instant(Self.moment("08:00")))
    for minute in Int64(1)...360 {
      let (before, now) = (
        start.advanced(bySeconds: minute * 60 - 60), start.advanced(bySeconds: minute * 60)
      )
      guard service.meanings(at: before) != service.meanings(at: now) else { continue }
      #expect(changes.contains { before < $0 && $0 <= now }, "minute \(minute)")
    }
  }

  @Test("what is kept of it is read back as the same")
  func kept() throws {
    let service = try Self.service([Self.list(5, 1, at: "09:00"), Self.list(15, 2, at: "10:00")])
    #expect(service.looks.map(\.look) == ["app=api; 80/TCP to 2", "app=api; 80/TCP to 1"])
    let back = try service.looks.map { _, look in
      let object = try #require(try ClusterObject.read(ClusterObject.service(look).document))
      return object.told(at: look.meta.told, since: look.toldSince)
    }
    for rows in [back, back.reversed()] {
      #expect(rows.dropFirst().reduce(rows[0]) { $0.united(with: $1) } == .service(service))
    }
  }
}
