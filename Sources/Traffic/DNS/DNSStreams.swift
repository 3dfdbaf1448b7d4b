/// DNS messages in TCP (RFC 1035 §4.2.2): each behind its length, several in a segment or one in several.
///
/// Segments are taken in their order. Where bytes are missing, by loss or by the snap length, the message that they belong
/// to is given as far as it came; its length tells where the next one begins. The first segment seen of a stream is taken
/// for the beginning of a message.
struct DNSStreams {
  /// A message: where it lies in the frame, or its bytes from several frames.
  enum Message {
    case captured(Range<Int>, isWhole: Bool)
    case joined([UInt8], isWhole: Bool)
  }

  private var streams: [DNSStream] = []
  /// Messages whose end never came, and whose beginning was forgotten.
  private(set) var abandoned: UInt64 = 0

  /// The messages that a segment completes or ends.
  mutating func messages(_ sighting: Sighting, _ segment: Segment, _ frame: RawSpan) -> [Message] {
    let place = streams.firstIndex { $0.source == sighting.source && $0.destination == sighting.destination }
    if segment.isSYN {
      // Another connection of the same ends, with numbers of its own.
      if let place { forget(place) }
      return []
    }
    let captured = max(0, min(Int(segment.length), frame.byteCount - segment.payload))
    let fresh = DNSStream(
      source: sighting.source, destination: sighting.destination, expected: segment.sequence,
      last: sighting.instant)
    guard let place else { return begin(fresh, segment, frame, captured: captured) }
    if Self.isOver(streams[place], sighting, segment) {
      if !streams[place].held.isEmpty { abandoned += 1 }
      streams[place] = fresh
    }
    // In its place: who took it out would copy what it holds, segment by segment.
    streams[place].last = sighting.instant
    return streams[place].take(segment, frame, captured: captured)
  }

  /// The messages in the first segment of a stream, which is remembered if one goes on behind it.
  private mutating func begin(
    _ fresh: DNSStream, _ segment: Segment, _ frame: RawSpan, captured: Int
  ) -> [Message] {
    var stream = fresh
    let messages = stream.take(segment, frame, captured: captured)
    guard !stream.isBetweenMessages else { return messages }
    if streams.count >= Self.most,
      let oldest = streams.indices.min(by: { streams[$0].last < streams[$1].last })
    {
      forget(oldest)
    }
    streams.append(stream)
    return messages
  }

  /// Forgets all streams.
  mutating func end() {
    while !streams.isEmpty { forget(streams.endIndex - 1) }
  }

  private mutating func forget(_ place: Int) {
    if !streams[place].held.isEmpty { abandoned += 1 }
    streams.remove(at: place)
  }

  /// Whether a stream that is remembered is not the one of this segment.
  private static func isOver(_ stream: DNSStream, _ sighting: Sighting, _ segment: Segment) -> Bool {
    let distance = Int32(bitPattern: segment.sequence &- stream.expected)
    return stream.last.advanced(bySeconds: patience) < sighting.instant || distance.magnitude > farthest
  }

  /// With messages of at most 64 KiB, that is how much memory streams may take: 4 MiB.
  private static let most = 64
  /// Seconds of silence that end a stream, as resolvers end theirs (RFC 7766 §6.2.3).
  private static let patience: Int64 = 30
  /// Numbers further apart than this are of two connections.
  private static let farthest: UInt32 = 1 << 20
}
