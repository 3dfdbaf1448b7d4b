import Kubernetes
import TestSupport
import Testing
import Traffic

@testable import Generator

/// A pod that asks and a pod that is asked, of one workload or of two.
private func pair(
  client: [UInt16] = [], server: [UInt16] = [], service: UInt16? = nil, isOneWorkload: Bool = false
) -> Town {
  var town = Town()
  func ports(_ numbers: [UInt16]) -> [ContainerPort] {
    numbers.map { ContainerPort(number: $0, transport: .udp) }
  }
  if isOneWorkload {
    town.deployment("payments", "peer", at: [asking, asked], ports: ports(server))
  } else {
    town.deployment("payments", "client", at: [asking], ports: ports(client))
    town.deployment("payments", "server", at: [asked], ports: ports(server))
  }
  if let service {
    town.service(
      "payments", "server", at: "10.96.0.60", selector: ["app": "server"], port: service,
      target: .number(service), transport: .udp)
  }
  return town
}

private let asking = "10.244.0.31"
private let asked = "10.244.0.32"

@Suite("UDP, of which nothing opens a conversation")
struct DatagramTests {
  struct Way: CustomTestStringConvertible {
    var client: [UInt16] = []
    var server: [UInt16] = []
    var service: UInt16?
    var isOneWorkload = false
    /// Ports of the end that was seen to send first, and of the other.
    let first: UInt16
    let second: UInt16
    var isServerFirst = false
    let line: String
    var testDescription: String { "\(first) to \(second): \(line)" }
  }

  @Test(
    "who asked, where it may have begun unseen",
    arguments: [
      Way(server: [8125], first: 40000, second: 8125, line: "payments/client → payments/server 8125"),
      Way(
        server: [8125], first: 8125, second: 40000, isServerFirst: true,
        line: "payments/client → payments/server 8125"),
      Way(
        service: 8125, first: 8125, second: 40000, isServerFirst: true,
        line: "payments/client → payments/server 8125"),
      Way(
        server: [51820], first: 51820, second: 1194, isServerFirst: true,
        line: "payments/client → payments/server 51820"),
      Way(server: [514], first: 514, second: 514, line: "payments/client → payments/server 514"),
      Way(
        server: [514], first: 514, second: 514, isServerFirst: true,
        line: "payments/client → payments/server 514"),
      // Both say that they answer there: each may ask the other, and this is what was seen.
      Way(
        client: [7946], server: [7946], first: 7946, second: 7946,
        line: "payments/client → payments/server 7946"),
      Way(
        client: [7946], server: [7946], first: 7946, second: 7946, isServerFirst: true,
        line: "payments/server → payments/client 7946"),
      // Whichever of two replicas asked, the rule is the same.
      Way(isOneWorkload: true, first: 7946, second: 7946, line: "payments/peer → payments/peer 7946"),
      Way(isOneWorkload: true, first: 7946, second: 40000, line: "unattributed 7946"),
      Way(first: 123, second: 123, line: "unattributed 123"),
      // The likely server's port stands there, and no ephemeral one.
      Way(first: 9000, second: 40000, line: "unattributed 9000"),
      Way(first: 40000, second: 9000, line: "unattributed 9000"),
    ])
  func whoAsked(way: Way) throws {
    var town = pair(
      client: way.client, server: way.server, service: way.service, isOneWorkload: way.isOneWorkload)
    let ends = way.isServerFirst ? (asked, asking) : (asking, asked)
    town.saw(
      ends.0, ends.1, way.second, .replied, transport: .udp, direction: .unknown,
      dialled: Socket(Town.ip(ends.0), way.first))
    let edge = try #require(town.learned().edges.first)
    let line =
      edge.bin == .learned ? "\(edge.client) → \(edge.server) \(edge.port)" : "\(edge.bin) \(edge.port)"
    #expect(line == way.line)
    #expect(town.learned().edges.count == 1)
  }

  private static let outside = "203.0.113.9"

  /// Three exchanges of equal ports and three of a server's and a client's port, all seen from their middle.
  private static func underWay() -> Town {
    var town = pair()
    for (hour, isReply) in [(Int64(0), true), (1, false), (2, true)] {
      let (first, second) = isReply ? (outside, asking) : (asking, outside)
      town.saw(
        first, second, 123, .replied, times: 1, transport: .udp, direction: .unknown,
        dialled: Socket(Town.ip(first), 123), minute: hour * 60)
    }
    town.saw(
      outside, asking, 50_000, .replied, times: 3, transport: .udp, direction: .unknown,
      dialled: Socket(Town.ip(outside), 443))
    return town
  }

