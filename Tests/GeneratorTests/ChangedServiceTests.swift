import Kubernetes
import TestSupport
import Testing
import Traffic

@testable import Generator

@testable import struct Kubernetes.Service
@testable import struct Kubernetes.ServicePort

@Suite("Traffic through a Service that was changed since goes where it led then")
struct ChangedServiceTests {
  private static let address = "10.96.0.50"

  /// A Service of which lists told in these minutes of the hour that it led to a port of the pods with these labels.
  private static func told(_ version: Int64, _ target: UInt16, app: String, from: Int64, to: Int64)
    -> ClusterObject
  {
    func minute(_ number: Int64) -> Instant { Town.start.advanced(bySeconds: number * 60) }
    return ClusterObject.service(
      Service(
        meta: ObjectMeta(namespace: "payments", name: "s", uid: "s", version: version),
        selector: ["app": app],
        clusterAddresses: [Town.ip(address)], otherAddresses: [],
        ports: [ServicePort(name: nil, port: 80, target: .number(target), transport: .tcp, nodePort: 30_080)])
    ).told(at: minute(to), since: minute(from))
  }

  private static func lines(_ town: Town, _ objects: [ClusterObject]) -> [String] {
    var town = town
    town.objects += objects
    return town.learned().lines.filter { $0.hasPrefix("web/frontend → ") }
  }

  private static let ports = [
    told(5, 8080, app: "api", from: 0, to: 10), told(15, 9090, app: "api", from: 30, to: 40),
  ]
  private static let pods = [
    told(5, 8080, app: "api", from: 0, to: 10), told(15, 8080, app: "db", from: 30, to: 40),
  ]

  @Test(
    "to the port of then, or to both where nothing tells which it was",
    arguments: [(5, ["8080"]), (20, ["8080", "9090"]), (50, ["9090"])] as [(Int64, [String])])
  func ports(minute: Int64, ports: [String]) {
    var town = Shop.town()
    town.saw(Shop.web, Self.address, 80, minute: minute)
    for objects in [Self.ports, Self.ports.reversed()] {
      #expect(
        Self.lines(town, objects) == ports.map { "web/frontend → payments/api \($0)/TCP used ×5 learned" })
    }
  }

  @Test(
    "to the pods of then, also through the port of a machine",
    arguments: [(5, ["api"]), (20, ["api", "db"]), (50, ["db"])] as [(Int64, [String])])
  func pods(minute: Int64, names: [String]) {
    for (address, port) in [(Self.address, UInt16(80)), ("192.168.0.7", 30_080)] {
      var town = Shop.town()
      town.node("n", at: "192.168.0.7")
      town.saw(Shop.web, address, port, minute: minute)
      #expect(
        Self.lines(town, Self.pods) == names.map { "web/frontend → payments/\($0) 8080/TCP used ×5 learned" })
    }
  }

  @Test(
    "a machine's address that is lent to a Service is the machine's on a port that the Service has no longer",
    arguments: [
      (5, "web/frontend → payments/api 8080/TCP used ×5 learned"),
      (50, "web/frontend → node n 80/TCP used ×5 learned"),
    ]
      as [(Int64, String)])
  func lent(minute: Int64, line: String) {
    func telling(_ version: Int64, _ port: UInt16, from: Int64, to: Int64) -> ClusterObject {
      guard case .service(var service) = Self.told(version, 8080, app: "api", from: from, to: to) else {
        return Self.told(version, 8080, app: "api", from: from, to: to)
      }
      service.otherAddresses = [Town.ip("192.168.0.7")]
      service.ports[0].port = port
      service.ports[0].nodePort = nil
      return .service(service)
    }
    var town = Shop.town()
    town.node("n", at: "192.168.0.7")
    town.saw(Shop.web, "192.168.0.7", 80, minute: minute)
    #expect(
      Self.lines(town, [telling(5, 80, from: 0, to: 10), telling(15, 81, from: 30, to: 40)]) == [line])
  }

  @Test("what lasts from before a change until after it goes to both")
  func lasting() throws {
    var town = Shop.town()
    var activity = Activity(at: Town.start.advanced(bySeconds: 300))
    activity.note(Town.start.advanced(bySeconds: 3000))
    let key = Fact.Key(
      hour: Town.start.hour, recorder: "node-a", client: Town.ip(Shop.web), server: Town.ip(Self.address),
      port: 80, transport: .tcp, tier: .used, direction: .opening)
    town.facts.conversations.append(try #require(Fact(key: key, conversations: 5, activity: activity)))
    #expect(Self.lines(town, Self.ports).map { $0.contains("8080") } == [true, false])
  }
}
