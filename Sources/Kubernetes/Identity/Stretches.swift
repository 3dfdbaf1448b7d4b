import Traffic

/// The stretches of time in which one address has one answer to who held it.
struct Stretches {
  /// When each stretch begins; before the first one nobody held the address.
  private(set) var begins: [Instant] = []
  /// Who held the address in each stretch.
  private(set) var keepers: [Keeper] = []

  /// Who held the address throughout a stretch, in few bytes: a roster of a busy cluster has millions of stretches.
  struct Keeper: Equatable {
    /// The place of the pod that is alone; below zero where none is.
    let place: Int32

    static let nobody = Keeper(place: -1)
    /// More than one may have: which ones differs from moment to moment.
    static let several = Keeper(place: -2)

    static func pod(_ place: Int) -> Keeper { Keeper(place: Int32(truncatingIfNeeded: place)) }
  }

  /// What stands in place of a pod in a lease of a machine: as far as pods go nobody has the address, and no slack
  /// reaches into it.
  static let machine = -1

  /// The stretches that these leases of one address make, with slack before and after each.
  init(_ leases: [Lease], slack: Int64) {
    var turns: [Turn] = []
    turns.reserveCapacity(leases.count * 4)
    for lease in leases {
      turns.append(Turn(lease.from, lease.pod, isSure: true, isBeginning: true))
      turns.append(Turn(lease.until, lease.pod, isSure: true, isBeginning: false))
      guard lease.pod != Self.machine else { continue }
      let (from, until) = (lease.from.advanced(bySeconds: -slack), lease.until.advanced(bySeconds: slack))
      turns.append(Turn(from, lease.pod, isSure: false, isBeginning: true))
      turns.append(Turn(until, lease.pod, isSure: false, isBeginning: false))
    }
    turns.sort { $0.moment < $1.moment }
    var sure = Crowd()
    var near = Crowd()
    for (place, turn) in turns.enumerated() {
      if turn.isSure { sure.note(turn) } else { near.note(turn) }
      // What happens at one moment happens at once.
      if place + 1 < turns.count, turns[place + 1].moment == turn.moment { continue }
      let keeper = sure.keeper ?? near.keeper ?? .nobody
      guard keeper == .several || keeper != keepers.last ?? .nobody else { continue }
      begins.append(turn.moment)
      keepers.append(keeper)
    }
  }

  /// A moment at which a pod comes or goes.
  private struct Turn {
    let moment: Instant
    let pod: Int
    let isSure: Bool
    let isBeginning: Bool

    init(_ moment: Instant, _ pod: Int, isSure: Bool, isBeginning: Bool) {
      self.moment = moment
      self.pod = pod
      self.isSure = isSure
      self.isBeginning = isBeginning
    }
  }

  /// The pods that are there: their number and their sum are enough to tell the one that is alone.
  private struct Crowd {
    private var count = 0
    private var sum = 0

    mutating func note(_ turn: Turn) {
      count += turn.isBeginning ? 1 : -1
      sum &+= turn.isBeginning ? turn.pod : -turn.pod
    }

    /// The one that is alone, or that there are several; nil where there is none.
    var keeper: Keeper? {
      switch count {
      case 0: nil
      case 1: .pod(sum)
      default: .several
      }
    }
  }
}
