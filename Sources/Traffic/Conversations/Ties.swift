/// Remembers for two seconds under which numbers a connection was seen, so that its other legs are known for the same.
///
/// Translation changes one end and leaves the other as it was, and it never changes sequence numbers or payload.
struct Ties {
  /// What two legs of one connection have in common.
  struct Mark: Hashable {
    /// The end that was not translated.
    let end: Socket
    /// The other one's part.
    let kind: Kind
    /// The initial sequence number, both numbers of a segment in the middle, or how a datagram begins.
    let numbers: UInt64
  }

  enum Kind: UInt8 {
    case client
    case server
    case sender
    case receiver
    case datagram
  }

  /// The leg or exchange that showed a mark.
  struct Sighting {
    let place: Int
    let serial: UInt64
    let instant: Instant
  }

  private let limit: Int
  private var recent: [Mark: Sighting] = [:]
  private var older: [Mark: Sighting] = [:]
  private var turned = Instant.distantPast

  init(limit: Int) {
    self.limit = limit
  }

  /// Remembers a sighting, and gives the one that showed the same mark less than two seconds before or after.
  mutating func exchange(_ sighting: Sighting, for mark: Mark) -> Sighting? {
    turn(at: sighting.instant)
    let earlier = recent[mark] ?? older[mark]
    if recent.count < limit { recent[mark] = sighting }
    guard let earlier, earlier.instant <= sighting.instant.advanced(bySeconds: Self.window),
      sighting.instant <= earlier.instant.advanced(bySeconds: Self.window)
    else { return nil }
    return earlier
  }

  /// Forgets by halves, so that nothing is forgotten within the window and nothing stays for long.
  private mutating func turn(at instant: Instant) {
    let isDue = turned.advanced(bySeconds: 2 * Self.window) <= instant
    let hasClockGoneBack = instant.advanced(bySeconds: 4 * Self.window) < turned
    guard isDue || hasClockGoneBack else { return }
    swap(&older, &recent)
    recent.removeAll(keepingCapacity: true)
    turned = instant
  }

  private static let window: Int64 = 2
}
