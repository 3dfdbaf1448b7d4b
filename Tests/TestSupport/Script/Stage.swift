import Traffic

/// Acts a script out: every packet of every event, as each interface of the recording node shows it.
struct Stage {
  struct Frame {
    let at: Instant
    let header: LinkHeader
    let content: LinkHeader.Content
    let packet: [UInt8]
    /// Whether the recorder keeps it whole, as it does with DNS.
    var isWhole = false
  }

  private(set) var frames: [Frame] = []
  private(set) var conversations: [ExpectedConversation] = []
  private(set) var names: Set<ExpectedName> = []
  private(set) var passed: [Passed: Int] = [:]

  private let cast: Cast
  private let node: RecordingNode
  private var random = SeededRandom(seed: 2992)
  private var ports: [Address: UInt16] = [:]
  private var identifications: [Address: UInt16] = [:]
  private var answersGiven: [String: Int] = [:]

  init(_ cast: Cast, _ node: RecordingNode) {
    self.cast = cast
    self.node = node
  }

  /// Acts one event out, on the port of the edge that it belongs to.
  mutating func play(_ event: Event, on served: ServedPort) throws(ScriptError) {
    func problem(_ message: String) -> ScriptError { ScriptError(line: event.line, message: message) }
    guard let client = node.party(called: event.who, at: event.at) else {
      throw problem("nobody is called `\(event.who)` at that time")
    }
    let asked = ServedPort(number: event.dialled.port, transport: served.transport)
    let service = cast.service(called: event.dialled.name, port: asked)
    if let service {
      guard let through = event.through, service.backends.contains(through), service.target == served else {
        throw problem("`\(service.name)` port \(asked) does not lead there")
      }
    } else if event.through != nil || asked != served {
      throw problem("there is no Service `\(event.dialled.name)` with port \(asked)")
    }
    guard let server = node.party(called: event.through ?? event.dialled.name, at: event.at) else {
      throw problem("nobody is called `\(event.through ?? event.dialled.name)` at that time")
    }
    let path = Path(
      from: client, at: port(of: client.address), to: server, at: served.number,
      dialled: Socket(service?.address ?? server.address, event.dialled.port),
      masqueradedAs: port(of: node.address),
      on: node)
    guard let path else { throw problem("nothing of this passes `\(cast.recorder)`") }
    let (dialogue, ending) = dialogue(of: event, on: served, path)
    let isWhole = if case .asks = event.action { true } else { served.number == 53 }
    show(dialogue, along: path, from: event.at, isWhole: isWhole)
    expect(ending, served.transport, along: path, at: event.at)
  }

  /// One frame that is passed over: a question and an answer of ARP, or a datagram to a group.
  mutating func pass(_ who: String, _ passing: Passing, at instant: Instant, line: Int) throws(ScriptError) {
    guard let party = node.party(called: who, at: instant), case .pod(let interface) = party.place else {
      throw ScriptError(line: line, message: "no pod on `\(cast.recorder)` is called `\(who)` at that time")
    }
    var header = LinkHeader(interface: interface, way: .broadcast, source: party.hardware)
    switch passing {
    case .resolves(let target):
      header.destination = .broadcast
      let question = ARPMessage.question(from: party.address, at: party.hardware, for: target)
      frames.append(Frame(at: instant, header: header, content: .arp, packet: question.bytes))
      let hardware = HardwareAddress(of: target)
      let answer = ARPMessage.answer(from: target, at: hardware, to: party.address, at: party.hardware)
      header = LinkHeader(
        interface: interface, way: .outgoing, source: hardware, destination: party.hardware)
      let later = Instant(nanoseconds: instant.nanoseconds + 18_000)
      frames.append(Frame(at: later, header: header, content: .arp, packet: answer.bytes))
      passed[.arp, default: 0] += 2
    case .announces(let group):
      header.way = .multicast
      header.destination = HardwareAddress(
        bits: 0x0100_5E00_0000 | UInt64(group.address.v4Bits ?? 0) & 0x7F_FFFF)
      let question = DNSText.question("_http._tcp.local", .a, id: 0)
      let packet = PacketBuilder.udp(
        question, from: Socket(party.address, group.port), to: group,
        envelope: .init(identification: identification(of: party.address), hops: 255))
      frames.append(Frame(at: instant, header: header, content: .ipv4, packet: packet))
      passed[.multicast, default: 0] += 1
    }
  }

  /// What is seen and teaches nothing.
  enum Passing {
    case resolves(Address)
    case announces(Socket)
  }
}

extension Stage {
  private mutating func dialogue(
    of event: Event, on served: ServedPort, _ path: Path
  ) -> (Dialogue, Event.Ending) {
    var exchanges: [(asked: [UInt8], answered: [UInt8])] = []
    let ending: Event.Ending
    switch event.action {
    case .dials(let how):
      ending = how
      exchanges = [Speech.exchange(onPort: served.number, &random)]
    case .asks(let name, let kinds, let how):
      ending = how
      for kind in kinds {
        let outcome = answer(to: name, isTruncated: how == .truncated)
        let id = UInt16(truncatingIfNeeded: random.next())
        exchanges.append(
          (DNSText.question(name, kind, id: id), DNSText.answer(name, kind, id: id, outcome)))
        expectNames(name, kind, outcome, along: path, at: event.at)
        if outcome == .truncated { passed[.dnsTruncated, default: 0] += path.views.count(where: Self.isRead) }
      }
    }
    guard served.transport == .tcp else { return (.datagrams(exchanges, ending), ending) }
    if case .asks = event.action {
      exchanges = exchanges.map { (DNSText.overTCP($0.asked), DNSText.overTCP($0.answered)) }
    }
    let dialogue = Dialogue.connection(
      exchanges, ending, client: UInt32(truncatingIfNeeded: random.next()),
      server: UInt32(truncatingIfNeeded: random.next()))
    return (dialogue, ending)
  }

