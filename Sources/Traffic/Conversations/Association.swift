/// How far an SCTP association came, by its verification tags (RFC 9260 §5 and §8.5).
///
/// Each side chooses a tag when it opens, and the other's packets bear it from then on. Nobody on the side knows it, so
/// a packet with the wrong one changes nothing. A server answers each INIT without remembering the last answer, so a
/// repeated INIT may get another tag; both are kept until the cookie tells which one it is.
struct Association: TransportState {
  private struct Marks: OptionSet, BitwiseCopyable {
    let rawValue: UInt16

    static let answered = Marks(rawValue: 1 << 0)
    static let refused = Marks(rawValue: 1 << 1)
    static let ended = Marks(rawValue: 1 << 2)

    /// The tag is known.
    static func begun(_ client: Bool) -> Marks { Marks(rawValue: client ? 1 << 4 : 1 << 8) }
    /// Something came with the other's tag, beyond the opening.
    static func confirmed(_ client: Bool) -> Marks { Marks(rawValue: client ? 1 << 5 : 1 << 9) }
    static func sentBytes(_ client: Bool) -> Marks { Marks(rawValue: client ? 1 << 6 : 1 << 10) }
    /// Something came that only an answer to the other's bytes or heartbeats can be.
    static func acknowledged(_ client: Bool) -> Marks { Marks(rawValue: client ? 1 << 7 : 1 << 11) }
    /// In the middle: a packet was seen, and its tag is kept as if the other had begun with it.
    static func spoke(_ client: Bool) -> Marks { Marks(rawValue: client ? 1 << 12 : 1 << 13) }
  }

  private var clientTag: UInt32 = 0
  private var serverTag: UInt32 = 0
  private var laterServerTag: UInt32 = 0
  private var marks: Marks = []

  static var transport: Transport { .sctp }

  /// Heartbeats go out every 30 s; when ten in a row stay without answer, each waited for up to 60 s, it is over (§16).
  static var longestSilence: Int64 { 11 * 60 }

  var isOpened: Bool { marks.contains(.begun(true)) }

  var isClosed: Bool { !marks.isDisjoint(with: [.refused, .ended]) }

  var clientInitial: UInt32? { isOpened ? clientTag : nil }

  var serverInitial: UInt32? { isOpened && marks.contains(.begun(false)) ? serverTag : nil }

  var tags: PathTags? {
    // Before the client uses the server's tag it may be yet another.
    isOpened && marks.contains(.confirmed(true)) ? PathTags(client: clientTag, server: serverTag) : nil
  }

  var tier: Tier? {
    guard isOpened else {
      return isSeenFromBoth ? .established : nil
    }
    if marks.isSuperset(of: [.confirmed(true), .confirmed(false)]) {
      return marks.isSuperset(of: [.sentBytes(true), .sentBytes(false)]) ? .used : .established
    }
    if isAnswered { return .answered }
    return marks.contains(.refused) ? .refused : .attempted
  }

  /// Whether the server sent something with the client's tag, which it can know from the INIT alone.
  private var isAnswered: Bool { !marks.isDisjoint(with: [.answered, .confirmed(false)]) }

  /// In the middle: one side acknowledged, so that the other must have spoken, and that was seen.
  private var isSeenFromBoth: Bool {
    marks.isSuperset(of: [.spoke(true), .spoke(false)])
      && !marks.isDisjoint(with: [.acknowledged(true), .acknowledged(false)])
  }

  var hasSilentSide: Bool {
    guard isOpened, !marks.contains(.refused) else { return false }
    return isAnswered
      ? marks.contains(.confirmed(false)) && !marks.contains(.confirmed(true))
      : marks.contains(.confirmed(true))
  }

  func isIdle(_ chunks: Chunks) -> Bool { false }

  /// Whether an INIT begins another association between the same ends.
  ///
  /// Who still knows one answers an INIT in its midst and keeps what there is (RFC 9260 §5.2.2), whoever sent it: only the
  /// cookie shows that another began.
  func isAnother(_ chunks: Chunks, fromClient: Bool) -> Bool {
    guard chunks.kinds.contains(.initiation), !isLive else { return false }
    guard isOpened else { return true }
    if fromClient { return clientTag != chunks.initiateTag }
    // Both may have dialled at once (§5.2.1); after an answer it is the other end's turn to dial.
    guard marks.contains(.begun(false)) else { return marks.contains(.refused) }
    return serverTag != chunks.initiateTag
  }

  /// Whether both sides know of it, as far as was seen.
  private var isLive: Bool { !isClosed && (isOpened ? isAnswered : isSeenFromBoth) }

