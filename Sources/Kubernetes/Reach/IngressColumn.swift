/// What each of some ingress rows has for one source: the rows turned, a column at a time.
///
/// Sources are asked in order. Whatever begins at a source stands in its list, and each row stands in one list only, that
/// of its next stretch: so all columns together cost one step for each stretch, and no room but one place a row.
struct IngressColumn {
  private let stretches: [ReachRows.Stretch]
  /// For each row its next stretch, and where its stretches end.
  private var cursors: [(next: Int, end: Int)] = []
  /// For each source the first row whose next stretch begins there.
  private var heads: [Int32]
  /// For each row the next one in the same list.
  private var links: [Int32]
  /// For each row its latest stretch.
  private var latest: [(ports: UInt32, end: UInt32)]
  private var source: UInt32 = 0
  private var unread: UInt32 = 0

  /// The column before the first source.
  init(_ rows: ReachRows, rows numbers: [Int], sourceCount: Int) {
    stretches = rows.stretches
    heads = Array(repeating: Self.nobody, count: sourceCount)
    links = Array(repeating: Self.nobody, count: numbers.count)
    latest = Array(repeating: (PortTable.none, 0), count: numbers.count)
    cursors.reserveCapacity(numbers.count)
    for (place, number) in numbers.enumerated() {
      cursors.append((rows.start(of: number), rows.end(of: number)))
      wait(place)
    }
  }

  /// The ports that a row, by its place, has for the source.
  func ports(_ place: Int) -> UInt32 {
    let (ports, end) = latest[place]
    return end > source ? ports : PortTable.none
  }

  /// Goes on to a source, which is none before the present one.
  mutating func move(to place: UInt32) {
    source = place
    while unread <= place {
      var row = heads[Int(unread)]
      unread += 1
      while row != Self.nobody {
        let (here, next) = (Int(row), links[Int(row)])
        let stretch = stretches[cursors[here].next]
        latest[here] = (stretch.ports, stretch.classes.upperBound)
        cursors[here].next += 1
        wait(here)
        row = next
      }
    }
  }

  /// Puts a row into the list of the source where its next stretch begins.
  private mutating func wait(_ place: Int) {
    let (next, end) = cursors[place]
    guard next < end else { return }
    let begin = Int(stretches[next].classes.lowerBound)
    links[place] = heads[begin]
    heads[begin] = Int32(truncatingIfNeeded: place)
  }

  private static let nobody: Int32 = -1
}
