/// What one end sends to another, while a message is under way and for a time after.
struct DNSStream {
  let source: Socket
  let destination: Socket
  /// The number of the byte that comes next.
  var expected: UInt32
  var last: Instant
  /// The message that has begun, with its length before it.
  var held: [UInt8] = []
  /// How many bytes are still to come of a message that was given already.
  var skipping = 0

  var isBetweenMessages: Bool { held.isEmpty && skipping == 0 }

  /// Takes what is new in a segment of which `captured` bytes are in the frame.
  mutating func take(_ segment: Segment, _ frame: RawSpan, captured: Int) -> [DNSStreams.Message] {
    var messages: [DNSStreams.Message] = []
    let ahead = Int(Int32(bitPattern: segment.sequence &- expected))
    if ahead > 0 { lose(ahead, into: &messages) }
    // What was there before is another sighting or a repetition.
    let known = max(0, -ahead)
    let isEnd = segment.isFIN || segment.isRST
    guard known < Int(segment.length) || isEnd else { return messages }
    if known < Int(segment.length) {
      expected = segment.sequence &+ segment.length
      let end = segment.payload + captured
      var offset = min(segment.payload + known, end)
      let missing = Int(segment.length) - max(known, captured)
      skip(frame, &offset, end)
      goOn(frame, &offset, end, into: &messages)
      begin(frame, &offset, end, into: &messages)
      if missing > 0 { lose(missing, into: &messages) }
    }
    if isEnd, known <= Int(segment.length), !held.isEmpty { lose(.max, into: &messages) }
    return messages
  }

  private mutating func skip(_ frame: RawSpan, _ offset: inout Int, _ end: Int) {
    let count = min(skipping, end - offset)
    skipping -= count
    offset += count
  }

  /// Adds to the message that has begun.
  private mutating func goOn(
    _ frame: RawSpan, _ offset: inout Int, _ end: Int, into messages: inout [DNSStreams.Message]
  ) {
    guard !held.isEmpty else { return }
    while offset < end, held.count < 2 || held.count < total {
      held.append(frame.byte(offset))
      offset += 1
    }
    guard held.count >= 2, held.count == total else { return }
    messages.append(.joined(Array(held.dropFirst(2)), isWhole: true))
    held = []
  }

  /// Gives the messages that lie in the segment, and keeps the beginning of one that goes on.
  private mutating func begin(
    _ frame: RawSpan, _ offset: inout Int, _ end: Int, into messages: inout [DNSStreams.Message]
  ) {
    while offset < end {
      guard end - offset >= 2 else { break }
      let start = offset + 2
      let next = start + Int(frame.number16(offset))
      guard Self.isLikely(frame, start, min(next, end), length: next - start) else {
        // Not where a message begins; where one does is not known before the next segment.
        messages.append(.captured(start..<min(next, end), isWhole: next <= end))
        offset = end
        return
      }
      guard next <= end else { break }
      messages.append(.captured(start..<next, isWhole: true))
      offset = next
    }
    guard offset < end else { return }
    held.reserveCapacity(end - offset)
    while offset < end {
      held.append(frame.byte(offset))
      offset += 1
    }
  }

  /// Goes on behind bytes that nobody will see.
  private mutating func lose(_ count: Int, into messages: inout [DNSStreams.Message]) {
    if !held.isEmpty {
      messages.append(.joined(Array(held.dropFirst(2)), isWhole: false))
      skipping = held.count >= 2 ? total - held.count : 0
      held = []
    }
    skipping -= min(skipping, count)
  }

  /// How long the message that has begun is, with its length.
  private var total: Int { 2 + Int(held[0]) << 8 + Int(held[1]) }

  /// Whether a message may begin there: long enough, and with one ordinary question as far as that is seen.
  private static func isLikely(_ frame: RawSpan, _ start: Int, _ end: Int, length: Int) -> Bool {
    guard length >= DNS.headerLength else { return false }
    guard end - start >= 6 else { return true }
    return frame.number16(start + 2) >> 11 & 15 == 0 && frame.number16(start + 4) == 1
  }
}
