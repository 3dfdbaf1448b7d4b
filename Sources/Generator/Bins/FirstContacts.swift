import Traffic

/// The doors of others that a client came to, in the order in which it came to each for the first time.
///
/// A door is a workload and a TCP port, however many replicas stand behind it. It is closed when nobody ever answered
/// there, and open when something was established; what answered and went no further says nothing of the client.
struct FirstContacts {
  private let edges: [Edge]
  /// The places of the edges to doors that stayed closed, and of those to open ones, in the order of the first contact.
  private var closedPlaces: [Int] = []
  private var openPlaces: [Int] = []
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

  /// The contacts of one client, whose edges have these places, in whatever order.
  init(_ places: [Int], of edges: [Edge]) {
    self.edges = edges
    let sorted = places.sorted { one, other in
      let (mine, theirs) = (edges[one].evidence.first, edges[other].evidence.first)
      return mine == theirs ? edges[one].key < edges[other].key : mine < theirs
    }
    for place in sorted { note(place) }
  }

  private mutating func note(_ place: Int) {
    switch edges[place].tier {
    case .attempted, .refused:
      closedPlaces.append(place)
      odds *= (1 - Chance.tried) / (1 - Chance.known)
    case .established, .used:
      openPlaces.append(place)
      // One who tries finds open doors too, and comes to each of their pods once.
      if edges[place].evidence.established > UInt64(edges[place].evidence.doorsOfPods) {
        odds = max(1, odds * Chance.tried / Chance.known)
      }
    case .answered, .oneWay, .replied: break
    }
    if odds >= Chance.detection / Chance.falseAlarm { isSearching = true }
  }
}

// What it can tell.
extension FirstContacts {
  /// Whether more doors stayed closed than opened: half of its servers may be down, and a client is none.
  var areMostlyClosed: Bool { closedPlaces.count > openPlaces.count }

  /// The edges to doors that stayed closed, in the order of the first contact.
  var closed: [Edge] { closedPlaces.map { edges[$0] } }

  /// How many doors were open.
  var openCount: Int { openPlaces.count }

  /// The open doors at which it was seen once and said nothing: a connection is opened to see whether it can be.
  ///
  /// Nothing is said of a connection that was there before the recording.
  var silent: [Edge] {
    openPlaces.filter { place in
      let evidence = edges[place].evidence
      return edges[place].tier == .established && evidence.established <= UInt64(evidence.doorsOfPods)
        && evidence.directions.allSatisfy { $0 == .opening }
    }.map { edges[$0] }
  }
}
