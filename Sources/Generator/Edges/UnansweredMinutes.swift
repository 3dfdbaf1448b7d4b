import Traffic

/// In which minutes clients sent datagrams that nobody answered, and in which of them somebody refused one.
///
/// A host says once a second at most, to each who asks, that a port is closed (Linux, icmp_ratelimit), however many
/// datagrams and sockets there are. So how many were refused tells little; but of a minute of sending to a closed port
/// at least one is.
struct UnansweredMinutes {
  private var hours: [Place: Bits] = [:]

  private struct Place: Hashable {
    let client: UInt32
    let server: UInt32
    let hour: Int64
  }

  /// Bit *n* stands for minute *n* of the hour.
  private struct Bits {
    var sent: UInt64 = 0
    var refused: UInt64 = 0
  }

  /// Adds what a row tells of the time between two moments, where nobody answered it; numbers stand for addresses.
  mutating func add(
    _ row: Conversations.Row, from first: Instant, to last: Instant, client: UInt32, server: UInt32
  ) {
    let place = Place(client: client, server: server, hour: row.hour)
    let minutes = row.activity.minutes(from: first, until: last)
    hours[place, default: Bits()].sent |= minutes
    if row.tier == .refused { hours[place, default: Bits()].refused |= minutes }
  }

  /// Whether a row is of datagrams that nobody answered.
  static func concern(_ row: Conversations.Row) -> Bool { row.transport == .udp && row.tier <= .refused }

  /// How many there were in which nobody refused, added up over all pairs of addresses.
  var unrefused: Int { hours.values.reduce(0) { $0 + ($1.sent & ~$1.refused).nonzeroBitCount } }

  /// How many there were in which somebody refused.
  var refused: Int { hours.values.reduce(0) { $0 + $1.refused.nonzeroBitCount } }
}

extension Activity {
  /// Those of its minutes that lie between two moments.
  fileprivate func minutes(from first: Instant, until last: Instant) -> UInt64 {
    let from = first.hour < hour ? 0 : first.minute
    let until = last.hour > hour ? 59 : last.minute
    guard first.hour <= hour, last.hour >= hour, from <= until else { return 0 }
    return minutes & (UInt64.max >> UInt64(63 - until)) & (UInt64.max << UInt64(from))
  }
}
