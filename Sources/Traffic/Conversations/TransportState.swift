/// How far a connection came, by what its packets say: TCP's `Handshake` and SCTP's `Association`.
///
/// All else about connections, where they were seen and which sightings are one, is the same for both.
protocol TransportState: BitwiseCopyable {
  associatedtype Unit: TransportUnit

  static var transport: Transport { get }

  /// How long an established connection may be silent, in seconds.
  static var longestSilence: Int64 { get }

  init()

  /// Whether what opens it was seen, so that it is certain who asked.
  var isOpened: Bool { get }

  /// Whether both sides are done with it.
  var isClosed: Bool { get }

  /// How far it came; nil for the middle of a connection of which one side alone was seen.
  var tier: Tier? { get }

  /// Whether one side went on beyond the opening, and nothing shows that the other did: the capture has one direction.
  var hasSilentSide: Bool { get }

  /// The number that the client began with, which no translation changes.
  var clientInitial: UInt32? { get }

  /// The number that the server began with.
  var serverInitial: UInt32? { get }

  /// Whether a unit can't change anything any more: it opens and ends nothing, and all that could be shown was shown.
  func isIdle(_ unit: Unit) -> Bool

  /// Whether an opening, and no answer, begins another connection between the same ends.
  func isAnother(_ unit: Unit, fromClient: Bool) -> Bool

  /// Gives away what both sides showed of another connection between the same ends, where a unit proves that one goes on
  /// there of which the opening that was seen is none; with its sides exchanged when `isTurned`.
  mutating func takeMiddleOfAnother(_ unit: Unit, fromClient: Bool, isTurned: Bool) -> Self?

  mutating func note(_ unit: Unit, fromClient: Bool)

  /// Whether a unit that opens or answers bears the numbers that it really began with; it was noted already.
  func isOwnOpening(_ unit: Unit, fromClient: Bool) -> Bool

  /// Whether a unit of a connection seen in the middle alone proves that its sender hears the other side; it was noted
  /// already.
  func isHeard(_ unit: Unit, fromClient: Bool) -> Bool

  /// Notes that somebody on the way refused a unit with this number.
  mutating func noteRefusal(of number: UInt32)

  /// The numbers by which either side's packets are known to be of this connection, whichever addresses they use;
  /// nil for transports that have one address a side.
  var tags: PathTags? { get }
}

/// What one packet says of a connection: a TCP segment or the chunks of an SCTP packet.
protocol TransportUnit: BitwiseCopyable {
  /// Whether it opens or answers an opening.
  var isOpening: Bool { get }

  /// Whether it answers an opening.
  var isAnswer: Bool { get }

  /// Whether it answers this opening.
  func answers(_ opening: Self) -> Bool

  /// Whether a server answers each opening, also those in the midst of a connection that it knows.
  static var isEachAnswered: Bool { get }

  /// What the client begins with, by what opens a connection or answers.
  var openingNumber: UInt32 { get }

  /// What its sender begins with, by what opens a connection or answers.
  var ownNumber: UInt32 { get }

  /// What all sightings of it have in common and units of other connections hardly have.
  var numbers: UInt64 { get }

  /// The number of the connection that it bears, if its transport has one for all its packets.
  var pathTag: UInt32? { get }
}

extension TransportState {
  /// Whether only its middle was seen.
  var isMidstream: Bool { !isOpened }
}

extension Segment: TransportUnit {
  /// What is a reset too opens nothing (RFC 9293 §3.10.7).
  var isOpening: Bool { isSYN && !isRST }
  var isAnswer: Bool { isOpening && hasAcknowledgement }
  static var isEachAnswered: Bool { false }
  var openingNumber: UInt32 { isAnswer ? acknowledgement &- 1 : sequence }
  var ownNumber: UInt32 { sequence }
  var pathTag: UInt32? { nil }

  func answers(_ opening: Segment) -> Bool {
    // It may accept the bytes of a SYN or not (RFC 7413).
    isAnswer && acknowledgement &- 1 &- opening.sequence < opening.next &- opening.sequence
  }
}

extension Chunks: TransportUnit {
  var isOpening: Bool { !kinds.isDisjoint(with: .openings) }
  var isAnswer: Bool { kinds.contains(.initiationAck) }
  var numbers: UInt64 { UInt64(tag) << 32 | UInt64(initiateTag) }
  static var isEachAnswered: Bool { true }
  var openingNumber: UInt32 { isAnswer ? tag : initiateTag }
  var ownNumber: UInt32 { initiateTag }
  var pathTag: UInt32? { tag }

  func answers(_ opening: Chunks) -> Bool { isAnswer && tag == opening.initiateTag }
}
