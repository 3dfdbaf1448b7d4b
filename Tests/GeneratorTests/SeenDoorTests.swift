import Kubernetes
import Testing
import Traffic

@testable import Generator

@Suite("What others do shows who was asked, where nobody saw the opening and nobody declares a port")
struct SeenDoorTests {
  private static let outside = "203.0.113.7"
  private static let front = "10.244.0.20"

  /// A shop with a front that has no ports.
  private static func town() -> Town {
    var town = Shop.town()
    town.deployment("payments", "front", at: [front, "10.244.0.21"])
    return town
  }

  /// Connections that were under way, from these ports of one end to ports of the other.
  private static func underWay(
    _ town: inout Town, _ client: String, _ ports: [UInt16], _ server: String, _ doors: [UInt16],
    tier: Tier = .established, transport: Transport = .tcp, isTurned: Bool = false
  ) {
    for (port, door) in zip(ports, doors) {
      // Either end may stand as the server in a fact.
      let (one, other) = (Socket(Town.ip(client), port), Socket(Town.ip(server), door))
      let (first, second) = isTurned ? (other, one) : (one, other)
      town.saw(
        first.address.description, second.address.description, second.port, tier, times: 1,
        transport: transport, direction: .unknown, dialled: first)
    }
  }

  private static func lines(_ town: Town) -> [String] {
    town.learned("payments").lines.filter { $0.contains("front") }
  }

  @Test(
    "three ports of others that meet at one show the door, whichever end a fact begins with",
    arguments: [false, true])
  func meeting(isTurned: Bool) {
    var town = Self.town()
    Self.underWay(
      &town, Self.front, [40_000, 40_001, 40_002], Shop.db, [6000, 6000, 6000], isTurned: isTurned)
    #expect(Self.lines(town) == ["payments/front → payments/db 6000/TCP established ×3 learned"])
    #expect(town.learned("payments").plan.obstacles.isEmpty)
  }

  @Test(
    "two ports show nothing, nor do the same one again, other ports than the lower, datagrams and attempts")
  func tooLittle() {
    let three: [UInt16] = [40_000, 40_001, 40_002]
    func town(_ change: (inout Town) -> Void) -> Town {
      var town = Self.town()
      change(&town)
      return town
    }
    let towns = [
      town { Self.underWay(&$0, Self.front, [40_000, 40_001], Shop.db, [6000, 6000]) },
      town { Self.underWay(&$0, Self.front, [40_000, 40_000, 40_000], Shop.db, [6000, 6000, 6000]) },
      // One port that leads to three, as a client may be bound to it.
      town { Self.underWay(&$0, Self.front, [6000, 6000, 6000], Shop.db, [5000, 5001, 5002]) },
      town {
        Self.underWay(&$0, Self.front, three, Shop.db, [6000, 6000, 6000], tier: .replied, transport: .udp)
      },
      town { Self.underWay(&$0, Self.front, three, Shop.db, [6000, 6000, 6000], tier: .refused) },
      town { Self.underWay(&$0, Self.front, three, Shop.db, [6000, 6001, 6002]) },
    ]
    for town in towns {
      let edges = town.learned("payments").edges.filter {
        $0.client.description.contains("front") || $0.server.description.contains("front")
      }
      #expect(!edges.isEmpty && edges.allSatisfy { $0.bin == .unattributed }, "\(town.learned().lines)")
    }
  }

  @Test("two who meet at many ports of each other show nothing")
  func bothMany() {
    var town = Self.town()
    let (low, high): ([UInt16], [UInt16]) = ([6000, 6001, 6002], [40_000, 40_001, 40_002])
    for door in low {
      for port in high { Self.underWay(&town, Self.front, [port], Shop.db, [door]) }
    }
    #expect(Self.lines(town).allSatisfy { $0.hasSuffix("unattributed") })
  }

  @Test(
    "an opening that was seen at any pod of a workload shows the door of all, and none of whom it does not")
  func sight() {
    var town = Self.town()
    Self.underWay(&town, Shop.api, [40_000], Self.front, [6000])
    #expect(Self.lines(town) == ["payments/api → payments/front 6000/TCP established ×1 unattributed"])
    for (client, tier) in [(Shop.web, Tier.attempted), (Shop.web, .refused), (Shop.web, .answered)] {
      town.saw(client, "10.244.0.21", 6000, tier, times: 1)
    }
    town.saw(Shop.web, Shop.db, 6000, times: 1)
    #expect(Self.lines(town).contains("payments/api → payments/front 6000/TCP established ×1 unattributed"))
    town.saw(Shop.web, "10.244.0.21", 6000, times: 1)
    #expect(Self.lines(town).contains("payments/api → payments/front 6000/TCP established ×1 learned"))
    // Where the other end was seen to be asked at its port too, each may have asked.
    town.saw(Shop.web, Shop.api, 40_000, times: 1)
    #expect(Self.lines(town).contains("payments/api → payments/front 6000/TCP established ×1 unattributed"))
  }

  @Test("what an address answered under another holder shows nothing")
  func otherHolder() throws {
    var street = try Street(
      """
      kind: Pod
      metadata: {name: p1, namespace: shop, labels: {app: p}}
      spec: {nodeName: node-a, containers: []}
      status: {phase: Succeeded, podIP: 10.244.1.40, startTime: at(0), containerStatuses: [{state: {terminated: {finishedAt: at(598)}}}]}
      ---
      kind: Pod
      metadata: {name: p2, namespace: shop, labels: {app: q}}
      spec: {nodeName: node-a, containers: []}
      status: {podIP: 10.244.1.40, startTime: at(602)}
      """)
    let (held, asker) = ("10.244.1.40", "198.51.100.7")
    street.town.saw(asker, held, 6000, minute: 5)
    for minute in [6, 30] as [Int64] {
      street.town.saw(
        "10.244.1.5", held, 6000, .established, times: 1, direction: .unknown,
        dialled: Socket(Town.ip("10.244.1.5"), 40_000), minute: minute)
    }
    let bins = street.town.learned().edges.filter { $0.client.namespace != nil }
      .map { "\($0.server) \($0.bin.rawValue)" }
    #expect(bins == ["shop/p1 learned", "shop/p2 unattributed"], "\(street.town.learned().lines)")
  }

  @Test("a declared port tells more than any other connection")
  func declared() {
    var town = Self.town()
    town.saw(Shop.web, Self.front, 6000, times: 1)
    // The API's own port is declared, however many ports meet at the front's.
    Self.underWay(&town, Shop.api, [8080, 8080, 8080], Self.front, [6000, 6001, 6002])
    #expect(Self.lines(town).contains("payments/front → payments/api 8080/TCP established ×3 learned"))
  }

  @Test("a server outside is shown as well")
  func stranger() {
    var town = Self.town()
    Self.underWay(&town, Self.front, [40_000, 40_001, 40_002], Self.outside, [5671, 5671, 5671])
    #expect(Self.lines(town) == ["payments/front → 203.0.113.7 5671/TCP established ×3 learned"])
  }
}
