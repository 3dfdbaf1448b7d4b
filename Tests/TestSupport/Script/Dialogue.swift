import Traffic

/// What two ends send each other, in order, before any path shows it.
struct Dialogue {
  enum Packet {
    case segment(TCPSegment)
    case datagram([UInt8])
    /// The server's ICMP error about the datagram before.
    case unreachable
  }

  struct Step {
    let isFromClient: Bool
    let packet: Packet
    /// The wait before it, beyond the path's latency, in nanoseconds.
    var pause: Int64 = 0
  }

  private(set) var steps: [Step] = []

  private static let second: Int64 = 1_000_000_000

  /// A datagram and what comes of it.
  static func datagrams(_ exchanges: [(asked: [UInt8], answered: [UInt8])], _ ending: Event.Ending)
    -> Dialogue
  {
    var dialogue = Dialogue()
    for (asked, answered) in exchanges {
      dialogue.add(fromClient: true, .datagram(asked))
      switch ending {
      case .oneWay: continue
      case .refused: dialogue.add(fromClient: false, .unreachable)
      default: dialogue.add(fromClient: false, .datagram(answered))
      }
    }
    return dialogue
  }

  /// A connection and how it ends; `client` and `server` are their initial sequence numbers.
  static func connection(
    _ exchanges: [(asked: [UInt8], answered: [UInt8])], _ ending: Event.Ending, client: UInt32, server: UInt32
  ) -> Dialogue {
    var dialogue = Dialogue()
    var mine = client
    var theirs = server
    func both(_ flags: TCPSegment.Flags, _ payload: [UInt8] = []) -> TCPSegment {
      TCPSegment(flags, sequence: mine, acknowledgement: theirs, payload: payload)
    }
    func back(_ flags: TCPSegment.Flags, _ payload: [UInt8] = []) -> TCPSegment {
      TCPSegment(flags, sequence: theirs, acknowledgement: mine, payload: payload)
    }

    if ending != .midStream {
      let opening = TCPSegment(.syn, sequence: mine)
      dialogue.add(fromClient: true, .segment(opening))
      if ending == .attempted {
        dialogue.add(fromClient: true, .segment(opening), after: second)
        return dialogue
      }
      mine &+= 1
      if ending == .refused {
        // A reset of a closed port has no number of its own (RFC 9293 §3.10.7.1).
        dialogue.add(
          fromClient: false, .segment(TCPSegment([.rst, .ack], sequence: 0, acknowledgement: mine)))
        return dialogue
      }
      dialogue.add(fromClient: false, .segment(back([.syn, .ack])))
      theirs &+= 1
      dialogue.add(fromClient: true, .segment(both(.ack)))
      if ending == .reset {
        dialogue.add(fromClient: true, .segment(both([.rst, .ack])))
        return dialogue
      }
    }
    for (asked, answered) in exchanges where ending != .closed {
      dialogue.add(fromClient: true, .segment(both([.psh, .ack], asked)))
      mine &+= UInt32(asked.count)
      dialogue.add(fromClient: false, .segment(back([.psh, .ack], answered)))
      theirs &+= UInt32(answered.count)
    }
    guard ending != .midStream else {
      dialogue.add(fromClient: true, .segment(both(.ack)))
      return dialogue
    }
    dialogue.add(fromClient: true, .segment(both([.fin, .ack])))
    mine &+= 1
    dialogue.add(fromClient: false, .segment(back([.fin, .ack])))
    theirs &+= 1
    dialogue.add(fromClient: true, .segment(both(.ack)))
    return dialogue
  }

  private mutating func add(fromClient: Bool, _ packet: Packet, after pause: Int64 = 0) {
    steps.append(Step(isFromClient: fromClient, packet: packet, pause: pause))
  }
}
