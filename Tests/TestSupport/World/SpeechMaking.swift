import Traffic

// What both ends of a talk send each other.
extension TrafficMaking {
  /// The packets of one connection or exchange, in order.
  mutating func steps(
    _ port: UInt16, _ transport: Transport, _ manner: Manner
  ) -> [Talk.Step] {
    if transport == .sctp { return association() }
    var exchanges = [Speech.exchange(onPort: port, &random)]
    if manner.silence > 0 || manner.isMissingQuestion { exchanges.append(exchanges[0]) }
    if manner.span > 0 { exchanges = Array(repeating: exchanges[0], count: 6) }
    if let question = manner.question { exchanges = self.exchanges(question, isTCP: transport == .tcp) }
    let numbers = (UInt32(truncatingIfNeeded: random.next()), UInt32(truncatingIfNeeded: random.next()))
    let dialogue =
      transport == .tcp
      ? Dialogue.connection(exchanges, manner.ending, client: numbers.0, server: numbers.1)
      : Dialogue.datagrams(exchanges, manner.ending)
    var steps: [Talk.Step] = []
    for (index, step) in dialogue.steps.enumerated() {
      if index == 0, manner.isMissingQuestion { continue }
      var step = Talk.Step(isFromClient: step.isFromClient, packet: .plain(step.packet), pause: step.pause)
      if manner.silence > 0, index == dialogue.steps.count / 2 {
        step.pause += manner.silence * 1_000_000_000
      }
      if index > 0 { step.pause += manner.span * 1_000_000_000 / Int64(dialogue.steps.count) }
      steps.append(step)
      if index == 0, manner.isSlow {
        // As Linux sends them again: after one second, and each time after twice as long.
        for seconds in [1, 2, 4] as [Int64] {
          step.pause = seconds * 1_000_000_000
          steps.append(step)
        }
      }
      for _ in 0..<manner.repetitions {
        step.pause = 20_000_000_000
        steps.append(step)
      }
      guard manner.isRepeated, random.chance(40) else { continue }
      step.pause = 210_000_000
      steps.append(step)
    }
    return steps
  }

  private mutating func exchanges(
    _ question: Question, isTCP: Bool
  ) -> [(asked: [UInt8], answered: [UInt8])] {
    let hasOld = question.answer.allSatisfy(\.isV4)
    let kinds: [DNSText.Kind] = hasOld && random.chance(50) ? [.a] : [.a, .aaaa]
    return kinds.map { kind in
      let id = UInt16(truncatingIfNeeded: random.next())
      let outcome: DNSText.Outcome =
        question.isTruncated ? .truncated : .found(aliases: [], addresses: question.answer)
      let asked = DNSText.question(question.name, kind, id: id)
      let answered = DNSText.answer(question.name, kind, id: id, outcome)
      return isTCP ? (DNSText.overTCP(asked), DNSText.overTCP(answered)) : (asked, answered)
    }
  }

  /// An association: four packets to open it, a message each way, three packets to end it.
  private mutating func association() -> [Talk.Step] {
    let mine = UInt32.random(in: 1 ... .max, using: &random)
    let theirs = UInt32.random(in: 1 ... .max, using: &random)
    let words = Array("hello".utf8)
    let packets: [(isFromClient: Bool, packet: SCTPPacket)] = [
      (true, SCTPPacket(tag: 0, .initiation(tag: mine))),
      (false, SCTPPacket(tag: mine, .initiationAck(tag: theirs))),
      (true, SCTPPacket(tag: theirs, .cookieEcho)), (false, SCTPPacket(tag: mine, .cookieAck)),
      (true, SCTPPacket(tag: theirs, .data(words, number: mine))),
      (false, SCTPPacket(tag: mine, .sack(mine), .data(words, number: theirs))),
      (true, SCTPPacket(tag: theirs, .sack(theirs))),
      (true, SCTPPacket(tag: theirs, .shutdown(acknowledging: theirs))),
      (false, SCTPPacket(tag: mine, .shutdownAck)),
      (true, SCTPPacket(tag: theirs, .shutdownComplete)),
    ]
    return packets.map { Talk.Step(isFromClient: $0.isFromClient, packet: .association($0.packet)) }
  }
}
