/// How far a TCP connection came, by its sequence numbers.
///
/// Numbers are compared as RFC 9293 §3.4 does, by the sign of their difference. What once was shown stays shown, so
/// retransmissions, repeated sightings and numbers that wrap around change nothing.
struct Handshake: TransportState {
  static var transport: Transport { .tcp }

  /// Linux's keep-alive speaks after two idle hours, then up to nine times 75 s apart (tcp(7)).
  static var longestSilence: Int64 { 7_200 + 10 * 75 }

  private(set) var client = Side()
  private(set) var server = Side()
  private(set) var marks: Marks = []

  /// Whether SYN or SYN-ACK was seen, so that it is certain who asked.
  var isOpened: Bool { marks.contains(.begun(true)) }

  /// Whether both sides are done with it.
  var isClosed: Bool {
    marks.contains(.reset)
      || marks.contains(.refused) && marks.isDisjoint(with: [.answered, .sidesAgree])
      || marks.isSuperset(of: [.finished(true), .finished(false)])
  }

  /// The number that the client began with.
  var clientInitial: UInt32? { marks.contains(.begun(true)) ? client.initial : nil }

  /// The number that the server began with.
  var serverInitial: UInt32? { marks.contains(.begun(false)) ? server.initial : nil }

  /// How far it came; nil for the middle of a connection of which one side alone was seen.
  var tier: Tier? {
    guard isOpened else { return isEstablished ? .established : nil }
    if isEstablished {
      return marks.isSuperset(of: [.sentBytes(true), .sentBytes(false)]) ? .used : .established
    }
    if marks.contains(.answered) { return .answered }
    return marks.contains(.refused) ? .refused : .attempted
  }

  /// Whether one side went on beyond the opening, and nothing shows that the other did.
  var hasSilentSide: Bool {
    guard isOpened, !isEstablished else { return false }
    return marks.contains(.answered)
      ? marks.contains(.acknowledged(false)) && !marks.contains(.acknowledged(true))
      : marks.isDisjoint(with: [.refused, .begun(false), .acknowledged(false)])
        && marks.contains(.acknowledged(true))
  }

  private var isEstablished: Bool {
    marks.isSuperset(of: [.answered, .clientAcknowledged]) || marks.contains(.sidesAgree)
  }

  var tags: PathTags? { nil }

  /// The numbers matter as long as it is not known that both sides took part and sent bytes.
  @inline(__always)
  func isIdle(_ segment: Segment) -> Bool {
    segment.flags & (Segment.syn | Segment.fin | Segment.rst) == 0
      && marks.isSuperset(of: [
        .begun(true), .answered, .clientAcknowledged, .sentBytes(true), .sentBytes(false),
      ])
  }

  /// Whether a SYN begins another connection between the same ends.
  ///
  /// Who still knows a connection answers a SYN in its midst by saying so (RFC 5961 §4), whoever sent it: only an answer
  /// to it shows that another began.
  func isAnother(_ segment: Segment, fromClient: Bool) -> Bool {
    guard segment.isSYN, !segment.hasAcknowledgement, !isLive else { return false }
    guard isOpened else { return true }
    if fromClient { return client.initial != segment.sequence }
    // Both may have dialled at once (RFC 9293 §3.5); after an answer it is the other end's turn to dial.
    guard let initial = serverInitial else { return isClosed }
    return initial != segment.sequence
  }

  /// Whether the server knows of it, as far as was seen.
  private var isLive: Bool { !isClosed && (marks.contains(.answered) || isEstablished) }

  /// Gives away what the sides showed of another connection than the one that nobody answered, once they agree far
  /// from its number.
  ///
  /// The opening was made up or failed, and tells nothing of who asked there.
  @inline(__always)
  mutating func takeMiddleOfAnother(_ segment: Segment, fromClient: Bool, isTurned: Bool) -> Handshake? {
    guard marks.isDisjoint(with: [.answered, .sidesAgree]), isOpened else { return nil }
    return takeMiddle(showing: segment, fromClient: fromClient, isTurned: isTurned)
  }

  @inline(never)
  private mutating func takeMiddle(
    showing segment: Segment, fromClient: Bool, isTurned: Bool
  ) -> Handshake? {
    guard segment.hasAcknowledgement, !segment.isSYN, !segment.isRST,
      goesOn(segment, fromClient: fromClient), !isOfOpening(segment, fromClient: fromClient)
    else { return nil }
    var middle = Handshake()
    (middle.client, middle.server) = isTurned ? (server, client) : (client, server)
    for isClient in [true, false] {
      for mark in [Marks.acknowledged, Marks.ending] where marks.contains(mark(isClient)) {
        marks.remove(mark(isClient))
        middle.marks.insert(mark(isClient != isTurned))
      }
    }
    return middle
  }

