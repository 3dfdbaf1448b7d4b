import Traffic

/// One line of traffic: who does what, when, and how it ends.
struct Event {
  enum Action {
    /// Opens a connection or sends a datagram.
    case dials(Ending)
    /// Asks for a name.
    case asks(name: String, kinds: [DNSText.Kind], Ending)
  }

  enum Ending: String, CaseIterable {
    case used
    case closed
    case reset
    case midStream = "mid-stream"
    case refused
    case attempted
    case replied
    case truncated
    case oneWay = "one-way"

    var tier: Tier {
      switch self {
      case .used: .used
      case .closed, .reset, .midStream: .established
      case .refused: .refused
      case .attempted: .attempted
      case .replied, .truncated: .replied
      case .oneWay: .oneWay
      }
    }

    func fits(_ transport: Transport) -> Bool {
      switch self {
      case .used, .closed, .reset, .midStream, .attempted: transport == .tcp
      case .refused: true
      case .replied, .truncated, .oneWay: transport == .udp
      }
    }
  }

  let line: Int
  let at: Instant
  let who: String
  let dialled: Target
  /// Whom the dialled Service chose; nil where no Service was dialled.
  let through: String?
  let action: Action

  /// What was dialled: somebody's name or address, and a port.
  struct Target {
    let name: String
    let port: UInt16
  }
}

extension Event {
  /// Reads one indented line, which stands for several events when it says `x3 every 20s`.
  static func read(_ words: inout ScriptWords, port: ServedPort, on day: Instant) throws(ScriptError)
    -> [Event]
  {
    let first = try words.time(on: day)
    let who = try words.next("who")
    var target = Target(name: "", port: port.number)
    var asks = false
    if words.take("asks") {
      asks = true
      target = Target(name: try words.next("who is asked"), port: 53)
    } else {
      try words.expect("dials")
      target = try readTarget(&words)
    }
    let through = words.take("through") ? try readBackends(&words) : []
    let action: Action =
      asks ? try readQuestion(&words, port.transport) : .dials(try readEnding(&words, port.transport))
    let (times, pause) = try readRepetition(&words)
    try words.expectEnd()
    return (0..<times).map { turn in
      Event(
        line: words.line, at: first.advanced(bySeconds: Int64(turn) * pause), who: who, dialled: target,
        through: through.isEmpty ? nil : through[turn % through.count], action: action)
    }
  }

  private static func readTarget(_ words: inout ScriptWords) throws(ScriptError) -> Target {
    let word = try words.next("what is dialled")
    guard let colon = word.lastIndex(of: ":"), let port = UInt16(word[word.index(after: colon)...]) else {
      throw words.problem("`\(word)` is nothing to dial, such as `api:80`")
    }
    return Target(name: String(word[..<colon]), port: port)
  }

  /// The pods that a Service chose, taken in turns: `api-a, api-b`.
  private static func readBackends(_ words: inout ScriptWords) throws(ScriptError) -> [String] {
    var backends: [String] = []
    while true {
      let word = try words.next("the pod it went through to")
      guard word.hasSuffix(",") else { return backends + [word] }
      backends.append(String(word.dropLast()))
    }
  }

  private static func readQuestion(
    _ words: inout ScriptWords, _ transport: Transport
  ) throws(ScriptError) -> Action {
    try words.expect("for")
    let name = try words.next("the name asked for")
    var kinds: [DNSText.Kind] = []
    while true {
      if words.take("A") {
        kinds.append(.a)
      } else if words.take("AAAA") {
        kinds.append(.aaaa)
      } else {
        break
      }
    }
    guard !kinds.isEmpty else { throw words.problem("`A` or `AAAA` is missing after the name") }
    return .asks(name: name, kinds: kinds, try readEnding(&words, transport))
  }

  private static func readEnding(
    _ words: inout ScriptWords, _ transport: Transport
  ) throws(ScriptError) -> Ending {
    let word = try words.next("how it ended")
    guard let ending = Ending(rawValue: word), ending.fits(transport) else {
      let known = Ending.allCases.filter { $0.fits(transport) }.map(\.rawValue).joined(separator: ", ")
      throw words.problem("`\(word)` is no way for \(transport) to end: \(known)")
    }
    return ending
  }

  private static func readRepetition(_ words: inout ScriptWords) throws(ScriptError) -> (Int, Int64) {
    guard !words.isEmpty else { return (1, 0) }
    let word = try words.next("how often")
    guard word.first == "x", let times = Int(word.dropFirst()), (2...1000).contains(times) else {
      throw words.problem("`\(word)` is no number of times such as `x3`")
    }
    try words.expect("every")
    return (times, try words.seconds())
  }
}
