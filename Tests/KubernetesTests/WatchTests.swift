import Documents
import TestSupport
import Testing
import Traffic

@testable import Kubernetes

@Suite("What a watch tells")
struct WatchTests {
  /// An event about a pod, as kubectl prints it.
  private static func event(
    _ type: String, _ version: Int, name: String = "p", metadata: String = "", status: String = ""
  ) -> String {
    """
    {"type":"\(type)","object":{"kind":"Pod","apiVersion":"v1","metadata":{"name":"\(name)","namespace":"n",\
    "uid":"u-\(name)","resourceVersion":"\(version)","creationTimestamp":"2026-11-20T09:00:00Z"\(metadata)},\
    "status":{"startTime":"2026-11-20T09:00:01Z","podIP":"10.0.0.1"\(status)}}}

    """
  }

  private static func labels(_ value: String) -> String { ",\"labels\":{\"v\":\"\(value)\"}" }
  private static let going = ",\"deletionTimestamp\":\"2026-11-20T09:10:30Z\""
  private static let gone = ",\"deletionTimestamp\":\"2026-11-20T09:10:00Z\""

  private static func read(_ events: [String]) throws -> ClusterReading {
    try ClusterReading(Array(events.joined().utf8))
  }

  private static func pod(_ reading: ClusterReading) throws -> Pod {
    try #require(reading.objects.count == 1)
    guard case .pod(let pod) = reading.objects[0] else { throw NoPod() }
    return pod
  }

  private struct NoPod: Error {}

  private static func at(_ time: String) throws -> Instant {
    try #require(Instant("2026-11-20T\(time)Z"))
  }

  @Test("in whatever order events come, and however often, the newest version of an object counts")
  func anyOrder() throws {
    let life = [
      Self.event("ADDED", 8, metadata: Self.labels("a")),
      Self.event("MODIFIED", 9, metadata: Self.labels("b")),
      Self.event("MODIFIED", 10, metadata: Self.labels("c") + Self.going),
      Self.event("DELETED", 11, metadata: Self.labels("c") + Self.gone),
    ]
    let expected = try Self.pod(Self.read(life))
    #expect(expected.isOver)
    #expect(expected.held.until == (try Self.at("09:10:00")))
    #expect(expected.meta.labels == ["v": "c"])
    for seed in UInt64(1)...40 {
      var random = SeededRandom(seed: seed)
      let events = (life + life + life.prefix(2)).shuffled(using: &random)
      #expect(try Self.pod(Self.read(events)) == expected, "seed \(seed)")
    }
  }

  @Test("an object that is told again in a newer version after it went from a watch is there")
  func relabelled() throws {
    let reading = try Self.read([
      Self.event("DELETED", 9, metadata: Self.labels("a")),
      Self.event("ADDED", 10, metadata: Self.labels("b")),
    ])
    #expect(try !Self.pod(reading).isOver)
    #expect(try Self.pod(reading).held.until == .distantFuture)
  }

  @Test("a pod whose containers ran on after its deletion was asked for held its address until they ended")
  func graceIsTakenBack() throws {
    let ended =
      ",\"containerStatuses\":[{\"state\":{\"terminated\":{\"finishedAt\":\"2026-11-20T09:10:21Z\"}}}]"
    let reading = try Self.read([Self.event("DELETED", 9, metadata: Self.gone, status: ended)])
    #expect(try Self.pod(reading).held.until == (try Self.at("09:10:21")))
  }

  @Test("a pod that was over holds its address no longer, however late it is deleted")
  func deletedLate() throws {
    let over =
      ",\"phase\":\"Succeeded\","
      + "\"containerStatuses\":[{\"state\":{\"terminated\":{\"finishedAt\":\"2026-11-20T09:02:00Z\"}}}]"
    let reading = try Self.read([Self.event("DELETED", 9, metadata: Self.gone, status: over)])
    #expect(try Self.pod(reading).held.until == (try Self.at("09:02:00")))
  }