  func isOwnOpening(_ segment: Segment, fromClient: Bool) -> Bool {
    segment.sequence == (fromClient ? clientInitial : serverInitial)
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
    guard let initial = clientInitial, sequence == initial, !marks.contains(.answered) else { return }
    marks.insert(.refused)
  }

  private mutating func noteOpening(_ segment: Segment, fromClient: Bool) {
    if segment.hasAcknowledgement {
      let initial = segment.acknowledgement &- 1
      if fromClient {
        // The client's half of a simultaneous opening.
        guard clientInitial == segment.sequence, serverInitial == initial else { return }
        marks.insert(.clientAcknowledged)
      } else {
        guard !marks.contains(.answered) else { return }
        guard let expected = clientInitial else {
          guard !marks.contains(.sidesAgree) else { return }
          begin(fromClient: true, at: initial)
          answer(with: segment)
          return
        }
        // A SYN may carry bytes (RFC 7413), which the answer may accept or not.
        let accepted = SequenceNumber.distance(from: expected &+ 1, to: segment.acknowledgement)
        guard accepted >= 0, SequenceNumber.distance(from: segment.acknowledgement, to: client.next) >= 0
        else {
          return
        }
        answer(with: segment)
      }
    } else if isLive, !isOwnOpening(segment, fromClient: fromClient) {
      return
    } else if fromClient {
      if clientInitial != segment.sequence { begin(fromClient: true, at: segment.sequence) }
      // A SYN may carry bytes, and come a second time when more was sent already.
      if SequenceNumber.distance(from: client.next, to: segment.next) > 0 { client.next = segment.next }
    } else if !marks.contains(.answered) {
      begin(fromClient: false, at: segment.sequence)
    }
  }

  private mutating func begin(fromClient: Bool, at initial: UInt32) {
    let side = Side(initial: initial, next: initial &+ 1)
    if fromClient { client = side } else { server = side }
    marks.insert(.begun(fromClient))
  }

  private mutating func answer(with segment: Segment) {
    marks.insert(.answered)
    begin(fromClient: false, at: segment.sequence)
    server.next = segment.next
  }

  private mutating func noteReset(_ segment: Segment, fromClient: Bool) {
    if marks.isDisjoint(with: [.answered, .sidesAgree]), let initial = clientInitial {
      // RFC 9293 §3.10.7.1: who has no such port resets with the number after the SYN.
      guard !fromClient, segment.hasAcknowledgement,
        SequenceNumber.distance(from: initial &+ 1, to: segment.acknowledgement) >= 0,
        SequenceNumber.distance(from: segment.acknowledgement, to: client.next) >= 0
      else { return }
      marks.insert(.refused)
    } else if isPlausible(segment, fromClient: fromClient) {
      if segment.hasAcknowledgement { noteBytes(segment, fromClient: fromClient) }
      marks.insert(.reset)
    }
  }

  private mutating func noteProgress(_ segment: Segment, fromClient: Bool) {
    guard segment.hasAcknowledgement else { return }
    let doesAgree = agrees(segment, fromClient: fromClient)
    if doesAgree {
      marks.insert(.sidesAgree)
      if marks.contains(.ending(!fromClient)) { marks.insert(.finished(!fromClient)) }
    }
    let isPlausible = isPlausible(segment, fromClient: fromClient)
    if isPlausible, provesCompletion(segment, fromClient: fromClient) { marks.insert(.clientAcknowledged) }
    if isPlausible || doesAgree {
      noteBytes(segment, fromClient: fromClient)
      if segment.isFIN { marks.insert(.finished(fromClient)) }
    }
    if fromClient { Self.advance(&client, segment) } else { Self.advance(&server, segment) }
    marks.insert(.acknowledged(fromClient))
    if segment.isFIN { marks.insert(.ending(fromClient)) } else { marks.remove(.ending(fromClient)) }
  }

  private static func advance(_ side: inout Side, _ segment: Segment) {
    side.next = segment.next
    side.acknowledged = segment.acknowledgement
  }

  /// Concludes from the numbers who has sent bytes, also when the segments that held them were not captured.
  private mutating func noteBytes(_ segment: Segment, fromClient: Bool) {
    // One more than the SYN may be the FIN; two more is a byte for certain.
    let end = segment.sequence &+ segment.length
    if let initial = fromClient ? clientInitial : serverInitial {
      let sent = SequenceNumber.distance(from: initial &+ 1, to: end)
      if sent > 1 || sent == 1 && segment.length > 0 { marks.insert(.sentBytes(fromClient)) }
    } else if segment.length > 0 {
      marks.insert(.sentBytes(fromClient))
    }
    guard segment.hasAcknowledgement, let initial = fromClient ? serverInitial : clientInitial,
      SequenceNumber.distance(from: initial &+ 2, to: segment.acknowledgement) > 0
    else { return }
    marks.insert(.sentBytes(!fromClient))
  }
}
