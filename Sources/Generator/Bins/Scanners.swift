import Traffic

/// Clients that knock on doors to see which are open.
///
/// A client is one whose first contacts fail as those of somebody who tries (`FirstContacts`) and for whom more doors
/// stayed closed than opened; or one that opened very many and said nothing at any. It loses its failed and its one-shot
/// edges, not its steady ones: a monitoring system that scans may still have a database. What it did once in each
/// scan at each pod is one-shot too.
struct Scanners {
  private var searches: [End: Search] = [:]

  /// A scan, and what of its client's edges belongs to it.
  private struct Search {
    let reason: String
    let sweeps: Sweeps?
    /// Whether no more than silence at open doors tells of it.
    let isBySilence: Bool
  }

  /// How many doors a client must have left closed in the same way for them to show a scan that comes again.
  private static let closedDoors = 5
  /// How many open doors a client must have left without a word.
  ///
  /// A gateway that keeps connections open for longer than the recording, seen without their data, has some.
  private static let silentDoors = 20

  /// How the reason of every scan begins.
  static let word = "scan"

  /// Whether a reason is one of a scan.
  static func isScan(_ reason: String) -> Bool { reason.hasPrefix("\(word): ") }

  /// Judges every client by what it found at the doors of workloads.
  init(_ edges: [Edge]) {
    // By their places: to hold on to all that an edge has costs more than what is asked of it here.
    let doors = edges.indices.filter { edges[$0].transport == .tcp && edges[$0].server.workload != nil }
    for (client, doors) in Dictionary(grouping: doors, by: { edges[$0].client }) {
      searches[client] = Self.search(FirstContacts(doors, of: edges))
    }
  }

  /// Why this client's edge is part of a scan; nil when it is not.
  func reason(for edge: Edge) -> String? {
    guard edge.transport == .tcp, let search = searches[edge.client] else { return nil }
    if search.isBySilence, edge.tier == .used { return nil }
    let isOneShot = !edge.tier.isEstablished || edge.evidence.established <= 1
    return isOneShot || search.sweeps?.hold(edge.evidence) ?? false ? search.reason : nil
  }

  private static func search(_ contacts: FirstContacts) -> Search? {
    if contacts.isSearching, contacts.areMostlyClosed {
      let closed = contacts.closed
      return Search(
        reason: reason("closed doors", closed),
        sweeps: Sweeps(closed.map(\.evidence), atLeast: closedDoors), isBySilence: false)
    }
    let silent = contacts.silent
    // Whoever has a word for most doors that are open to it knows them.
    guard silent.count >= silentDoors, silent.count > contacts.openCount - silent.count else { return nil }
    return Search(
      reason: reason("open doors without a word", silent), sweeps: nil, isBySilence: true)
  }

  private static func reason(_ what: String, _ doors: [Edge]) -> String {
    let ports = Set(doors.map(\.port)).count
    let workloads = Set(doors.map(\.server)).count
    let first = doors.map(\.evidence.first).min() ?? .distantPast
    let last = doors.map(\.evidence.last).max() ?? .distantPast
    let seconds = Int(last.seconds(since: first).rounded(.up))
    return
      "\(word): \(doors.count) \(what), \(ports) port\(ports == 1 ? "" : "s") on \(workloads) workload\(workloads == 1 ? "" : "s") in \(seconds) s"
  }
}
