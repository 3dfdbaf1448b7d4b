import Support
import Traffic

/// A conversation under way.
struct Talk {
  let kind: Kind
  let client: Place
  /// Who is talked to in the end.
  let server: Place
  /// Who is dialled, where that is a Service.
  var service: Place?
  var question: Question?
  /// Whether what passes between nodes does so in VXLAN.
  var isInOverlay = false
  /// Whether its frames have an 802.1Q tag.
  var isTagged = false
  /// Rounds of question, answer and acknowledgement.
  var rounds = 0
  var clientInterface: UInt32 = 0
  var serverInterface: UInt32 = 0
  var identification: UInt16 = 0

  private var clientNumber: UInt32
  private var serverNumber: UInt32
  private var steps = 0

  enum Kind {
    /// TCP from its opening to its end.
    case connection
    /// A SYN, twice repeated, that nobody answers.
    case unanswered
    /// A SYN that is reset.
    case refused
    /// A DNS question and its answer.
    case name
    /// Datagrams that nobody answers.
    case metrics
    /// ICMP echoes.
    case echo
    /// SCTP.
    case association
    /// An ARP question.
    case resolution
  }

  init(_ kind: Kind, _ client: Place, _ server: Place, _ random: inout SeededRandom) {
    self.kind = kind
    self.client = client
    self.server = server
    clientNumber = UInt32(truncatingIfNeeded: random.next())
    serverNumber = UInt32(truncatingIfNeeded: random.next())
  }

  /// Sends the next packet; false when it was the last.
  mutating func step(_ frames: inout FrameMaking, _ random: inout SeededRandom) -> Bool {
    defer { steps += 1 }
    switch kind {
    case .connection: return connect(&frames, &random)
    case .unanswered:
      send(&frames, .segment(flags: Flags.syn, sequence: clientNumber, acknowledgement: 0), fromClient: true)
      return steps < 2
    case .refused:
      guard steps == 0 else {
        segment(&frames, fromClient: false, Flags.rst | Flags.ack)
        return false
      }
      segment(&frames, fromClient: true, Flags.syn)
      return true
    case .name:
      guard let question else { return false }
      let message = steps == 0 ? question.bytes : question.answer
      send(&frames, .datagram(message), fromClient: steps == 0)
      return steps == 0
    case .metrics:
      send(
        &frames, .noise(count: Int.random(in: 60..<460, using: &random)), fromClient: true)
      return steps < rounds
    case .echo:
      send(&frames, .echo(isReply: !steps.isMultiple(of: 2)), fromClient: steps.isMultiple(of: 2))
      return steps < 3
    case .association: return associate(&frames)
    case .resolution:
      frames.resolve(client)
      return false
    }
  }

  private mutating func connect(_ frames: inout FrameMaking, _ random: inout SeededRandom) -> Bool {
    switch steps {
    case 0: segment(&frames, fromClient: true, Flags.syn)
    case 1: segment(&frames, fromClient: false, Flags.syn | Flags.ack)
    case 2: segment(&frames, fromClient: true, Flags.ack)
    case 3..<3 + 3 * rounds:
      let bulk = Flags.psh | Flags.ack
      switch steps % 3 {
      case 0: segment(&frames, fromClient: true, bulk, count: Int.random(in: 80..<580, using: &random))
      case 1:
        let isFull = Int.random(in: 0..<100, using: &random) < 55
        let count = isFull ? 1_448 : Int.random(in: 100..<1_000, using: &random)
        segment(&frames, fromClient: false, bulk, count: count)
      default: segment(&frames, fromClient: true, Flags.ack)
      }
    case 3 + 3 * rounds: segment(&frames, fromClient: true, Flags.fin | Flags.ack)
    case 4 + 3 * rounds: segment(&frames, fromClient: false, Flags.fin | Flags.ack)
    default:
      segment(&frames, fromClient: true, Flags.ack)
      return false
    }
    return true
  }

  private mutating func segment(
    _ frames: inout FrameMaking, fromClient: Bool, _ flags: UInt8, count: Int = 0
  ) {
    let (mine, theirs) = fromClient ? (clientNumber, serverNumber) : (serverNumber, clientNumber)
    send(
      &frames,
      .segment(
        flags: flags, sequence: mine, acknowledgement: flags & Flags.ack == 0 ? 0 : theirs, count: count),
      fromClient: fromClient)
    let step = UInt32(count) + (flags & (Flags.syn | Flags.fin) == 0 ? 0 : 1)
    if fromClient { clientNumber &+= step } else { serverNumber &+= step }
  }

  /// INIT, INIT-ACK, COOKIE-ECHO, COOKIE-ACK, DATA, SACK (RFC 9260 §5.1).
  private mutating func associate(_ frames: inout FrameMaking) -> Bool {
    let chunks: [UInt8] = [1, 2, 10, 11, 0, 3]
    let isAsking = steps.isMultiple(of: 2)
    // The tag of whoever receives it, which the first one can't know.
    let tag = steps == 0 ? 0 : isAsking ? serverNumber : clientNumber
    send(
      &frames, .chunk(chunks[steps], tag: tag, own: isAsking ? clientNumber : serverNumber),
      fromClient: isAsking)
    return steps < chunks.count - 1
  }

  private mutating func send(_ frames: inout FrameMaking, _ message: Message, fromClient: Bool) {
    identification &+= 1
    let near = fromClient ? clientInterface : serverInterface
    let far = fromClient ? serverInterface : clientInterface
    let (source, destination) = fromClient ? (client, server) : (server, client)
    let isSeenTwice = service != nil || frames.isSeenOnBothEnds
    var first = Passing(
      source: source, destination: destination, interface: near, hops: 64, identification: identification,
      isTagged: isTagged)
    var second = first
    second.interface = far
    second.hops = 63
    second.isOutgoing = true
    if let service {
      // Towards the pod it is dialled before it is translated, and back the other way round.
      if fromClient { first.destination = service } else { second.source = service }
    }
    let isFirstOverlaid = isInOverlay && (service == nil || !fromClient)
    frames.send(message, first, isInOverlay: isFirstOverlaid)
    if isSeenTwice { frames.send(message, second, isInOverlay: isInOverlay && fromClient && service != nil) }
  }

  private enum Flags {
    static let fin: UInt8 = 1
    static let syn: UInt8 = 2
    static let rst: UInt8 = 4
    static let psh: UInt8 = 8
    static let ack: UInt8 = 16
  }
}
