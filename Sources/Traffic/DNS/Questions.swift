/// DNS questions that were seen, and the first answer to each, as far as it was captured.
///
/// An answer counts when it comes from where the question went, to who asked, with the same number and question,
/// within five seconds. An entry stays for that long, so that further sightings of an answer change nothing.
struct Questions: ~Copyable {
  private var asked: SlotTable<AskedQuestion>
  private var answers = DNSAnswers()
  /// What was answered, by the numbers that entries keep.
  private var kept: [Answer] = []
  private var free: [UInt32] = []
  /// How many addresses are kept in answers, and may be.
  private var held = 0
  private let mostHeld: Int
  private var sweep = Sweep()
  /// Where to look next for a question that can leave before its time.
  private var hand = 0
  private let seed: HashSeed

  private struct Answer {
    /// The number of the name; nil where there was no room for it.
    let name: UInt32?
    let addresses: [Address]
    /// Whether no record of it was cut off, so that nothing may be added.
    let isWhole: Bool

    /// Whether another answer may be the same one, of which more was captured.
    func isBeginning(of other: Answer) -> Bool {
      !isWhole && (other.isWhole || other.addresses.count > addresses.count)
        && other.addresses.starts(with: addresses)
    }
  }

  init(limit: Int, seed: HashSeed) {
    asked = SlotTable(limit: limit, seed: seed)
    mostHeld = 8 * max(0, min(limit, 1 << 32))
    self.seed = seed
  }

  /// Takes note of the message at `range` of a frame, or of a stream that the packet belongs to.
  mutating func note(
    _ sighting: Sighting, _ transport: Transport, _ frame: RawSpan, message range: Range<Int>, isWhole: Bool,
    ledger: inout NameLedger
  ) -> Passed? {
    for place in sweep.steps(at: sighting.instant, below: asked.end)
    where asked[place].serial != 0 && asked[place].isOver(at: sighting.instant) {
      settle(place, ledger: &ledger)
    }
    guard let message = DNSMessage(frame, in: range) else { return isWhole ? .dnsMalformed : .dnsCut }
    let asker = message.isAnswer ? sighting.destination : sighting.source
    let answerer = message.isAnswer ? sighting.source : sighting.destination
    guard answerer.port == DNS.port else { return .dnsMalformed }
    let key = AskedQuestion.Key(asker: asker, answerer: answerer, transport: transport, id: message.id)
    guard message.isAnswer else { return ask(message, frame, key, at: sighting.instant, ledger: &ledger) }
    // What was cut to fit is asked for again over TCP, and its records are not to be used (RFC 2181 §9).
    guard !message.isTruncated else { return .dnsTruncated }
    guard message.asksForAddress else { return nil }
    return answer(message, frame, key, at: sighting.instant, isWhole: isWhole, ledger: &ledger)
  }

  /// Hands everything to the ledger.
  mutating func settleAll(ledger: inout NameLedger) {
    asked.close()
    for place in 0..<asked.end where asked[place].serial != 0 { settle(place, ledger: &ledger) }
  }

  private mutating func ask(
    _ message: DNSMessage, _ frame: RawSpan, _ key: AskedQuestion.Key, at instant: Instant,
    ledger: inout NameLedger
  ) -> Passed? {
    let hash = asked.hash(of: key)
    // It comes while the name is read.
    asked.prepare(hash: hash)
    let name = HostName.Key(frame, at: message.name, in: message.range, seed: seed)
    if let place = asked.place(of: key, hash: hash) {
      if asked[place].answer == nil, !asked[place].isOver(at: instant),
        asked[place].isAbout(name, message.type)
      {
        asked[place].askAgain(at: instant)
        return nil
      }
      settle(place, ledger: &ledger)
    }
    if asked.isFull { makeRoom(at: instant, ledger: &ledger) }
    let entry = AskedQuestion(key: key, name: name, type: message.type, at: instant)
    return asked.insert(entry, hash: hash) == nil ? .questionOverflow : nil
  }

  private mutating func answer(
    _ message: DNSMessage, _ frame: RawSpan, _ key: AskedQuestion.Key, at instant: Instant, isWhole: Bool,
    ledger: inout NameLedger
  ) -> Passed? {
    let hash = asked.hash(of: key)
    asked.prepare(hash: hash)
    let name = HostName.Key(frame, at: message.name, in: message.range, seed: seed)
    ledger.prepare(name)
    guard let place = asked.place(of: key, hash: hash), !asked[place].isOver(at: instant),
      asked[place].isAbout(name, message.type)
    else { return .dnsUnasked }
    let (addresses, isRead) = answers.addresses(message, frame)
    var number: UInt32?
    if !addresses.isEmpty {
      number = ledger.number(of: name)
      if number == nil {
        guard let text = DNSName(frame, at: message.name, in: message.range)?.hostName else {
          return .dnsName
        }
        number = ledger.add(name, text, for: key.asker.address)
      }
    }
    // What is cut off behind the answers says nothing of addresses.
    let answer = Answer(name: number, addresses: addresses, isWhole: isRead || isWhole)
    if let earlier = asked[place].answer {
      let more = addresses.count - kept[earlier].addresses.count
      if kept[earlier].isBeginning(of: answer), more <= mostHeld - held {
        held += more
        kept[earlier] = answer
        asked[place].answerEarlier(at: instant)
      } else if kept[earlier].addresses == addresses {
        asked[place].answerEarlier(at: instant)
      }
    } else if addresses.count <= mostHeld - held {
      asked[place].note(answer: keep(answer), at: instant)
    } else {
      // There is no room to wait for an earlier sighting of it.
      ledger.enter(
        asker: key.asker.address, answerer: key.answerer.address, name: number, addresses: addresses,
        at: instant)
      asked[place].note(answer: keep(Answer(name: number, addresses: [], isWhole: true)), at: instant)
    }
    guard !isRead else { return nil }
    return isWhole ? .dnsMalformed : .dnsCut
  }

  private mutating func keep(_ answer: Answer) -> UInt32 {
    held += answer.addresses.count
    if let number = free.popLast() {
      kept[Int(number)] = answer
      return number
    }
    kept.append(answer)
    return UInt32(truncatingIfNeeded: kept.count - 1)
  }

  /// Settles one question before its time, if one near at hand has been answered long enough.
  ///
  /// A busy DNS server is asked more in five seconds than there is room for.
  private mutating func makeRoom(at instant: Instant, ledger: inout NameLedger) {
    for _ in 0..<min(Self.longestSearch, asked.end) {
      hand = hand + 1 < asked.end ? hand + 1 : 0
      guard asked[hand].serial != 0, asked[hand].canLeave(at: instant) else { continue }
      return settle(hand, ledger: &ledger)
    }
  }

  /// How many places a question that finds the table full may look at.
  private static let longestSearch = 64

  private mutating func settle(_ place: Int, ledger: inout NameLedger) {
    let entry = asked.remove(place)
    guard let number = entry.answer else { return }
    let answer = kept[number]
    kept[number] = Answer(name: nil, addresses: [], isWhole: true)
    held -= answer.addresses.count
    free.append(UInt32(truncatingIfNeeded: number))
    ledger.enter(
      asker: entry.key.asker.address, answerer: entry.key.answerer.address, name: answer.name,
      addresses: answer.addresses, at: entry.answered)
  }
}
