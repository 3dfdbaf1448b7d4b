import Traffic

/// Connections that are opened one after the other and never ended.
public struct Crowd: Sendable {
  /// How many there are.
  public let connections: Int

  /// So many connections.
  public init(connections: Int) { self.connections = connections }

  /// Makes a capture of them, and hands it out piece by piece.
  public func make(_ take: (borrowing [UInt8]) throws -> Void) rethrows {
    var frames = FrameMaking(TrafficWorld.Plan(bytes: 0, link: .raw))
    for number in 0..<connections {
      // No two have the same ends, and each begins with numbers of its own.
      let client = Place.pod(8 + number / Self.ports, .v4, port: UInt16(32_768 + number % Self.ports))
      let server = Place.pod(1 + number % 7, .v4, port: 8080)
      let (mine, theirs) = (UInt32(truncatingIfNeeded: number &* 2_654_435_761), UInt32(number))
      let there = Passing(
        source: client, destination: server, interface: 0, hops: 64, identification: 1)
      let back = Passing(source: server, destination: client, interface: 0, hops: 64, identification: 1)
      frames.send(.segment(flags: 0x02, sequence: mine, acknowledgement: 0), there, isInOverlay: false)
      frames.send(
        .segment(flags: 0x12, sequence: theirs, acknowledgement: mine &+ 1), back, isInOverlay: false)
      frames.send(
        .segment(flags: 0x10, sequence: mine &+ 1, acknowledgement: theirs &+ 1), there, isInOverlay: false)
      if frames.isDue { try take(frames.handOver()) }
    }
    try take(frames.handOver())
  }

  private static let ports = 28_000
}
