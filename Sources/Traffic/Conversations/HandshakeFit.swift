/// Whether a segment fits what is known of a connection: who does not see the connection can't make it so.
extension Handshake {
  /// Whether a plausible segment proves that the client acknowledged the answer.
  ///
  /// Where its own segments were not captured the server's tell: before that it accepts nothing but what the SYN bore
  /// (RFC 9293 §3.10.7.4, RFC 7413 §4.2).
  func provesCompletion(_ segment: Segment, fromClient: Bool) -> Bool {
    guard let initial = serverInitial else { return false }
    if fromClient { return SequenceNumber.distance(from: initial &+ 1, to: segment.acknowledgement) >= 0 }
    return marks.contains(.answered) && !marks.contains(.acknowledged(true))
      && SequenceNumber.distance(from: client.next, to: segment.acknowledgement) > 0
  }

  /// Whether both sides took part, though their beginning may not have been seen.
  func agrees(_ segment: Segment, fromClient: Bool) -> Bool {
    goesOn(segment, fromClient: fromClient) && isOfOpening(segment, fromClient: fromClient)
  }

  /// Whether who sent a segment knows what the other side said last.
  func isHeard(_ segment: Segment, fromClient: Bool) -> Bool {
    segment.hasAcknowledgement && !segment.isRST && agrees(segment, fromClient: fromClient)
  }

  /// Whether each side goes on where the other expects it.
  func goesOn(_ segment: Segment, fromClient: Bool) -> Bool {
    let peer = fromClient ? server : client
    return marks.contains(.acknowledged(!fromClient))
      && SequenceNumber.isNear(segment.acknowledgement, peer.next)
      && SequenceNumber.isNear(segment.sequence, peer.acknowledged)
  }

  /// Whether a segment may belong to the opening that was seen, if one was.
  ///
  /// Where nobody answered it, the numbers must be near its own: else they are those of another connection between the
  /// same ends.
  func isOfOpening(_ segment: Segment, fromClient: Bool) -> Bool {
    guard isOpened, !marks.contains(.answered) else { return true }
    return SequenceNumber.isNear(fromClient ? segment.sequence : segment.acknowledgement, client.initial)
  }

  /// Whether a segment goes on where its sender was, and acknowledges what the other side may have sent: somebody who
  /// does not see the connection can hardly guess both.
  func isPlausible(_ segment: Segment, fromClient: Bool) -> Bool {
    let (own, peer) = fromClient ? (client, server) : (server, client)
    let isOwnKnown = !marks.isDisjoint(with: [.begun(fromClient), .acknowledged(fromClient)])
    let isPeerKnown = !marks.isDisjoint(with: [.begun(!fromClient), .acknowledged(!fromClient)])
    if segment.hasAcknowledgement {
      guard isPeerKnown, SequenceNumber.isNear(segment.acknowledgement, peer.next) else { return false }
    }
    if isOwnKnown, SequenceNumber.isNear(segment.sequence, own.next) { return true }
    return marks.contains(.acknowledged(!fromClient))
      && SequenceNumber.isNear(segment.sequence, peer.acknowledged)
  }
}
