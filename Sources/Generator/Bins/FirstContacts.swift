import Traffic

/// The doors of others that a client came to, in the order in which it came to each for the first time.
///
/// A door is a workload and a TCP port, however many replicas stand behind it. It is closed when nobody ever answered
/// there, and open when something was established; what answered and went no further says nothing of the client.
struct FirstContacts {
  /// The edges to doors that stayed closed, and those to open ones, in the order of the first contact.
  private(set) var closed: [Edge] = []
  private(set) var open: [Edge] = []
  /// Whether the client tries doors that it does not know.
  private(set) var isSearching = false
  /// How much likelier the contacts so far are of one who tries than of one who knows; never below one, so that no
  /// good beginning excuses what comes later.
  private var odds = 1.0

  /// How likely contacts end as they do, of one who knows where to go and of one who tries.
  ///
  /// The test is the sequential one of Jung, Paxson, Berger and Balakrishnan, "Fast Portscan Detection Using Sequential
  /// Hypothesis Testing" (2004), as a cumulative sum. Each contact multiplies the odds by how much likelier its end is of
  /// a client that tries; at 99 it is taken for one. Five closed doors in a row are enough, and two open ones that it
  /// comes back to make up for nearly three closed ones. An open door that it came to once says nothing.
  private enum Chance {
    /// That a door is open to a client that knows where it goes: pods come late and services go.
    static let known = 0.7
    /// That a door is open to one that tries.
    static let tried = 0.2
    /// That one who tries is found, and that one who knows is taken for one who tries.
    static let detection = 0.99
    static let falseAlarm = 0.01
  }

  /// The contacts of one client, whatever the order of its edges.
  init(_ edges: [Edge]) {
    for edge in edges.sorted(by: Self.precedes) { note(edge) }
  }

  private mutating func note(_ edge: Edge) {
    switch edge.tier {
    case .attempted, .refused:
      closed.append(edge)
      odds *= (1 - Chance.tried) / (1 - Chance.known)
    case .established, .used:
      open.append(edge)
      // One who tries finds open doors too, and comes to them once.
      if edge.evidence.established > 1 { odds = max(1, odds * Chance.tried / Chance.known) }
    case .answered, .oneWay, .replied: break
    }
    if odds >= Chance.detection / Chance.falseAlarm { isSearching = true }
  }

  private static func precedes(_ one: Edge, _ other: Edge) -> Bool {
    one.evidence.first == other.evidence.first
      ? one.key < other.key : one.evidence.first < other.evidence.first
  }
}

// What it can tell.
extension FirstContacts {
  /// Whether more doors stayed closed than opened: half of its servers may be down, and a client is none.
  var areMostlyClosed: Bool { closed.count > open.count }

  /// The open doors at which it was seen once and said nothing: a connection is opened to see whether it can be.
  ///
  /// Nothing is said of a connection that was there before the recording.
  var silent: [Edge] {
    open.filter { edge in
      edge.tier == .established && edge.evidence.established == 1
        && edge.evidence.directions.allSatisfy { $0 == .opening }
    }
  }
}
