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
    let question: DNSMessage.Question
    var asked: Instant
    var answer: [Address]?
    var answered: Instant

    func isOver(at instant: Instant) -> Bool {
      asked.advanced(bySeconds: Questions.window) < instant
    }
  }

  private var entries: Slots<Key, Entry>
  private var clock = SweepClock()

  init(limit: Int) {
    entries = Slots(limit: limit)
  }

  /// Takes note of the messages in one packet's payload.
  mutating func note(
    _ packet: Packet, _ transport: Transport, _ frame: RawSpan, payload: Range<Int>, isWhole: Bool,
    ledger: inout NameLedger
  ) -> Passed? {
    if clock.isDue(at: packet.instant) {
      for place in entries.allPlaces where entries.value(at: place)?.isOver(at: packet.instant) == true {
        settle(place, ledger: &ledger)
      }
    }
    guard let message = DNSMessage(frame, in: payload) else { return .dnsMalformed }
    let asker = message.isAnswer ? packet.destination : packet.source
    let answerer = message.isAnswer ? packet.source : packet.destination
    guard answerer.port == DNS.port else { return .dnsMalformed }
    let key = Key(asker: asker, answerer: answerer, transport: transport, id: message.id)
    guard message.isAnswer else { return ask(message.question, key, at: packet.instant, ledger: &ledger) }
    let reason = answer(message, key, at: packet.instant, ledger: &ledger)
    return reason ?? (message.isWhole && isWhole ? nil : .dnsMalformed)
  }

  /// Hands everything to the ledger.
  mutating func settleAll(ledger: inout NameLedger) {
    for place in entries.allPlaces { settle(place, ledger: &ledger) }
  }

  private mutating func ask(
    _ question: DNSMessage.Question, _ key: Key, at instant: Instant, ledger: inout NameLedger
  ) -> Passed? {
    if let place = entries.place(of: key), let entry = entries.value(at: place) {
      if entry.question == question, entry.answer == nil, !entry.isOver(at: instant) {
        entries.update(place) { $0.asked = max($0.asked, instant) }
        return nil
      }
      settle(place, ledger: &ledger)
    }
    let entry = Entry(question: question, asked: instant, answer: nil, answered: instant)
    return entries.insert(entry, for: key) == nil ? .overflow : nil
  }

  private mutating func answer(
    _ message: DNSMessage, _ key: Key, at instant: Instant, ledger: inout NameLedger
  ) -> Passed? {
    // What was cut to fit is asked for again over TCP.
    guard message.question.asksForAddress, !message.isTruncated else { return nil }
    guard message.addresses.isEmpty || message.question.name.hostName != nil else { return .dnsName }
    guard let place = entries.place(of: key), let entry = entries.value(at: place),
      entry.question == message.question, !entry.isOver(at: instant)
    else { return .dnsUnasked }
    if entry.answer == nil {
      entries.update(place) {
        $0.answer = message.addresses
        $0.answered = instant
      }
    } else if entry.answer == message.addresses {
      entries.update(place) { $0.answered = min($0.answered, instant) }
    }
    return nil
  }

  private mutating func settle(_ place: Int, ledger: inout NameLedger) {
    guard let (key, entry) = entries.remove(place), let addresses = entry.answer,
      let name = entry.question.name.hostName
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
