public import Traffic

/// Who held which address when, derived from the inventory.
public struct Roster: Sendable {
  /// Where the leases and the stretches of each address lie.
  let spans: [Address: Span]
  /// Every address's leases in the order of their beginnings, those of machines at pods' addresses among them.
  private let leases: [Lease]
  /// For each lease the latest end, slack included, of it and of those of its address before it.
  private let reaches: [Instant]
  /// Every address's stretches in order: when each begins, and whose it is.
  let begins: [Instant]
  private let keepers: [Stretches.Keeper]

  /// The places of one address.
  struct Span {
    let leases: Range<Int>
    let stretches: Range<Int>
  }

  /// How long before its start and after its end a pod's traffic may still show up.
  ///
  /// An address works before the object says so and after the object says it is over (some tenths of a second each,
  /// measured), and objects tell whole seconds on clocks of several machines. Slack never reaches into another
  /// pod's stretch.
  public static let slackSeconds: Int64 = 5

  /// The roster of an inventory.
  public init(_ inventory: Inventory) {
    var claims: [Address: [Lease]] = [:]
    var latest: [Int: Instant] = [:]
    // By their places: to hold on to all that a pod has costs more than what is asked of it here.
    let pods = inventory.pods
    for index in pods.indices where !pods[index].usesHostNetwork {
      let own = pods[index].held
      if !pods[index].hasKnownEnd, let end = pods[index].goneBy {
        latest[index] = Self.wholeSecond(end, from: own.from)
      }
      for held in pods[index].holdings {
        let until =
          latest[index] != nil && held.until == own.until
          ? .distantFuture : Self.wholeSecond(held.until, from: held.from)
        claims[held.address, default: []].append(Lease(pod: index, from: held.from, until: until))
      }
    }
    let stays = MachineStays(inventory, at: claims.keys)
    self.init(claims, goneBy: latest) { stays.known(at: $0) }
  }

  /// Objects tell whole seconds: one that ended at 9:00:24 ended some time before 9:00:25.
  private static func wholeSecond(_ end: Instant, from begin: Instant) -> Instant {
    end.isWholeSecond && begin < end ? end.advanced(bySeconds: 1) : max(begin, end)
  }

  /// The roster of what pods claim to have held, address by address; of those without an end by when they were gone at
  /// the latest; and of when machines had these addresses.
  init(
    _ claims: [Address: [Lease]], goneBy: [Int: Instant] = [:], stays: (Address) -> [Life] = { _ in [] }
  ) {
    var spans: [Address: Span] = [:]
    var leases: [Lease] = []
    var reaches: [Instant] = []
    var begins: [Instant] = []
    var keepers: [Stretches.Keeper] = []
    for (address, claims) in claims {
      let held = Self.untangle(claims, goneBy, from: stays(address))
      let stretches = Stretches(held, slack: Self.slackSeconds)
      spans[address] = Span(
        leases: leases.count..<leases.count + held.count,
        stretches: begins.count..<begins.count + stretches.begins.count)
      var reach = Instant.distantPast
      for lease in held {
        reach = max(reach, lease.until.advanced(bySeconds: Self.slackSeconds))
        reaches.append(reach)
      }
      leases += held
      begins += stretches.begins
      keepers += stretches.keepers
    }
    self.spans = spans
    self.leases = leases
    self.reaches = reaches
    self.begins = begins
    self.keepers = keepers
  }

