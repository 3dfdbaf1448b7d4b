import Traffic

/// A script from its first line to its last: the cast, then edge by edge what happens.
struct Play {
  private(set) var cast = Cast()
  private(set) var edges: [ExpectedEdge] = []
  private(set) var stage: Stage

  init(_ text: String) throws(ScriptError) {
    var lines: [ScriptWords] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if let words = ScriptWords(line, line: index + 1) { lines.append(words) }
    }
    var scenes: [ScriptWords] = []
    for var words in lines {
      if !words.isIndented, !words.isAboutAnEdge, try cast.read(&words) { continue }
      scenes.append(words)
    }
    guard let node = RecordingNode(of: cast) else {
      throw ScriptError(
        line: 1, message: "no node is called `\(cast.recorder)`, on which the capture was taken")
    }
    stage = Stage(cast, node)
    try act(scenes)
  }

  private mutating func act(_ scenes: [ScriptWords]) throws(ScriptError) {
    var isPassing = false
    for var words in scenes {
      guard words.isIndented else {
        isPassing = words.take("passed")
        if isPassing { try words.expectEnd() } else { try open(&words) }
        continue
      }
      if isPassing {
        try pass(&words)
      } else {
        try play(&words)
      }
    }
    for edge in edges where edge.conversations == 0 {
      throw ScriptError(
        line: scenes.last?.line ?? 1,
        message: "nothing happens from `\(edge.client.name)` to `\(edge.server.name)` \(edge.port)")
    }
  }

  private mutating func play(_ words: inout ScriptWords) throws(ScriptError) {
    guard var edge = edges.popLast() else { throw words.problem("no line above says whose traffic this is") }
    let served = ServedPort(number: edge.port, transport: edge.transport)
    for event in try Event.read(&words, port: served, on: cast.from) {
      guard cast.from <= event.at, event.at <= cast.until else {
        throw words.problem("the capture does not last from or until then")
      }
      if let pod = cast.pod(called: event.who), !edge.client.name.hasPrefix(pod.namespace + "/") {
        throw words.problem("`\(event.who)` is in namespace `\(pod.namespace)`")
      }
      try stage.play(event, on: served)
      switch event.action {
      case .dials(let ending), .asks(_, _, let ending): edge.count(ending.tier)
      }
    }
    edges.append(edge)
  }

  private mutating func pass(_ words: inout ScriptWords) throws(ScriptError) {
    let instant = try words.time(on: cast.from)
    let who = try words.next("who")
    let passing: Stage.Passing
    if words.take("resolves") {
      passing = .resolves(try words.address("the address to resolve"))
    } else {
      try words.expect("announces")
      passing = .announces(try group(&words))
    }
    try words.expectEnd()
    try stage.pass(who, passing, at: instant, line: words.line)
  }

  private func group(_ words: inout ScriptWords) throws(ScriptError) -> Socket {
    let word = try words.next("the group")
    let parts = word.split(separator: ":")
    guard parts.count == 2, let address = Address(parts[0]), let port = UInt16(parts[1]) else {
      throw words.problem("`\(word)` is no group such as `224.0.0.251:5353`")
    }
    return Socket(address, port)
  }

  /// Reads `client -> server 8080/TCP bin: reason`.
  private mutating func open(_ words: inout ScriptWords) throws(ScriptError) {
    let client = try end(&words)
    try words.expect("->")
    let server = try end(&words)
    let port = try words.port()
    var bin = try words.next("a bin")
    var reason: String?
    if bin.hasSuffix(":") {
      bin.removeLast()
      reason = words.remaining().joined(separator: " ")
    }
    try words.expectEnd()
    guard ExpectedEdge.bins.contains(bin) else {
      throw words.problem("`\(bin)` is none of \(ExpectedEdge.bins.joined(separator: ", "))")
    }
    let edge = ExpectedEdge(
      client: client, server: server, port: port.number, transport: port.transport, bin: bin, reason: reason)
    guard edges.allSatisfy({ $0 < edge || edge < $0 }) else {
      throw words.problem("this edge was there before")
    }
    edges.append(edge)
  }

  private func end(_ words: inout ScriptWords) throws(ScriptError) -> ExpectedEdge.End {
    let name = try words.next("an end")
    if words.take("at") { return ExpectedEdge.End(name: name, address: try words.address("its address")) }
    let address = Address(name)
    guard address != nil || name.contains("/") else {
      throw words.problem("`\(name)` is neither a workload nor an address: say where it is with `at`")
    }
    return ExpectedEdge.End(name: name, address: address)
  }
}
