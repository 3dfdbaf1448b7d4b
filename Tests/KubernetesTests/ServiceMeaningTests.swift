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

  /// A list with a slice that leads to an address.
  private static func slices(_ version: Int, _ address: String, at time: String, by writer: String? = nil)
    -> String
  {
    let label = writer.map { ",\"endpointslice.kubernetes.io/managed-by\":\"\($0)\"" } ?? ""
    return """
      {"kind":"List","items":[{"kind":"EndpointSlice","metadata":{"name":"s-1","namespace":"n","uid":"s",\
      "resourceVersion":"\(version)","labels":{"kubernetes.io/service-name":"s"\(label)}},\
      "endpoints":[{"addresses":["\(address)"]}],"ports":[{"port":5432}]},\
      {"kind":"Node","metadata":{"name":"a"},"status":{"conditions":[\
      {"type":"Ready","lastHeartbeatTime":"\(moment(time))"}]}}]}
      """
  }

  @Test(
    "a slice that somebody wrote down led where it was told then, and one that follows a selector only where it does"
  )
  func slices() throws {
    for (writer, expected) in [
      (nil, [["192.0.2.8"], ["192.0.2.8", "192.0.2.9"], ["192.0.2.9"]]),
      (
        "endpointslicemirroring-controller.k8s.io",
        [["192.0.2.8"], ["192.0.2.8", "192.0.2.9"], ["192.0.2.9"]]
      ),
      ("endpointslice-controller.k8s.io", [["192.0.2.9"], ["192.0.2.9"], ["192.0.2.9"]]),
    ] as [(String?, [[String]])] {
      let lists = [
        Self.slices(5, "192.0.2.8", at: "09:00", by: writer),
        Self.slices(15, "192.0.2.9", at: "11:00", by: writer),
      ]
      for lists in [lists, lists.reversed()] {
        let objects = try lists.flatMap { try ClusterReading(Array($0.utf8)).objects }
        let slice = try #require(Inventory(objects).slices.first)
        let found = try ["08:59", "10:00", "12:00"].map { time in
          try slice.meanings(at: #require(Instant(Self.moment(time)))).flatMap(\.addresses).map(\.description)
        }
        #expect(found == expected, "\(writer ?? "")")
        let back = try slice.looks.map { _, look in
          try #require(try ClusterObject.read(ClusterObject.slice(look).document))
            .told(at: look.meta.told, since: look.toldSince)
        }
        #expect(back.dropFirst().reduce(back[0]) { $0.united(with: $1) } == .slice(slice))
      }
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