  /// The stretches in order of time, those of machines among them.
  ///
  /// Of a pod and a machine the one that came later has the address: how long the earlier one was there is only known as
  /// the time by which it had gone for sure. A pod's stretch without an end ends where the next pod's begins, or by when
  /// its pod was gone.
  ///
  /// Two stretches of pods that overlap though both ends are known stay as they are: the clocks that told them can't both
  /// be right, and nobody can say whose the time between was.
  private static func untangle(_ claims: [Lease], _ goneBy: [Int: Instant], from stays: [Life]) -> [Lease] {
    var sorted = claims.sorted { ($0.from, $0.until, $0.pod) < ($1.from, $1.until, $1.pod) }
    var next: Instant?
    for index in sorted.indices.reversed() {
      let claim = sorted[index]
      // Of two that begin together neither is the next one.
      if index + 1 < sorted.count, claim.from < sorted[index + 1].from { next = sorted[index + 1].from }
      var ends = [claim.until]
      if claim.until == .distantFuture { ends += [next, goneBy[claim.pod]].compactMap(\.self) }
      if let machine = stays.first(where: { claim.from < $0.from }) { ends.append(machine.from) }
      guard let until = ends.min(), until != claim.until else { continue }
      sorted[index] = Lease(pod: claim.pod, from: claim.from, until: max(claim.from, until))
    }
    guard !stays.isEmpty else { return sorted }
    let machines = stays.compactMap { stay -> Lease? in
      let next = claims.map(\.from).filter { stay.from <= $0 }.min() ?? .distantFuture
      guard stay.from < min(stay.until, next) else { return nil }
      return Lease(pod: Stretches.machine, from: stay.from, until: min(stay.until, next))
    }
    return (sorted + machines).sorted { $0.from < $1.from }
  }
}

// What it can tell.
extension Roster {
  /// Whether any pod is known to have held the address at any time.
  public func knows(_ address: Address) -> Bool { spans[address] != nil }

  /// Who held the address at this moment.
  public func holder(of address: Address, at moment: Instant) -> Holder {
    guard let span = spans[address] else { return .nobody }
    return holder(in: span, at: moment)
  }

  /// Where the answers about one address are: found once, asked often.
  public struct Track: Sendable {
    fileprivate let span: Span
  }

  /// The track of an address; nil where no pod ever held it.
  public func track(of address: Address) -> Track? { spans[address].map(Track.init) }

  /// Which stretch of a track an activity lies in, in all of which the answer is one; nil where it changes meanwhile.
  public func stretch(of track: Track, during activity: Activity) -> Int? {
    let place = place(of: activity.first, in: track.span) ?? track.span.stretches.lowerBound - 1
    let next = place + 1
    return next < track.span.stretches.upperBound && begins[next] <= activity.last ? nil : place
  }

  /// When the answer about an address changes.
  public func changes(of address: Address) -> ArraySlice<Instant> {
    spans[address].map { begins[$0.stretches] } ?? []
  }

  /// The moments at which the answer to `holder` may change, for every address that more than one pod held.
  ///
  /// A recorder that is given them keeps what one holder did apart from what the next one did.
  public var changes: OwnerChanges {
    OwnerChanges(spans.filter { $0.value.leases.count > 1 }.mapValues { Array(begins[$0.stretches]) })
  }
}

// How it works.
extension Roster {
  func holder(in span: Span, at moment: Instant) -> Holder {
    guard let place = place(of: moment, in: span) else { return .nobody }
    let keeper = keepers[place]
    if keeper.place >= 0 { return .pod(Int(keeper.place)) }
    return keeper == .several ? .either(several(in: span, at: moment)) : .nobody
  }

  /// The stretch that a moment lies in; nil before the first.
  func place(of moment: Instant, in span: Span) -> Int? {
    var place = span.stretches.lowerBound
    var count = span.stretches.count
    // Without a branch on what is compared: nobody could foretell it, and a wrong guess costs more than a step.
    while count > 1 {
      let half = count / 2
      place = begins[place + half] <= moment ? place + half : place
      count -= half
    }
    return count == 1 && begins[place] <= moment ? place : nil
  }

  /// The pods that may have held the address at a moment: those that surely were there, else those near it.
  private func several(in span: Span, at moment: Instant) -> [Int] {
    var (low, high) = (span.leases.lowerBound, span.leases.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if leases[middle].from.advanced(bySeconds: -Self.slackSeconds) <= moment {
        low = middle + 1
      } else {
        high = middle
      }
    }
    var sure: [Int] = []
    var near: [Int] = []
    for place in (span.leases.lowerBound..<low).reversed() {
      guard moment < reaches[place] else { break }
      let lease = leases[place]
      guard lease.pod != Stretches.machine else { continue }
      if moment < lease.until.advanced(bySeconds: Self.slackSeconds) { near.append(lease.pod) }
      if lease.from <= moment && moment < lease.until { sure.append(lease.pod) }
    }
    return (sure.isEmpty ? near : sure).reversed()
  }
}

extension Instant {
  fileprivate var isWholeSecond: Bool { nanoseconds % 1_000_000_000 == 0 }
}
