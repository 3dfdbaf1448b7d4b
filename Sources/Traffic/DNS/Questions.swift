/// DNS questions that were seen, and the first answer to each.
///
/// An answer counts when it comes from where the question went, to who asked, with the same number and question,
/// within five seconds. An entry stays for that long, so that further sightings of an answer change nothing.
struct Questions {
  private struct Key: Hashable {
    let asker: Socket
    let answerer: Socket
    let transport: Transport
    let id: UInt16
  }

  private struct Entry {
    let name: DNSName
    let type: UInt16
    var asked: Instant
    var answer: [Address]?
    var answered: Instant

    func isOver(at instant: Instant) -> Bool {
      asked.advanced(bySeconds: Questions.window) < instant
    }

    func isAbout(_ message: DNSMessage, _ frame: RawSpan) -> Bool {
      type == message.type && name.isAt(message.name, frame, in: message.range)
    }
  }

  private var entries: Slots<Key, Entry>
  private var answers = DNSAnswers()
  private var clock = SweepClock()

  init(limit: Int) {
    entries = Slots(limit: limit)
  }

  /// Takes note of the message at `range` of a frame, or of a stream that the packet belongs to.
  mutating func note(
    _ packet: Packet, _ transport: Transport, _ frame: RawSpan, message range: Range<Int>, isWhole: Bool,
    ledger: inout NameLedger
  ) -> Passed? {
    if clock.isDue(at: packet.instant) {
      for place in entries.allPlaces where entries.value(at: place)?.isOver(at: packet.instant) == true {
        settle(place, ledger: &ledger)
      }
    }
    guard let message = DNSMessage(frame, in: range) else { return .dnsMalformed }
    let asker = message.isAnswer ? packet.destination : packet.source
    let answerer = message.isAnswer ? packet.source : packet.destination
    guard answerer.port == DNS.port else { return .dnsMalformed }
    let key = Key(asker: asker, answerer: answerer, transport: transport, id: message.id)
    guard message.isAnswer else { return ask(message, frame, key, at: packet.instant, ledger: &ledger) }
    // What was cut to fit is asked for again over TCP, and its records are not to be used (RFC 2181 §9).
    guard !message.isTruncated else { return .dnsTruncated }
    guard message.asksForAddress else { return nil }
    return answer(message, frame, key, at: packet.instant, isWhole: isWhole)
  }

  /// Hands everything to the ledger.
  mutating func settleAll(ledger: inout NameLedger) {
    for place in entries.allPlaces { settle(place, ledger: &ledger) }
  }

  private mutating func ask(
    _ message: DNSMessage, _ frame: RawSpan, _ key: Key, at instant: Instant, ledger: inout NameLedger
  ) -> Passed? {
    if let place = entries.place(of: key), let entry = entries.value(at: place) {
      if entry.answer == nil, !entry.isOver(at: instant), entry.isAbout(message, frame) {
        entries.update(place) { $0.asked = max($0.asked, instant) }
        return nil
      }
      settle(place, ledger: &ledger)
    }
    guard let name = DNSName(frame, at: message.name, in: message.range) else { return .dnsMalformed }
    let entry = Entry(name: name, type: message.type, asked: instant, answer: nil, answered: instant)
    return entries.insert(entry, for: key) == nil ? .overflow : nil
  }

  private mutating func answer(
    _ message: DNSMessage, _ frame: RawSpan, _ key: Key, at instant: Instant, isWhole: Bool
  ) -> Passed? {
    guard let place = entries.place(of: key), let entry = entries.value(at: place),
      !entry.isOver(at: instant), entry.isAbout(message, frame)
    else { return .dnsUnasked }
    let (addresses, isRead) = answers.addresses(message, frame)
    guard addresses.isEmpty || entry.name.isHostName else { return .dnsName }
    if entry.answer == nil {
      entries.update(place) {
        $0.answer = addresses
        $0.answered = instant
      }
    } else if entry.answer == addresses {
      entries.update(place) { $0.answered = min($0.answered, instant) }
    }
    return isRead && isWhole ? nil : .dnsMalformed
  }

  private mutating func settle(_ place: Int, ledger: inout NameLedger) {
    guard let (key, entry) = entries.remove(place), let addresses = entry.answer,
      let name = entry.name.hostName
    else { return }
    for address in addresses {
      ledger.enter(
        asker: key.asker.address, answerer: key.answerer.address, name: name, address: address,
        at: entry.answered)
    }
  }

  /// As long as glibc waits before it asks again (resolv.conf(5)).
  private static let window: Int64 = 5
}
