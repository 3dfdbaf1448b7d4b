import Kubernetes
import TestSupport
import Testing
import Traffic

@testable import Generator

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
