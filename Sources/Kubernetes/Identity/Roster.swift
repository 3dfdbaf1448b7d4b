public import Traffic

/// Who held which address when, derived from the inventory.
public struct Roster: Sendable {
  /// For each address the stretches in which it was held, in order.
  private let leases: [Address: [Lease]]
  /// For each address the moments at which its holder may change.
  private let moments: [Address: [Instant]]

  /// How long before its start and after its end a pod's traffic may still show up.
  ///
  /// An address works before the object says so and after the object says it is over (some tenths of a second each,
  /// measured), and objects tell whole seconds on clocks of several machines. Slack never reaches into another
  /// pod's stretch.
  public static let slackSeconds: Int64 = 5

  /// The roster of an inventory.
  public init(_ inventory: Inventory) {
    var claims: [Address: [Lease]] = [:]
    for (index, pod) in inventory.pods.enumerated() where !pod.usesHostNetwork {
      let held = pod.held
      for address in Set(pod.addresses) {
        // Objects tell whole seconds: one that ended at 9:00:24 ended some time before 9:00:25.
        let until =
          held.until.isWholeSecond && held.from < held.until ? held.until.advanced(bySeconds: 1) : held.until
        claims[address, default: []].append(Lease(pod: index, from: held.from, until: until))
      }
    }
    leases = claims.mapValues(Self.untangle)
    moments = leases.mapValues(Self.moments)
  }

  /// The stretches in order of time; one without an end ends where the next one begins.
  ///
  /// Two stretches that overlap though both ends are known stay as they are: the clocks that told them can't both be
  /// right, and nobody can say whose the time between was.
  private static func untangle(_ claims: [Lease]) -> [Lease] {
    let sorted = claims.sorted { ($0.from, $0.until, $0.pod) < ($1.from, $1.until, $1.pod) }
    return sorted.indices.map { index in
      let claim = sorted[index]
      // Of two that begin together neither is the next one.
      guard claim.until == .distantFuture, let next = sorted[index...].first(where: { $0.from > claim.from })
      else { return claim }
      return Lease(pod: claim.pod, from: claim.from, until: next.from)
    }
  }

  /// Whether any pod is known to have held the address at any time.
  public func knows(_ address: Address) -> Bool { leases[address] != nil }

  /// Who held the address at this moment.
  public func holder(of address: Address, at moment: Instant) -> Holder {
    guard let held = leases[address] else { return .nobody }
    let sure = held.filter { $0.from <= moment && moment < $0.until }.map(\.pod)
    if !sure.isEmpty { return sure.count == 1 ? .pod(sure[0]) : .either(sure) }
    var near: [Int] = []
    for lease in held {
      let begins = lease.from.advanced(bySeconds: -Self.slackSeconds)
      let ends = lease.until.advanced(bySeconds: Self.slackSeconds)
      if begins <= moment && moment <= ends { near.append(lease.pod) }
    }
    switch near.count {
    case 0: return .nobody
    case 1: return .pod(near[0])
    default: return .either(near)
    }
  }

  /// The moments at which the answer to `holder` may change, for every address that more than one pod held.
  ///
  /// A recorder that is given them keeps what one holder did apart from what the next one did.
  public var changes: OwnerChanges {
    var changes: [Address: [Instant]] = [:]
    for (address, held) in leases where held.count > 1 {
      changes[address] = moments[address]
    }
    return OwnerChanges(changes)
  }

  private static func moments(of held: [Lease]) -> [Instant] {
    let edges = held.flatMap { lease in
      [
        lease.from.advanced(bySeconds: -slackSeconds), lease.from, lease.until,
        lease.until.advanced(bySeconds: slackSeconds),
      ]
    }
    return Set(edges).sorted()
  }

  /// One holder's part of an activity.
  public struct Share: Hashable, Sendable {
    /// Who held the address.
    public let holder: Holder
    /// The first moment that is the holder's.
    public fileprivate(set) var first: Instant
    /// The last moment that is the holder's.
    public fileprivate(set) var last: Instant
    /// In how many minutes; the first and the last moment count as one each.
    public fileprivate(set) var weight: Int
  }

  /// Who held the address during an activity: each holder with its part, in order of time.
  ///
  /// The first and the last moment belong to their holders; a minute under one holder belongs to that holder; what is
  /// left could be anybody's and is told as such.
  public func shares(of address: Address, during activity: Activity) -> [Share] {
    let edges = moments[address, default: []]
    guard edges.contains(where: { activity.first < $0 && $0 <= activity.last }) else {
      let only = holder(of: address, at: activity.first)
      return [Share(holder: only, first: activity.first, last: activity.last, weight: 1)]
    }
    var shares: [Share] = []
    func add(_ holder: Holder, _ first: Instant, _ last: Instant) {
      if let known = shares.firstIndex(where: { $0.holder == holder }) {
        shares[known].last = last
        shares[known].weight += 1
      } else {
        shares.append(Share(holder: holder, first: first, last: last, weight: 1))
      }
    }
    add(holder(of: address, at: activity.first), activity.first, activity.first)
    for minute in 0..<60 where activity.minutes >> UInt64(minute) & 1 == 1 {
      let begin = Instant(seconds: activity.hour * 3600 + Int64(minute) * 60)
      let end = begin.advanced(bySeconds: 60)
      let isAccountedFor =
        begin <= activity.first && activity.first < end || begin <= activity.last && activity.last < end
      guard !isAccountedFor else { continue }
      let owners = Set(
        ([begin] + edges.filter { begin < $0 && $0 < end }).map { holder(of: address, at: $0) })
      add(owners.count == 1 ? holder(of: address, at: begin) : Self.anyOf(owners), begin, end)
    }
    add(holder(of: address, at: activity.last), activity.last, activity.last)
    return shares
  }

  private static func anyOf(_ holders: Set<Holder>) -> Holder {
    let pods = holders.flatMap { holder -> [Int] in
      switch holder {
      case .pod(let pod): [pod]
      case .either(let pods): pods
      case .nobody: []
      }
    }
    return .either(Set(pods).sorted())
  }
}

extension Instant {
  fileprivate var isWholeSecond: Bool { nanoseconds % 1_000_000_000 == 0 }
}
