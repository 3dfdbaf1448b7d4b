import Kubernetes
import Traffic

// What an address stands for that no pod holds may change while an activity lasts, as a pod's holder may.
extension Attribution {
  /// What stood behind an address in a share of the time, cut where that changes.
  ///
  /// What was there at the first moment of the activity and at its last had its part, and so had what was there for a
  /// whole minute of it. Of anything else nobody knows: of the other minutes no moment is.
  func turns(
    of share: Roster.Share, _ address: Address, port: UInt16, _ activity: Activity,
    standing: (Roster.Share) -> [Side]
  ) -> [[Side]] {
    guard share.holder == .nobody, share.first < share.last,
      let inside = epochs.turns(of: address)?.between(share.first, share.last), !inside.isEmpty
    else { return [standing(share)] }
    var turns: [Turn] = []
    for moment in [share.first] + inside {
      let sides = standing(Roster.Share(.nobody, from: moment, to: moment))
      let answer = sides.map { Answer(end: $0.end, port: $0.port, isThroughService: $0.isThroughService) }
      if turns.last?.answer != answer { turns.append(Turn(from: moment, answer: answer)) }
    }
    guard turns.count > 1 else { return [standing(share)] }
    var known: [[Side]] = []
    // What is in doubt comes last: of few conversations they are those whose moments are known.
    var doubtful: [[Side]] = []
    for place in turns.indices {
      let turn = turns[place]
      let isLast = place + 1 == turns.count
      let end = isLast ? share.last : Instant(nanoseconds: turns[place + 1].from.nanoseconds - 1)
      let (weight, isWhole) = Self.minutes(of: activity, from: turn.from, to: end)
      let isSeen =
        place == 0 && share.first == activity.first || isLast && share.last == activity.last
      // What came and went while nothing was seen had no part in it.
      guard isSeen || weight > 0 else { continue }
      let part = Roster.Share(.nobody, from: turn.from, to: end, weight: max(1, weight))
      guard isSeen || isWhole else {
        doubtful.append([Side(end: doubt(turns, at: place, address), port: port, pod: nil, share: part)])
        continue
      }
      known.append(
        turn.answer.map {
          Side(end: $0.end, port: $0.port, pod: nil, isThroughService: $0.isThroughService, share: part)
        })
    }
    return known + doubtful
  }

  private struct Answer: Equatable {
    let end: End
    let port: UInt16
    let isThroughService: Bool
  }

  private struct Turn {
    let from: Instant
    let answer: [Answer]
  }

  /// How many minutes of an activity meet a stretch of time, and whether one of them lies in it as a whole.
  private static func minutes(
    of activity: Activity, from first: Instant, to last: Instant
  ) -> (count: Int, isWhole: Bool) {
    var count = 0
    var isWhole = false
    for minute in 0..<60 where activity.minutes >> UInt64(minute) & 1 == 1 {
      let begin = Instant(seconds: activity.hour * 3600 + Int64(minute) * 60)
      let end = begin.advanced(bySeconds: 60)
      guard begin <= last, first < end else { continue }
      count += 1
      // The last moment of a minute is its own.
      if first <= begin, end.nanoseconds - 1 <= last.nanoseconds { isWhole = true }
    }
    return (count, isWhole)
  }

  /// How a doubt calls what an address stands for.
  private func name(of address: Address, at moment: Instant) -> String {
    switch directory.entry(for: address, port: 0, at: moment) {
    case .services(let services):
      Set(services.map { inventory.services[$0].name }).sorted().joined(separator: " and ")
    case .node(let name): "node \(name)"
    case .apiServer: "apiserver"
    case .serviceOfAnotherTime, .podRange, .serviceRange, .metadata, .outside: "nobody known"
    }
  }

  private func doubt(_ turns: [Turn], at place: Int, _ address: Address) -> End {
    let around = turns[max(0, place - 1)...min(place + 1, turns.count - 1)].map {
      name(of: address, at: $0.from)
    }
    let names = around.reduce(into: [String]()) { names, name in
      if names.last != name { names.append(name) }
    }
    // Only the time of day: the day stands beside every edge.
    let time = String(turns[max(1, place)].from.description.dropFirst(11).dropLast(1))
    return .ambiguous(address, .changedHands(pods: names.joined(separator: " → "), before: time))
  }
}