  struct Sight: CustomTestStringConvertible {
    let client: String
    let server: String
    let port: UInt16
    var tier: Tier = .replied
    /// The ports on which what nobody can direct still stands in the way.
    let open: [UInt16]
    var testDescription: String { "\(client) to \(server):\(port) \(tier.name)" }
  }

  @Test(
    "what nobody can direct stops nothing where its ends were seen to open the same in sight",
    arguments: [
      Sight(client: asking, server: outside, port: 8443, open: [123, 443]),
      Sight(client: asking, server: outside, port: 443, open: [123]),
      // With a port of 443 at either end it would have been another exchange.
      Sight(client: outside, server: asking, port: 443, open: [123, 443]),
      Sight(client: asking, server: outside, port: 123, open: [443]),
      Sight(client: outside, server: asking, port: 123, open: [443]),
      // Who was refused is let through by no rule.
      Sight(client: asking, server: outside, port: 443, tier: .refused, open: [123, 443]),
    ])
  func seenInSight(row: Sight) {
    var town = Self.underWay()
    town.saw(row.client, row.server, row.port, row.tier, transport: .udp, direction: .firstSender)
    let learned = town.learned("payments")
    let inTheWay = learned.plan.obstacles.compactMap { obstacle -> UInt16? in
      if case .unattributed(let edge) = obstacle { edge.port } else { nil }
    }
    #expect(inTheWay.sorted() == row.open)
    #expect(
      learned.edges.filter { $0.bin == .unattributed }.map(\.evidence.conversations) == [3, 3],
      "they are listed all the same")
  }

  @Test("a port that every machine offers is declared by its Service")
  func nodePort() throws {
    var town = pair(server: [5060])
    town.service(
      "payments", "calls", at: "10.96.0.61", selector: ["app": "server"], port: 5060, target: .number(5060),
      transport: .udp, nodePort: 30060)
    town.saw(
      "10.0.0.11", "203.0.113.9", 40000, .replied, transport: .udp, direction: .unknown,
      dialled: Socket(Town.ip("10.0.0.11"), 30060))
    #expect(
      town.learned().lines == ["203.0.113.9 → payments/server 5060/UDP replied ×5 baseline"])
  }
}

@Suite("UDP in a capture that begins in the middle")
struct CutDatagramTests {
  struct Ports: CustomTestStringConvertible {
    let client: UInt16
    let server: UInt16
    var testDescription: String { "\(client) to \(server)" }
  }

  @Test(
    "cut anywhere into two runs, what was recorded never turns a declared port's exchange round",
    arguments: [
      Ports(client: 40_000, server: 8_125), Ports(client: 514, server: 514),
      Ports(client: 123, server: 1_123), Ports(client: 5_080, server: 5_060),
      Ports(client: 40_000, server: 51_820), Ports(client: 60_000, server: 51_820),
      Ports(client: 1_024, server: 8_125),
    ], UInt64(1)...4)
  func cut(ports: Ports, seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let client = Socket(Town.ip(asking), ports.client)
    let server = Socket(Town.ip(asked), ports.server)
    var frames: [(at: Instant, packet: [UInt8])] = []
    var clock = Town.start
    for turn in 0..<60 {
      // After two minutes of silence it is the client that begins anew.
      let isLong = turn > 0 && Int.random(in: 0..<15, using: &random) == 0
      let isReply = turn > 0 && !isLong && Int.random(in: 0..<3, using: &random) > 0
      clock = clock.advanced(bySeconds: isLong ? 125 : Int64.random(in: 1..<50, using: &random))
      let (from, to) = isReply ? (server, client) : (client, server)
      frames.append((clock, PacketBuilder.udp([1, 2, 3], from: from, to: to)))
    }
    var town = pair(server: [ports.server])
    for cut in frames.indices {
      town.facts.conversations =
        Self.facts(frames[..<cut], "one") + Self.facts(frames[cut...], "other")
      let edges = town.learned().edges
      #expect(edges.count == 1 && edges.first?.port == ports.server, "seed \(seed), cut before \(cut)")
      #expect(edges.first?.server.description == "payments/server", "seed \(seed), cut before \(cut)")
      #expect(edges.first?.bin == .learned, "seed \(seed), cut before \(cut)")
    }
  }

  private static func facts(_ frames: ArraySlice<(at: Instant, packet: [UInt8])>, _ recorder: String)
    -> [Fact]
  {
    var recording = Recording(recorder: recorder)
    for frame in frames {
      // In bounds: the span is the array's own.
      unsafe recording.note(frame.packet.span.bytes, link: .raw, at: frame.at, wireLength: frame.packet.count)
    }
    return recording.finish().facts
  }
}
