/// For each group of classes that the same rules decide about, what these rules open: rows of stretches of classes.
///
/// There is no table of all classes by all classes: a row holds only the stretches on which something is open, and
/// classes that the same policies isolate share one.
struct ReachRows {
  /// Neighbouring classes on which the same ports are open.
  struct Stretch {
    let classes: Range<UInt32>
    let ports: UInt32

    /// In this order those of the same ports stand together, each where it begins.
    fileprivate var byPorts: UInt64 { UInt64(ports) << 32 | UInt64(classes.lowerBound) }
  }

  /// All rows one after the other.
  private(set) var stretches: [Stretch] = []
  private var starts: [Int] = [0]

  /// How many rows there are.
  var count: Int { starts.count - 1 }

  /// The stretches of a row, in order.
  func row(_ number: Int) -> ArraySlice<Stretch> { stretches[starts[number]..<starts[number + 1]] }

  /// The ports that a row has for a class.
  func ports(_ number: Int, at place: UInt32) -> UInt32 {
    let found = firstStretch(of: number, endingAfter: place)
    guard found < starts[number + 1], stretches[found].classes.contains(place) else { return PortTable.none }
    return stretches[found].ports
  }

  /// Where the stretches of a row begin that reach beyond a class.
  func firstStretch(of number: Int, endingAfter place: UInt32) -> Int {
    var (low, high) = (starts[number], starts[number + 1])
    while low < high {
      let middle = (low + high) / 2
      if stretches[middle].classes.upperBound <= place { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Where the stretches of a row begin.
  func start(of number: Int) -> Int { starts[number] }

  /// Where the stretches of a row end.
  func end(of number: Int) -> Int { starts[number + 1] }

  /// Adds the row that opens all of these together, which are put in order for that.
  mutating func addRow(of openings: inout [Stretch], _ table: inout PortTable) {
    Self.join(&openings)
    var active: [Stretch] = []
    var (next, at) = (0, UInt32(0))
    while next < openings.count || !active.isEmpty {
      if active.isEmpty { at = openings[next].classes.lowerBound }
      while next < openings.count, openings[next].classes.lowerBound == at {
        active.append(openings[next])
        next += 1
      }
      var end = next < openings.count ? openings[next].classes.lowerBound : UInt32.max
      var ports = PortTable.none
      for opening in active {
        end = min(end, opening.classes.upperBound)
        ports = table.union(ports, opening.ports)
      }
      append(Stretch(classes: at..<end, ports: ports))
      if active.count == 1 {
        if active[0].classes.upperBound == end { active.removeAll(keepingCapacity: true) }
      } else {
        active.removeAll { $0.classes.upperBound == end }
      }
      at = end
    }
    starts.append(stretches.count)
  }

  private mutating func append(_ stretch: Stretch) {
    if let last = stretches.last, stretches.count > starts[starts.count - 1], last.ports == stretch.ports,
      last.classes.upperBound == stretch.classes.lowerBound
    {
      stretches[stretches.count - 1] = Stretch(
        classes: last.classes.lowerBound..<stretch.classes.upperBound, ports: last.ports)
    } else {
      stretches.append(stretch)
    }
  }

  /// Puts openings in order, and joins those of the same ports where they meet: so at no place are there more of them
  /// than different sets of ports.
  private static func join(_ openings: inout [Stretch]) {
    guard openings.count > 1 else { return }
    openings.sort { $0.byPorts < $1.byPorts }
    var last = 0
    for place in 1..<openings.count {
      let (joined, opening) = (openings[last], openings[place])
      if joined.ports == opening.ports, opening.classes.lowerBound <= joined.classes.upperBound {
        let end = max(joined.classes.upperBound, opening.classes.upperBound)
        openings[last] = Stretch(classes: joined.classes.lowerBound..<end, ports: joined.ports)
      } else {
        last += 1
        openings[last] = opening
      }
    }
    openings.removeSubrange((last + 1)...)
    if openings[last].ports != openings[0].ports {
      openings.sort { $0.classes.lowerBound < $1.classes.lowerBound }
    }
  }
}
