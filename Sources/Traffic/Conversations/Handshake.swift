/// How far a TCP connection came, by its sequence numbers.
///
/// Numbers are compared as RFC 9293 §3.4 does, by the sign of their difference. What once was shown stays shown, so
/// retransmissions, repeated sightings and numbers that wrap around change nothing.
struct Handshake {
  /// What is known of one side.
  private struct Side {
    var initial: UInt32?
    /// The number after the last byte of the latest segment.
    var next: UInt32 = 0
    /// What the latest segment acknowledged, nil before the first that counts.
    var acknowledged: UInt32?
    var hasSentBytes = false
    var isFinished = false
  }

  private var client = Side()
  private var server = Side()
  private var isAnswered = false
  private var hasClientAcknowledged = false
  private var doSidesAgree = false
  private(set) var isRefused = false
  private var isReset = false

  /// Whether SYN or SYN-ACK was seen, so that it is certain who asked.
  var isOpened: Bool { client.initial != nil }

  /// Whether only its middle was seen.
  var isMidstream: Bool { !isOpened }

  /// Whether both sides are done with it.
  var isClosed: Bool { isReset || isRefused || client.isFinished && server.isFinished }

  /// The number that the client began with.
  var clientInitial: UInt32? { client.initial }

  /// The number that the server began with.
  var serverInitial: UInt32? { server.initial }

  /// How far it came; nil for the middle of a connection of which one side alone was seen.
  var tier: Tier? {
    let isEstablished = isAnswered && hasClientAcknowledged || doSidesAgree
    guard isOpened else { return isEstablished ? .established : nil }
    if isEstablished { return client.hasSentBytes && server.hasSentBytes ? .used : .established }
    if isAnswered { return .answered }
    return isRefused ? .refused : .attempted
  }

  /// Whether a SYN of the client begins another connection between the same ends.
  func isAnother(_ segment: Segment, fromClient: Bool) -> Bool {
    guard segment.isSYN, !segment.hasAcknowledgement else { return false }
    guard isOpened else { return true }
    if fromClient { return client.initial != segment.sequence }
    // Both may have dialled at once (RFC 9293 §3.5); after an answer it is the other end's turn to dial.
    guard let initial = server.initial else { return isRefused }
    return initial != segment.sequence
  }

  mutating func note(_ segment: Segment, fromClient: Bool) {
    if segment.isRST {
      noteReset(segment, fromClient: fromClient)
    } else if segment.isSYN {
      noteOpening(segment, fromClient: fromClient)
    } else {
      noteProgress(segment, fromClient: fromClient)
    }
  }

  /// Notes that somebody on the way refused a segment with this number.
  mutating func noteRefusal(of sequence: UInt32) {
    guard let initial = client.initial, sequence == initial, !isAnswered else { return }
    isRefused = true
  }

  private mutating func noteOpening(_ segment: Segment, fromClient: Bool) {
    if segment.hasAcknowledgement {
      let initial = segment.acknowledgement &- 1
      if fromClient {
        // The client's half of a simultaneous opening.
        guard client.initial == segment.sequence, server.initial == initial else { return }
        hasClientAcknowledged = true
      } else {
        guard !isAnswered else { return }
        guard let expected = client.initial else {
          guard !doSidesAgree else { return }
          client.initial = initial
          answer(with: segment)
          return
        }
        // A SYN may carry bytes (RFC 7413), which the answer may accept or not.
        let accepted = Self.distance(from: expected &+ 1, to: segment.acknowledgement)
        guard accepted >= 0, Self.distance(from: segment.acknowledgement, to: client.next) >= 0 else {
          return
        }
        answer(with: segment)
      }
    } else if fromClient {
      client.initial = segment.sequence
      client.next = segment.next
    } else if !isAnswered {
      server.initial = segment.sequence
    }
  }

  private mutating func answer(with segment: Segment) {
    isAnswered = true
    server.initial = segment.sequence
    server.next = segment.next
  }

  private mutating func noteReset(_ segment: Segment, fromClient: Bool) {
    if !isAnswered, !doSidesAgree, let initial = client.initial {
      // RFC 9293 §3.10.7.1: who has no such port resets with the number after the SYN.
      guard !fromClient, segment.hasAcknowledgement,
        Self.distance(from: initial &+ 1, to: segment.acknowledgement) >= 0,
        Self.distance(from: segment.acknowledgement, to: client.next) >= 0
      else { return }
      isRefused = true
    } else {
      noteBytes(segment, fromClient: fromClient)
      isReset = true
    }
  }

  private mutating func noteProgress(_ segment: Segment, fromClient: Bool) {
    noteBytes(segment, fromClient: fromClient)
    guard segment.hasAcknowledgement else { return }
    let peer = fromClient ? server : client
    if let acknowledged = peer.acknowledged {
      // Each goes on where the other expects it, so both took part, though their beginning was not seen.
      if Self.isNear(segment.acknowledgement, peer.next), Self.isNear(segment.sequence, acknowledged) {
        doSidesAgree = true
      }
    }
    if fromClient, let initial = server.initial,
      Self.distance(from: initial &+ 1, to: segment.acknowledgement) >= 0
    {
      hasClientAcknowledged = true
    }
    if fromClient { advance(&client, segment) } else { advance(&server, segment) }
  }

  private func advance(_ side: inout Side, _ segment: Segment) {
    side.next = segment.next
    side.acknowledged = segment.acknowledgement
    if segment.isFIN { side.isFinished = true }
  }

  /// Concludes from the numbers who has sent bytes, also when the segments that held them were not captured.
  private mutating func noteBytes(_ segment: Segment, fromClient: Bool) {
    let end = segment.sequence &+ segment.length
    if fromClient {
      if Self.showsBytes(client, until: end, segment) { client.hasSentBytes = true }
      if Self.showsBytes(server, acknowledgedBy: segment) { server.hasSentBytes = true }
    } else {
      if Self.showsBytes(server, until: end, segment) { server.hasSentBytes = true }
      if Self.showsBytes(client, acknowledgedBy: segment) { client.hasSentBytes = true }
    }
  }

  private static func showsBytes(_ side: Side, until end: UInt32, _ segment: Segment) -> Bool {
    guard let initial = side.initial else { return segment.length > 0 }
    return distance(from: initial &+ 1, to: end) > 0
  }

  private static func showsBytes(_ side: Side, acknowledgedBy segment: Segment) -> Bool {
    guard segment.hasAcknowledgement, let initial = side.initial else { return false }
    // One more than the SYN may be the FIN; two more is a byte for certain.
    return distance(from: initial &+ 2, to: segment.acknowledgement) > 0
  }

  private static func distance(from one: UInt32, to other: UInt32) -> Int32 {
    Int32(bitPattern: other &- one)
  }

  /// Whether two numbers are no further apart than bytes in flight can be: 16 MiB, above what Linux's buffers allow by default.
  private static func isNear(_ one: UInt32, _ other: UInt32) -> Bool {
    distance(from: one, to: other).magnitude <= 1 << 24
  }
}
