public import Traffic

// Who held an address while something lasted: whose part of it was which.
extension Roster {
  /// One holder's part of an activity.
  public struct Share: Hashable, Sendable {
    /// Who held the address.
    public let holder: Holder
    /// The first moment that is the holder's.
    public fileprivate(set) var first: Instant
    /// The last moment that is the holder's.
    public fileprivate(set) var last: Instant
    /// In how many minutes; the first and the last moment count as one each.
    public fileprivate(set) var weight = 1
    /// Whether, for a part of it, nobody is known to have held the address.
    public let mayBeStranger: Bool

    /// A whole activity of one holder.
    public init(_ holder: Holder, from first: Instant, to last: Instant, weight: Int = 1) {
      self.init(holder, first, last, mayBeStranger: holder == .nobody)
      self.weight = weight
    }

    fileprivate init(_ holder: Holder, _ first: Instant, _ last: Instant, mayBeStranger: Bool) {
      self.holder = holder
      self.first = first
      self.last = last
      self.mayBeStranger = mayBeStranger
    }
  }

  /// Who held the address during an activity: each holder with its part, those that are known in order of time.
  ///
  /// The first and the last moment belong to their holders; a minute under one holder belongs to that holder; what is
  /// left could be anybody's and is told as such.
  public func shares(of address: Address, during activity: Activity) -> [Share] {
    guard let span = spans[address],
      place(of: activity.first, in: span) != place(of: activity.last, in: span)
    else {
      let only = holder(of: address, at: activity.first)
      return [Share(only, from: activity.first, to: activity.last)]
    }
    var shares: [Share] = []
    func add(_ share: Share) {
      if let known = shares.firstIndex(where: {
        $0.holder == share.holder && $0.mayBeStranger == share.mayBeStranger
      }) {
        shares[known].first = min(shares[known].first, share.first)
        shares[known].last = max(shares[known].last, share.last)
        shares[known].weight += 1
      } else {
        shares.append(share)
      }
    }
    add(Share(holder(in: span, at: activity.first), from: activity.first, to: activity.first))
    for minute in 0..<60 where activity.minutes >> UInt64(minute) & 1 == 1 {
      let begin = Instant(seconds: activity.hour * 3600 + Int64(minute) * 60)
      let end = begin.advanced(bySeconds: 60)
      let isAccountedFor =
        begin <= activity.first && activity.first < end || begin <= activity.last && activity.last < end
      guard !isAccountedFor else { continue }
      let holders = holders(in: span, from: begin, until: end)
      add(Share(Self.anyOf(holders), begin, end.before, mayBeStranger: holders.contains(.nobody)))
    }
    add(Share(holder(in: span, at: activity.last), from: activity.last, to: activity.last))
    // The minutes of the first and of the last moment may have seen others than those who held the address then. Such a
    // share comes last: of few conversations they are those whose moments are known.
    for moment in Set([activity.first.wholeMinute, activity.last.wholeMinute]).sorted() {
      let begin = max(moment, activity.first)
      let end = min(moment.advanced(bySeconds: 60).before, activity.last)
      let holders = holders(in: span, from: begin, until: end)
      let sure = Self.pods([holder(in: span, at: activity.first), holder(in: span, at: activity.last)])
      guard !Self.pods(holders).isSubset(of: sure) else { continue }
      add(Share(Self.anyOf(holders), begin, end, mayBeStranger: holders.contains(.nobody)))
    }
    return shares
  }
}

// How it works.
extension Roster {
  /// Everybody who held the address at some time between two moments.
  private func holders(in span: Span, from begin: Instant, until end: Instant) -> Set<Holder> {
    var found: Set<Holder> = [holder(in: span, at: begin)]
    var next = place(of: begin, in: span).map { $0 + 1 } ?? span.stretches.lowerBound
    while next < span.stretches.upperBound, begins[next] < end {
      found.insert(holder(in: span, at: begins[next]))
      next += 1
    }
    return found
  }

  private static func anyOf(_ holders: Set<Holder>) -> Holder {
    if holders.count == 1, let only = holders.first { return only }
    return .either(pods(holders).sorted())
  }

  private static func pods(_ holders: some Sequence<Holder>) -> Set<Int> {
    Set(
      holders.flatMap { holder -> [Int] in
        switch holder {
        case .pod(let pod): [pod]
        case .either(let pods): pods
        case .nobody: []
        }
      })
  }
}

extension Instant {
  /// The last moment before it.
  fileprivate var before: Instant { Instant(nanoseconds: nanoseconds - 1) }

  /// The beginning of the minute that it lies in.
  fileprivate var wholeMinute: Instant {
    Instant(seconds: hour * 3600 + Int64(minute) * 60)
  }
}
