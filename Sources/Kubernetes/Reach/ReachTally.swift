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
    let asked = members(reach.ingress.points)
    let firsts = firstRuns(asked)
    let weights = asked.map { sum(pods, $0.classes) }
    var sizes = CommonSizes()
    var column = IngressColumn(
      reach.ingress.rows, rows: asked.map(\.row), sourceCount: reach.classes.all.count)
    for asker in members(reach.egress.points) {
      for source in asker.classes {
        column.move(to: source)
        let count = sum(pods, source..<source + 1)
        guard count > 0 else { continue }
        for stretch in reach.egress.rows.row(asker.row) {
          var next = firsts[Int(stretch.classes.lowerBound)]
          while next < asked.count, asked[next].classes.lowerBound < stretch.classes.upperBound {
            let size = sizes.size(stretch.ports, column.ports(next), &ports)
            if size > 0 {
              let classes = asked[next].classes
              let isWhole =
                classes.lowerBound >= stretch.classes.lowerBound
                && classes.upperBound <= stretch.classes.upperBound
              let pairs = count * (isWhole ? weights[next] : sum(pods, classes.clamped(to: stretch.classes)))
              tally.openPairs += pairs
              tally.openPorts += pairs * size
            }
            next += 1
          }
        }
      }
    }
  }

  /// For each class the first of the runs, which are in order, that reaches beyond it.
  private func firstRuns(_ runs: [(row: Int, classes: Range<UInt32>)]) -> [Int] {
    var found: [Int] = []
    found.reserveCapacity(reach.classes.all.count)
    for (place, run) in runs.enumerated() {
      while found.count < run.classes.upperBound { found.append(place) }
    }
    while found.count < reach.classes.all.count { found.append(runs.count) }
    return found
  }

  /// A pod and itself are no pair.
  mutating func leaveOutSelves() {
    for (place, each) in reach.classes.all.enumerated() where each.pods > 0 {
      let open = reach.open(fromClass: place, toClass: place)
      add(-each.pods, ports.number(of: open))
    }
  }
}

/// How many ports two sets have in common, with the latest answers at hand.
private struct CommonSizes {
  private var answers = [(sets: UInt64, size: Int)](repeating: (UInt64.max, 0), count: 1 << room)

  private static let room = 14

  mutating func size(_ one: UInt32, _ other: UInt32, _ ports: inout PortTable) -> Int {
    if other == PortTable.none || one == PortTable.none { return 0 }
    let sets = UInt64(one) << 32 | UInt64(other)
    let place = Int(truncatingIfNeeded: (sets &* 0x9e37_79b9_7f4a_7c15) >> UInt64(64 - Self.room))
    if answers[place].sets == sets { return answers[place].size }
    let common = ports.intersection(one, other)
    let size = ports.size(common)
    answers[place] = (sets, size)
    return size
  }
}