  /// What bears other tags changes nothing, whether another association goes on or somebody guessed.
  func takeMiddleOfAnother(_ chunks: Chunks, fromClient: Bool, isTurned: Bool) -> Association? { nil }

  func isOwnOpening(_ chunks: Chunks, fromClient: Bool) -> Bool {
    guard marks.contains(.begun(fromClient)) else { return false }
    if fromClient { return chunks.initiateTag == clientTag }
    return chunks.initiateTag == serverTag || chunks.initiateTag == laterServerTag
  }

  /// A tag is told once, and who saw it can repeat it.
  func isHeard(_ chunks: Chunks, fromClient: Bool) -> Bool { false }

  mutating func note(_ chunks: Chunks, fromClient: Bool) {
    if chunks.isOpening {
      noteOpening(chunks, fromClient: fromClient)
    } else if isOpened {
      noteProgress(chunks, fromClient: fromClient)
    } else {
      noteMiddle(chunks, fromClient: fromClient)
    }
  }

  /// An ICMP error quotes the tag of what it refuses: for an INIT, 0.
  mutating func noteRefusal(of tag: UInt32) {
    guard isOpened, tag == 0, !isAnswered else { return }
    marks.insert(.refused)
  }

  private mutating func noteOpening(_ chunks: Chunks, fromClient: Bool) {
    if chunks.isAnswer {
      // The client answers only where both dialled; the server's answer is the one that counts.
      guard !fromClient, isOpened || !isSeenFromBoth else { return }
      if !isOpened {
        clientTag = chunks.tag
        marks = .begun(true)
      }
      guard chunks.tag == clientTag else { return }
      guard !marks.contains(.confirmed(true)) else { return }
      if !marks.contains(.answered) { serverTag = chunks.initiateTag }
      laterServerTag = chunks.initiateTag
      marks.insert([.answered, .begun(false)])
    } else if isLive, !isOwnOpening(chunks, fromClient: fromClient) {
      return
    } else if fromClient {
      clientTag = chunks.initiateTag
      marks.insert(.begun(true))
    } else if !isAnswered {
      (serverTag, laterServerTag) = (chunks.initiateTag, chunks.initiateTag)
      marks.insert(.begun(false))
    }
  }

  private mutating func noteProgress(_ chunks: Chunks, fromClient: Bool) {
    if !chunks.kinds.isDisjoint(with: [.abort, .shutdownComplete]) {
      return noteEnd(chunks, fromClient: fromClient)
    }
    if fromClient, !marks.contains(.begun(false)) {
      // The answer was missed.
      (serverTag, laterServerTag) = (chunks.tag, chunks.tag)
      marks.insert(.begun(false))
    }
    guard isExpected(chunks.tag, fromClient: fromClient) else { return }
    if fromClient { (serverTag, laterServerTag) = (chunks.tag, chunks.tag) }
    marks.insert(.confirmed(fromClient))
    if chunks.hasBytes { marks.insert(.sentBytes(fromClient)) }
  }

  private mutating func noteEnd(_ chunks: Chunks, fromClient: Bool) {
    // Who knows no tag of the other's sends back the one that it got (§8.5.1).
    guard isExpected(chunks.tag, fromClient: chunks.isTagReflected ? !fromClient : fromClient) else { return }
    if isAnswered {
      marks.insert(.ended)
    } else if !fromClient, chunks.kinds.contains(.abort) {
      marks.insert(.refused)
    }
  }

  /// Whether a packet of this side would bear this tag.
  private func isExpected(_ tag: UInt32, fromClient: Bool) -> Bool {
    guard fromClient else { return marks.contains(.begun(true)) && tag == clientTag }
    return marks.contains(.begun(false)) && (tag == serverTag || tag == laterServerTag)
  }

  private mutating func noteMiddle(_ chunks: Chunks, fromClient: Bool) {
    guard chunks.tag != 0 else { return }
    let known = fromClient ? serverTag : clientTag
    if marks.contains(.spoke(fromClient)) {
      // Another number is another association, or somebody's guess.
      guard known == chunks.tag else { return }
    } else if fromClient {
      serverTag = chunks.tag
    } else {
      clientTag = chunks.tag
    }
    marks.insert(.spoke(fromClient))
    if !chunks.kinds.isDisjoint(with: [.sack, .heartbeatAck, .cookieAck, .shutdownAck]) {
      marks.insert(.acknowledged(fromClient))
    }
    if !chunks.kinds.isDisjoint(with: [.abort, .shutdownComplete]) { marks.insert(.ended) }
  }
}