  @Test("what went at once doesn't say when, and is known until the last moment that was told before")
  func withoutTime() throws {
    func service(_ type: String, _ version: Int) -> String {
      Self.event(type, version).replacing("\"Pod\"", with: "\"Service\"")
    }
    let other = """
      {"type":"ADDED","object":{"kind":"Pod","metadata":{"name":"q","namespace":"n","uid":"q",\
      "resourceVersion":"9","creationTimestamp":"2026-11-20T09:07:00Z"}}}

      """
    let reading = try Self.read([service("ADDED", 8), other, service("DELETED", 10)])
    #expect(reading.objects.first?.kind == "Service")
    #expect(reading.objects.first?.meta.deleted == (try Self.at("09:07:00")))
  }

  @Test("a pod that leaves a watch and was never told to go is there: its labels changed")
  func unlabelled() throws {
    let reading = try Self.read([Self.event("ADDED", 8), Self.event("DELETED", 10)])
    #expect(try Self.pod(reading).held.until == .distantFuture)
    #expect(try Self.pod(reading).meta.version == 10)
  }

  @Test("bookmarks tell of no object, and what the API server complains of is a failure")
  func otherEvents() throws {
    let reading = try Self.read([
      Self.event("ADDED", 8),
      #"{"type":"BOOKMARK","object":{"kind":"Pod","metadata":{"resourceVersion":"9"},"spec":{"containers":null}}}"#,
      #"{"type":"ERROR","object":{"kind":"Status","status":"Failure","message":"too old","code":410}}"#,
    ])
    #expect(reading.objects.count == 1)
    #expect(reading.problems.isEmpty)
    #expect(reading.failures == ["too old"])
  }

  @Test("a watch or a list that breaks off is kept up to there, and says that it does")
  func cut() throws {
    let text = Self.event("ADDED", 8) + Self.event("ADDED", 9, name: "q").dropLast(40)
    let watch = try ClusterReading(Array(text.utf8))
    #expect(watch.objects.map(\.meta.name) == ["p"])
    #expect(watch.cut != nil && watch.hasEvents)
    let list = try ClusterReading(Array(#"{"kind":"PodList","items":[{"metadata":{"name":"p"}},{"meta"#.utf8))
    #expect(list.objects.map(\.meta.name) == ["p"])
    #expect(list.cut != nil && !list.hasEvents)
    #expect(throws: DocumentError.self) { try ClusterReading(Array(#"{"kind":"PodList","it"#.utf8)) }
  }

  @Test("events in YAML and over several lines are the same events")
  func otherForms() throws {
    let events = [Self.event("ADDED", 8), Self.event("DELETED", 9, metadata: Self.gone)]
    let documents = try events.map { try JSON.read(Array($0.utf8)) }
    let expected = try Self.read(events).objects
    #expect(expected.count == 1)
    let indented = documents.map { JSON.write($0, indented: true) }
    #expect(try Self.read(indented).objects == expected)
    #expect(try Self.read([YAML.write(documents)]).objects == expected)
  }

  @Test("an event about an object that makes no sense is told with its line, and the others count")
  func broken() throws {
    let reading = try Self.read([
      Self.event("ADDED", 8), "{\"type\":\"ADDED\",\"object\":{\"kind\":\"Pod\"}}\n",
      Self.event("ADDED", 9, name: "q"),
    ])
    #expect(reading.objects.map(\.meta.name) == ["p", "q"])
    #expect(reading.problems.map { $0.position?.line } == [2])
  }

  @Test("of two lists the newer one counts, whichever is read last, and a manifest that comes later")
  func lists() throws {
    func told(_ versions: [Int]) throws -> [Int64] {
      let text = versions.map { version in
        let number = version == 0 ? "" : ",\"resourceVersion\":\"\(version)\""
        return "{\"kind\":\"PodList\",\"items\":[{\"metadata\":{\"name\":\"p\",\"uid\":\"u\"\(number)}}]}"
      }
      return Inventory(try Self.read(text).objects).pods.map(\.meta.version)
    }
    #expect(try told([7, 8]) == [8])
    #expect(try told([8, 7]) == [8])
    #expect(try told([8, 0]) == [0])
  }
}
