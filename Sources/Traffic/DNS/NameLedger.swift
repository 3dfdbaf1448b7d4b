/// Adds up which names led whom to which addresses.
struct NameLedger {
  private let limit: Int
  private var facts: [DNSFact.Key: DNSFact] = [:]
  /// Answers that found the ledger full.
  private(set) var overflow: UInt64 = 0

  init(limit: Int) {
    self.limit = limit
  }

  mutating func enter(asker: Address, answerer: Address, name: String, address: Address, at instant: Instant)
  {
    let key = DNSFact.Key(
      hour: instant.hour, recorder: "", asker: asker, answerer: answerer, name: name, address: address)
    guard let fact = DNSFact(key: key, activity: Activity(at: instant)) else { return }
    if facts[key]?.merge(fact) == nil {
      guard facts.count < limit else {
        overflow += 1
        return
      }
      facts[key] = fact
    }
  }

  /// Everything entered so far, as rows of one recorder, sorted.
  func facts(recorder: String) -> [DNSFact] {
    facts.values.compactMap { fact in
      DNSFact(
        key: DNSFact.Key(
          hour: fact.key.hour, recorder: recorder, asker: fact.key.asker, answerer: fact.key.answerer,
          name: fact.key.name, address: fact.key.address),
        activity: fact.activity)
    }
    .sorted { $0.key < $1.key }
  }
}
