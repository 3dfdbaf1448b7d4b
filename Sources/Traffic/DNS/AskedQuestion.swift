/// A question that was seen, and when the first answer to it was.
struct AskedQuestion: Slotted {
  /// What a question and its answers have in common.
  struct Key: SlotKey {
    private let pair: SocketPair
    private let askerEnd: SocketPair.End
    private let transport: Transport
    private let id: UInt16

    init(asker: Socket, answerer: Socket, transport: Transport, id: UInt16) {
      pair = SocketPair(asker, answerer)
      askerEnd = pair.end(asker)
      self.transport = transport
      self.id = id
    }

    var asker: Socket { pair[askerEnd] }
    var answerer: Socket { pair[askerEnd.other] }

    @inline(__always)
    func hash(_ seed: HashSeed) -> UInt64 {
      let ports = UInt64(pair.lowPort) << 16 | UInt64(pair.highPort)
      let rest = UInt64(id) << 16 | UInt64(transport.rawValue) << 8 | UInt64(askerEnd.rawValue)
      return seed.hash(pair.low, pair.high, rest << 32 | ports)
    }
  }

  let key: Key
  var serial: UInt32 = 0
  /// One more than the number of the first answer, so that 0 is none.
  private var answerNumber: UInt32 = 0
  private let type: UInt16
  private let name: HostName.Key
  /// When it was asked for the last time.
  private(set) var asked: Instant
  /// When it was answered first.
  private(set) var answered: Instant

  init(key: Key, name: HostName.Key, type: UInt16, at instant: Instant) {
    self.key = key
    self.name = name
    self.type = type
    asked = instant
    answered = instant
  }

  /// The number of the first answer.
  var answer: Int? { answerNumber == 0 ? nil : Int(answerNumber) - 1 }

  func isAbout(_ name: HostName.Key, _ type: UInt16) -> Bool { self.name == name && self.type == type }

  func isOver(at instant: Instant) -> Bool {
    asked.advanced(bySeconds: Self.window) < instant
  }

  /// Whether it is over, or was answered and every further sighting of the answer has come.
  func canLeave(at instant: Instant) -> Bool {
    isOver(at: instant) || answer != nil && answered.advanced(bySeconds: Ties.window) < instant
  }

  mutating func askAgain(at instant: Instant) { asked = max(asked, instant) }

  mutating func note(answer number: UInt32, at instant: Instant) {
    answerNumber = number + 1
    answered = instant
  }

  mutating func answerEarlier(at instant: Instant) { answered = min(answered, instant) }

  /// As long as glibc waits before it asks again (resolv.conf(5)).
  private static let window: Int64 = 5

  static let vacant: AskedQuestion = {
    let nobody = Socket(Address(bits: 0), 0)
    return AskedQuestion(
      key: Key(asker: nobody, answerer: nobody, transport: .udp, id: 0), name: HostName.vacant.key, type: 0,
      at: .distantPast)
  }()
}
