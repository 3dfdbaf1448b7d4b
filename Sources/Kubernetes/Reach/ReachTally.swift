/// How many pairs of two different pods there are, and between how many of them anything passes.
public struct ReachTally: Hashable, Sendable {
  /// The pods.
  public let pods: Int
  /// All ordered pairs of two pods.
  public let pairs: Int
  /// The pairs on which at least one port is open.
  public internal(set) var openPairs = 0
  /// The open ports of all pairs together.
  public internal(set) var openPorts = 0
}

extension Reach {
  /// The tally of all pods, without one step for each pair.
  public var tally: ReachTally {
    var count = TallyCount(self)
    count.addOpenSides()
    count.addIsolatedSides()
    count.leaveOutSelves()
    return count.tally
  }
}

/// Adds up pairs, a stretch of classes at a time.
private struct TallyCount {
  private let reach: Reach
  private var ports: PortTable
  private(set) var tally: ReachTally
  /// For each class how many pods stand before it: all, those free to ask, those open to all.
  private var pods: [Int] = [0]
  private var free: [Int] = [0]
  private var exposed: [Int] = [0]

  init(_ reach: Reach) {
    self.reach = reach
    ports = reach.ports
    for (place, each) in reach.classes.all.enumerated() {
      pods.append(pods[place] + each.pods)
      let isFree = reach.egress.points.ofClass[place] == Standpoints.open
      free.append(free[place] + (isFree ? each.pods : 0))
      let isExposed = reach.ingress.points.ofClass[place] == Standpoints.open
      exposed.append(exposed[place] + (isExposed ? each.pods : 0))
    }
    let all = pods[pods.count - 1]
    tally = ReachTally(pods: all, pairs: all * max(0, all - 1))
  }

  private func sum(_ sums: [Int], _ classes: Range<UInt32>) -> Int {
    sums[Int(classes.upperBound)] - sums[Int(classes.lowerBound)]
  }

  private mutating func add(_ pairs: Int, _ number: UInt32) {
    guard pairs != 0, number != PortTable.none else { return }
    tally.openPairs += pairs
    tally.openPorts += pairs * ports.size(number)
  }

  /// The classes that share each row but the open one: they stand together within a namespace.
  private func members(_ points: Standpoints) -> [(row: Int, classes: Range<UInt32>)] {
    var runs: [(row: Int, classes: Range<UInt32>)] = []
    for (place, row) in points.ofClass.enumerated() where row != Standpoints.open {
      let place = UInt32(place)
      if let last = runs.last, last.row == row, last.classes.upperBound == place {
        runs[runs.count - 1].classes = last.classes.lowerBound..<place + 1
      } else {
        runs.append((row, place..<place + 1))
      }
    }
    return runs
  }

  /// Pairs of which one end or both are not isolated.
  mutating func addOpenSides() {
    let (allFree, allExposed) = (free[free.count - 1], exposed[exposed.count - 1])
    add(allFree * allExposed, PortTable.all)
    for run in members(reach.egress.points) {
      let count = sum(pods, run.classes)
      for stretch in reach.egress.rows.row(run.row) {
        add(count * sum(exposed, stretch.classes), stretch.ports)
      }
    }
    for run in members(reach.ingress.points) {
      let count = sum(pods, run.classes)
      for stretch in reach.ingress.rows.row(run.row) {
        add(count * sum(free, stretch.classes), stretch.ports)
      }
    }
  }

  /// Pairs of which both ends are isolated: what one row asks for and the other gives.
  mutating func addIsolatedSides() {
    let (askers, asked) = (members(reach.egress.points), members(reach.ingress.points))
    let rows = reach.ingress.rows
    for asker in askers {
      for stretch in reach.egress.rows.row(asker.row) {
        var next = firstRun(in: asked, endingAfter: stretch.classes.lowerBound)
        while next < asked.count, asked[next].classes.lowerBound < stretch.classes.upperBound {
          let (row, classes) = asked[next]
          next += 1
          var given = rows.firstStretch(of: row, endingAfter: asker.classes.lowerBound)
          let end = rows.end(of: row)
          while given < end, rows.stretches[given].classes.lowerBound < asker.classes.upperBound {
            let giving = rows.stretches[given]
            let sources = sum(pods, giving.classes.clamped(to: asker.classes))
            let destinations = sum(pods, classes.clamped(to: stretch.classes))
            add(sources * destinations, ports.intersection(stretch.ports, giving.ports))
            given += 1
          }
        }
      }
    }
  }

  private func firstRun(in runs: [(row: Int, classes: Range<UInt32>)], endingAfter place: UInt32) -> Int {
    var (low, high) = (0, runs.count)
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].classes.upperBound <= place { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// A pod and itself are no pair.
  mutating func leaveOutSelves() {
    for (place, each) in reach.classes.all.enumerated() where each.pods > 0 {
      let open = reach.open(fromClass: place, toClass: place)
      add(-each.pods, ports.number(of: open))
    }
  }
}
