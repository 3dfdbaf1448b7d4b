import Traffic

/// Clients that knock on doors: many different ones fail for them in a short time.
///
/// A scanner loses its failed and its one-shot edges, not its steady ones: a monitoring system that scans may still
/// have a database.
struct Scanners {
  private var reasons: [End: String] = [:]

  /// How many different doors must fail for a client before it counts as a scanner.
  private static let failedDoors = 5

  private struct Knock {
    var doors: Set<Socket> = []
    var ports: Set<UInt16> = []
    var pods: Set<Address> = []
    var first = Instant.distantFuture
    var last = Instant.distantPast
  }

  /// Judges every client by the doors of workloads that it found closed, and those that it found open.
  init(_ edges: [Edge]) {
    var failed: [End: Knock] = [:]
    var open: [End: Int] = [:]
    for edge in edges where edge.transport == .tcp && edge.server.workload != nil {
      guard edge.tier < .answered else {
        open[edge.client, default: 0] += edge.evidence.serverAddresses.count
        continue
      }
      var knock = failed[edge.client] ?? Knock()
      for address in edge.evidence.serverAddresses {
        knock.doors.insert(Socket(address, edge.port))
        knock.pods.insert(address)
      }
      knock.ports.insert(edge.port)
      knock.first = min(knock.first, edge.evidence.first)
      knock.last = max(knock.last, edge.evidence.last)
      failed[edge.client] = knock
    }
    for (client, knock) in failed
    where knock.doors.count >= Self.failedDoors && knock.doors.count > open[client, default: 0] {
      let seconds = Int(knock.last.seconds(since: knock.first).rounded(.up))
      let (ports, pods) = (knock.ports.count, knock.pods.count)
      reasons[client] =
        "scan: \(knock.doors.count) closed doors, \(ports) port\(ports == 1 ? "" : "s") on \(pods) pod\(pods == 1 ? "" : "s") in \(seconds) s"
    }
  }

  /// Why this client's edge is part of a scan; nil when it is not.
  func reason(for edge: Edge) -> String? {
    guard edge.transport == .tcp, !edge.tier.isEstablished || edge.evidence.conversations <= 1 else {
      return nil
    }
    return reasons[edge.client]
  }
}
