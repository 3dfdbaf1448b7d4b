import Kubernetes
import TestSupport
import Testing
import Traffic

@testable import Generator

/// A pod that scans again and again, and what else it does.
@Suite("A scan that comes again")
struct RepeatedScanTests {
  /// What a scanner had with an open door.
  struct Door: Sendable, CustomTestStringConvertible {
    /// How often it asked there in each of these minutes, counted from the first day on.
    let asked: [Int64: UInt64]
    let isNeed: Bool
    let testDescription: String
  }

  private static let days: [Int64] = [0, 1440, 2880]

  /// Knocks on eleven closed doors on three days, so often each, and then asks at an open one.
  private func bin(of door: Door, knocks: UInt64) throws -> Bin {
    var town = Shop.town()
    town.facts = Facts()
    town.pod("payments", "shell", at: "10.244.0.14", labels: ["app": "shell"])
    for day in Self.days {
      for port in UInt16(20)...30 {
        town.saw("10.244.0.14", Shop.api, port, .refused, times: knocks, minute: day + 5)
      }
    }
    for (minute, times) in door.asked {
      town.saw("10.244.0.14", Shop.db, 5432, .used, times: times, minute: minute)
    }
    return try #require(town.learned().edges.first { $0.port == 5432 }).bin
  }

  @Test(
    "makes no need of a door that it finds open once each time; what tells of more is one",
    arguments: [
      Door(asked: [5: 1, 1445: 1, 2885: 1], isNeed: false, testDescription: "open in each scan"),
      Door(asked: [6: 1, 2886: 1], isNeed: false, testDescription: "open in two of three scans"),
      Door(asked: [5: 1, 1445: 1], isNeed: true, testDescription: "not asked in the last scan"),
      Door(asked: [5: 2, 1445: 1, 2885: 1], isNeed: true, testDescription: "asked twice within an hour"),
      Door(asked: [305: 1, 1745: 1, 3185: 1], isNeed: true, testDescription: "asked hours after each scan"),
      Door(
        asked: [5: 1, 65: 1, 1445: 1, 1505: 1, 2885: 1], isNeed: true,
        testDescription: "asked between the scans too"),
      Door(asked: [5: 1], isNeed: false, testDescription: "asked once at all"),
    ])
  func again(door: Door) throws {
    #expect(try bin(of: door, knocks: 1) == (door.isNeed ? .learned : .quarantined))
  }

  @Test("is none where closed doors are tried again and again: a broken client keeps its rare needs")
  func brokenClient() throws {
    let door = Door(asked: [5: 1, 1445: 1, 2885: 1], isNeed: true, testDescription: "rare")
    #expect(try bin(of: door, knocks: 40) == .learned)
  }
}

/// A pod that knocks on every door of every pod that it finds.
@Suite("A scan of addresses")
struct ReplicaScanTests {
  private static let replicas = ["10.244.0.21", "10.244.0.22", "10.244.0.23"]

  /// Knocks on eleven closed doors of three replicas, and asks so often at an open one of each in these minutes.
  private func bin(asked: [(replica: Int, minute: Int64, times: UInt64)]) throws -> Bin {
    var town = Shop.town()
    town.facts = Facts()
    town.deployment("payments", "many", at: Self.replicas, ports: [ContainerPort(number: 8080)])
    town.pod("payments", "shell", at: "10.244.0.14", labels: ["app": "shell"])
    for port in UInt16(20)...30 {
      for replica in Self.replicas { town.saw("10.244.0.14", replica, port, .refused, times: 1, minute: 5) }
    }
    for ask in asked {
      town.saw(
        "10.244.0.14", Self.replicas[ask.replica], 8080, .established, times: ask.times, minute: ask.minute)
    }
    return try #require(town.learned().edges.first { $0.port == 8080 }).bin
  }

  @Test("makes no need of a workload that it finds open once at each of its pods")
  func once() throws {
    #expect(try bin(asked: [(0, 5, 1), (1, 5, 1), (2, 6, 1)]) == .quarantined)
  }

  @Test("leaves a workload that was asked more often, or at another time")
  func more() throws {
    #expect(try bin(asked: [(0, 5, 2), (1, 5, 1), (2, 5, 1)]) == .learned)
    #expect(try bin(asked: [(0, 5, 1), (1, 5, 1), (2, 305, 1)]) == .learned)
  }
}

/// From packets to bins: a pod that knocks on every door with one port and one sequence number.
@Suite("A scan with one port and one number")
struct ScanTests {
  private static let scanner = Socket(Town.ip("10.244.0.14"), 40_000)
  private static let api = Town.ip("10.244.0.11")

  /// What the scanner teaches that finds one door open, and so many silent ones in bursts three seconds apart.
  private func edges(bursts: [Int], interface: UInt32) -> [Edge] {
    var town = Town()
    town.deployment("payments", "api", at: ["10.244.0.11"], ports: [ContainerPort(number: 8080)])
    town.pod("payments", "shell", at: "10.244.0.14", labels: ["app": "shell"])
    var recording = Recording(recorder: "node-a", seed: 7)
    var moment = Town.start.advanced(bySeconds: 300)
    func send(_ segment: TCPSegment, isReply: Bool = false, port: UInt16, _ recording: inout Recording) {
      let door = Socket(Self.api, port)
      let packet =
        isReply
        ? PacketBuilder.tcp(segment, from: door, to: Self.scanner)
        : PacketBuilder.tcp(segment, from: Self.scanner, to: door)
      // In bounds: the span is the array's own.
      let bytes = unsafe packet.span.bytes
      recording.note(bytes, link: .raw, at: moment, interface: interface, wireLength: packet.count)
    }
    send(TCPSegment(.syn, sequence: 1_000), port: 8080, &recording)
    send(
      TCPSegment([.syn, .ack], sequence: 77, acknowledgement: 1_001), isReply: true, port: 8080, &recording)
    send(TCPSegment(.ack, sequence: 1_001, acknowledgement: 78), port: 8080, &recording)
    var port: UInt16 = 20
    for burst in bursts {
      moment = moment.advanced(bySeconds: 3)
      for _ in 0..<burst {
        send(TCPSegment(.syn, sequence: 1_000), port: port, &recording)
        port += 1
      }
    }
    town.facts.conversations = recording.finish().facts
    return town.learned().edges
  }

  @Test(
    "is found by its closed doors, and its open one is no need, with interfaces named or not",
    arguments: [0, 2] as [UInt32])
  func found(interface: UInt32) {
    let edges = edges(bursts: [8], interface: interface)
    #expect(edges.count == 9)
    #expect(edges.allSatisfy { $0.bin == .quarantined })
    #expect(
      edges.first { $0.port == 8080 }?.reason == "scan: 8 closed doors, 8 ports on 1 workload in 0 s")
  }

  /// Where nobody named the interface up to four silent doors are one attempt, so that it must go on for five bursts.
  @Test(
    "that knocks on four doors at a time is found later where nobody named the interface",
    arguments: [(4, 0, false), (5, 0, true), (4, 2, true), (5, 2, true)] as [(Int, UInt32, Bool)])
  func bursts(count: Int, interface: UInt32, isFound: Bool) {
    let edges = edges(bursts: Array(repeating: 4, count: count), interface: interface)
    #expect(edges.count == 1 + (interface == 0 ? count : 4 * count))
    #expect(edges.filter { $0.port != 8080 }.allSatisfy { $0.bin == .quarantined })
    #expect(edges.first { $0.port == 8080 }?.bin == (isFound ? .quarantined : .learned))
  }
}
