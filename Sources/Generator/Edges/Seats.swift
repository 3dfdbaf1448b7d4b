import Kubernetes
import Traffic

/// Numbers for addresses in stretches of time in which who holds them does not change.
///
/// Within most hours nothing changes: then one look at the hour answers for all rows of it.
struct Seats {
  private let roster: Roster
  private let tracks: [Roster.Track?]
  private var numbers = KeyNumbering()
  private var latest: [Latest]
  private var hour: Activity?
  private var turn: UInt32 = 0

  /// The seat that an address was found to be last.
  private struct Latest {
    var turn: UInt32 = 0
    var isForWholeHour = false
    var stretch: Int?
    var number: UInt32 = 0
  }

  /// The seats of these addresses, which stand as their places.
  init(_ addresses: [Address], in roster: Roster) {
    self.roster = roster
    tracks = addresses.map { roster.track(of: $0) }
    latest = Array(repeating: Latest(), count: addresses.count)
  }

  /// Goes on to an hour, from its first moment to its last.
  mutating func enter(_ hour: Activity) {
    self.hour = hour
    turn += 1
  }

  /// The seat at an address during an activity of the present hour; nil where a holder changes while it lasts.
  mutating func number(at address: UInt32, during activity: Activity) -> UInt32? {
    let place = Int(address)
    if latest[place].turn != turn { enter(address) }
    if latest[place].isForWholeHour { return latest[place].number }
    guard let stretch = stretch(at: place, during: activity) else { return nil }
    settle(address, at: stretch)
    return latest[place].number
  }

  private mutating func enter(_ address: UInt32) {
    let place = Int(address)
    latest[place].turn = turn
    latest[place].isForWholeHour = false
    guard let hour, let stretch = stretch(at: place, during: hour) else { return }
    latest[place].isForWholeHour = true
    settle(address, at: stretch)
  }

  private mutating func settle(_ address: UInt32, at stretch: Int) {
    let place = Int(address)
    guard latest[place].stretch != stretch else { return }
    latest[place].stretch = stretch
    latest[place].number = numbers.number(of: UInt64(address), UInt64(bitPattern: Int64(stretch)))
  }

  private func stretch(at place: Int, during activity: Activity) -> Int? {
    // Where no pod ever was, nobody comes or goes.
    guard let track = tracks[place] else { return -1 }
    return roster.stretch(of: track, during: activity)
  }
}