  /// Whether a recorder takes what is said here for names: at the port that names are asked for.
  private static func isRead(_ view: Path.View) -> Bool { view.server.port == 53 }

  /// The answer that the script's names give; several addresses take turns in being the first.
  private mutating func answer(to name: String, isTruncated: Bool) -> DNSText.Outcome {
    if isTruncated { return .truncated }
    guard let known = cast.names[name] else { return .noSuchName }
    let turn = answersGiven[name, default: 0] % max(1, known.addresses.count)
    answersGiven[name, default: 0] += 1
    return .found(
      aliases: known.aliases, addresses: Array(known.addresses[turn...] + known.addresses[..<turn]))
  }

  private mutating func show(_ dialogue: Dialogue, along path: Path, from start: Instant, isWhole: Bool) {
    // Nothing begins on the stroke of a second.
    var now = start.nanoseconds + Int64(random.next() % 900_000)
    var last: [[UInt8]] = path.views.map { _ in [] }
    for step in dialogue.steps {
      now += step.pause
      let sender = step.isFromClient ? path.views.first?.client : path.views.last?.server
      let id = identification(of: sender?.address ?? node.address)
      let order = step.isFromClient ? Array(path.views.indices) : path.views.indices.reversed()
      for index in order {
        let view = path.views[index]
        var packet = Self.packet(step, in: view, identification: id, quoting: last[index])
        last[index] = packet
        var content: LinkHeader.Content = view.client.address.isV4 ? .ipv4 : .ipv6
        if let carrier = node.carrier, let other = view.wrappedFor {
          let isLeaving = view.isOutward == step.isFromClient
          packet = carrier.carry(
            packet, from: isLeaving ? node.address : other, to: isLeaving ? other : node.address)
          content = other.isV4 ? .ipv4 : .ipv6
        }
        let header = LinkHeader(
          interface: view.interface, way: view.isOutward == step.isFromClient ? .outgoing : .incoming,
          source: step.isFromClient ? view.near : view.far,
          destination: step.isFromClient ? view.far : view.near)
        frames.append(
          Frame(
            at: Instant(nanoseconds: now), header: header, content: content, packet: packet, isWhole: isWhole)
        )
        now += 9_000 + Int64(random.next() % 9_000)
      }
      now += path.latency + Int64(random.next() % 40_000)
    }
  }

  private static func packet(
    _ step: Dialogue.Step, in view: Path.View, identification: UInt16, quoting last: [UInt8]
  ) -> [UInt8] {
    let (from, to) = step.isFromClient ? (view.client, view.server) : (view.server, view.client)
    let hops = step.isFromClient ? view.hopsFromClient : view.hopsFromServer
    let envelope = PacketBuilder.Envelope(identification: identification, hops: 64 - hops)
    switch step.packet {
    case .segment(let segment): return PacketBuilder.tcp(segment, from: from, to: to, envelope: envelope)
    case .datagram(let bytes): return PacketBuilder.udp(bytes, from: from, to: to, envelope: envelope)
    case .unreachable:
      return PacketBuilder.unreachable(quoting: last, from: from.address, to: to.address, envelope: envelope)
    }
  }

  /// Every address opens its next connection from its next port, from a beginning of its own.
  private mutating func port(of address: Address) -> UInt16 {
    let next = ports[address] ?? 33_000 + UInt16(truncatingIfNeeded: address.bits % 199) * 97
    ports[address] = next + 3
    return next
  }

  private mutating func identification(of address: Address) -> UInt16 {
    let next = identifications[address] ?? UInt16(truncatingIfNeeded: address.bits &* 40_503)
    identifications[address] = next &+ 1
    return next
  }
}

extension Stage {
  private mutating func expect(
    _ ending: Event.Ending, _ transport: Transport, along path: Path, at instant: Instant
  ) {
    guard let first = path.views.first, let last = path.views.last else { return }
    if transport == .tcp {
      let isOpening = ending != .midStream
      conversations.append(
        ExpectedConversation(
          hour: instant.hour, client: first.client.address, server: last.server, transport: .tcp,
          tier: ending.tier, direction: isOpening ? .opening : .unknown,
          dialled: isOpening ? (first.server == last.server ? nil : first.server) : first.client, face: .real)
      )
      return
    }
    var shown: Set<[Socket]> = []
    for view in path.views where shown.insert([view.client, view.server]).inserted {
      let face: ExpectedConversation.Face =
        view.client != first.client ? .masqueraded : view.server != last.server ? .dialled : .real
      if face == .masqueraded { passed[.masqueraded, default: 0] += 1 }
      conversations.append(
        ExpectedConversation(
          hour: instant.hour, client: view.client.address, server: view.server, transport: transport,
          tier: ending.tier, direction: .firstSender, dialled: nil, face: face))
    }
  }

  private mutating func expectNames(
    _ name: String, _ kind: DNSText.Kind, _ outcome: DNSText.Outcome, along path: Path, at instant: Instant
  ) {
    guard case .found(_, let addresses) = outcome else { return }
    for view in path.views where Self.isRead(view) {
      for address in addresses where address.isV4 == (kind == .a) {
        names.insert(
          ExpectedName(
            hour: instant.hour, asker: view.client.address, answerer: view.server.address, name: name,
            address: address))
      }
    }
  }
}
